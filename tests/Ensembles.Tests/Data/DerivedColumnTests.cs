using System.Runtime.CompilerServices;
using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Data.Sorting;

namespace Ensembles.Tests.Data;

public class DerivedColumnTests
{
    [Fact]
    public void A_view_of_columns_finds_what_the_table_has_sorted_and_binned()
    {
        FeatureTable table = Table();
        SortedColumns sorted = table.Sorted(1, CancellationToken.None);
        BinnedTable binned = table.Binned(255, 1, CancellationToken.None);

        FeatureTable view = table.SelectColumns([2, 0]);

        AreSame(view.Sorted(1, CancellationToken.None).Entries(0), sorted.Entries(2)).Should().BeTrue();
        AreSame(view.Sorted(1, CancellationToken.None).Entries(1), sorted.Entries(0)).Should().BeTrue();
        AreSame(view.Binned(255, 1, CancellationToken.None).Column(0), binned.Column(2)).Should().BeTrue();
    }

    [Fact]
    public void A_table_finds_what_a_view_of_its_columns_has_sorted()
    {
        FeatureTable table = Table();
        SortedColumns ofView = table.SelectColumns([1]).SelectColumns([0]).Sorted(1, CancellationToken.None);

        AreSame(table.Sorted(1, CancellationToken.None).Entries(1), ofView.Entries(0)).Should().BeTrue();
    }

    [Fact]
    public void A_view_of_rows_has_an_order_of_its_own()
    {
        FeatureTable table = Table();
        table.Sorted(1, CancellationToken.None);

        SortedColumns ofView = table.SelectRows([3, 1]).Sorted(1, CancellationToken.None);

        ofView.Values(0).ToArray().Should().Equal(table[1, 0], table[3, 0]);
    }

    [Fact]
    public void Bins_of_other_numbers_are_made_apart()
    {
        FeatureTable table = Table();

        BinnedTable two = table.Binned(2, 1, CancellationToken.None);
        BinnedTable many = table.Binned(255, 1, CancellationToken.None);

        two.Mapper(0).BinCount.Should().Be(2);
        many.Mapper(0).BinCount.Should().Be(4);
    }

    [Fact]
    public void Many_threads_that_ask_at_once_get_the_same_columns()
    {
        FeatureTable table = FeatureTable.FromColumns([.. Enumerable.Range(0, 40).Select(c => Numbers(c, 2000))]);
        var found = new SortedColumns[8];

        Parallel.For(0, found.Length, i => found[i] = table.SelectColumns([.. Enumerable.Range(0, 40)]).Sorted(1 + (i % 2), CancellationToken.None));

        for (int c = 0; c < 40; c++)
        {
            foreach (SortedColumns sorted in found)
            {
                AreSame(sorted.Entries(c), found[0].Entries(c)).Should().BeTrue();
            }
        }
    }

    private static double[] Numbers(int key, int count) => [.. Enumerable.Range(0, count).Select(i => (double)((i * 7919 * (key + 1)) % 1009))];

    private static FeatureTable Table() => FeatureTable.FromRows(new double[,] { { 4, 1, 0 }, { 2, 5, 7 }, { 3, 3, 3 }, { 9, 8, 1 } });

    private static bool AreSame<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) =>
        a.Length == b.Length && Unsafe.AreSame(in a[0], in b[0]);
}
