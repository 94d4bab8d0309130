using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;

namespace Ensembles.Tests.Data.Binning;

public class NumericBinningTests
{
    [Fact]
    public void Few_distinct_values_have_a_bin_each_and_missing_cells_their_own()
    {
        BinnedColumn column = Bin([3, double.NaN, -1, 3, 0.5, -1, double.PositiveInfinity]);

        column.Bins.Should().Equal(2, 4, 0, 2, 1, 0, 3);
        column.Mapper.MissingBin.Should().Be(4);
        double[] values = [-1, 0.5, 3, double.PositiveInfinity];
        Ends(column).Should().Equal(values.Select(value => (value, value)));
    }

    [Fact]
    public void A_column_without_values_has_the_bin_of_missing_cells_only()
    {
        BinnedColumn column = Bin([.. Enumerable.Repeat(double.NaN, 300_000)]);

        column.Mapper.BinCount.Should().Be(0);
        column.Bins.Should().OnlyContain(bin => bin == 0);
    }

    [Fact]
    public void Doubles_that_are_equal_as_floats_are_told_apart()
    {
        BinnedColumn column = Bin([1, Math.BitIncrement(1.0), 1, Math.BitDecrement(1.0)]);

        column.Bins.Should().Equal(1, 2, 1, 0);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(200_001)]
    [InlineData(700_000)]
    public void Bins_are_even_and_know_their_least_and_greatest_value_of_all_rows(int rows)
    {
        float[] cells = Normal(rows, missingEvery: 10);
        BinnedColumn column = NumericBinning.Bin(new ColumnCells<float>(cells, null), 255, SearchPaths.Fastest);

        column.Mapper.BinCount.Should().Be(255);
        CheckEnds(cells, column);
        int[] counts = Counts(column);
        double fair = cells.Count(cell => !float.IsNaN(cell)) / 255.0;
        counts.Take(255).Should().OnlyContain(count => count > (0.75 * fair) - 1 && count < (1.25 * fair) + 1);
    }

    [Fact]
    public void A_period_in_the_rows_does_not_mislead_the_sample()
    {
        // A fixed stride of 5 would see the multiples of 5 only, and these have the same value.
        float[] cells = Normal(1_000_000, missingEvery: int.MaxValue);
        for (int r = 0; r < cells.Length; r += 5)
        {
            cells[r] = 7;
        }

        BinnedColumn column = NumericBinning.Bin(new ColumnCells<float>(cells, null), 255, SearchPaths.Fastest);

        column.Mapper.BinCount.Should().Be(255);
        int bin = column.Bins[0];
        (column.Mapper.Low(bin), column.Mapper.High(bin)).Should().Be((7, 7));
    }

    [Fact]
    public void Rare_values_that_the_sample_missed_have_bins_of_their_own_where_there_is_room()
    {
        var cells = new float[500_000];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = i % 2;
        }

        float[] rare = [.. Enumerable.Range(0, 40).Select(i => (i - 20) / 8f)];
        for (int i = 0; i < rare.Length; i++)
        {
            cells[(i * 11_111) + 5] = rare[i];
        }

        QuantileBins<float>.Of(new ColumnCells<float>(cells, null), 255).Starts.Should().HaveCountLessThan(40, "the sample misses some");
        BinnedColumn column = NumericBinning.Bin(new ColumnCells<float>(cells, null), 255, SearchPaths.Fastest);

        double[] values = [.. cells.Distinct().Order().Select(x => (double)x)];
        Ends(column).Should().Equal(values.Select(value => (value, value)));
        CheckEnds(cells, column);
    }

    [Fact]
    public void Rare_values_that_are_too_many_share_the_bins_of_their_neighbours()
    {
        var cells = new float[500_000];
        for (int i = 0; i < 400; i++)
        {
            cells[i * 1_237] = i - 100;
        }

        BinnedColumn column = NumericBinning.Bin(new ColumnCells<float>(cells, null), 255, SearchPaths.Fastest);

        column.Mapper.BinCount.Should().BeInRange(50, 255);
        CheckEnds(cells, column);
    }

    [Fact]
    public void Where_most_cells_are_missing_all_present_ones_are_looked_at()
    {
        var cells = new float[600_000];
        cells.AsSpan().Fill(float.NaN);
        for (int i = 0; i < 600; i++)
        {
            cells[i * 1_000] = (i * 7) % 600;
        }

        BinnedColumn column = NumericBinning.Bin(new ColumnCells<float>(cells, null), 200, SearchPaths.Fastest);

        Counts(column).Take(200).Should().OnlyContain(count => count == 3);
        Counts(column)[200].Should().Be(cells.Length - 600);
    }

    [Fact]
    public void A_frequent_value_has_a_bin_of_its_own()
    {
        double[] cells = [.. Enumerable.Range(0, 3000).Select(i => i % 3 == 0 ? 500.0 : i)];
        BinnedColumn column = Bin(cells, maxBins: 20);

        int bin = column.Bins[0];
        (column.Mapper.Low(bin), column.Mapper.High(bin)).Should().Be((500, 500));
        column.Mapper.BinCount.Should().Be(20);
    }

    [Theory]
    [InlineData(5_003)]
    [InlineData(250_003)]
    public void Every_path_and_storage_and_thread_count_gives_the_same_bins(int rows)
    {
        float[] floats = Normal(rows, missingEvery: 7);
        double[] doubles = Array.ConvertAll(floats, x => (double)x);
        BinnedColumn expected = NumericBinning.Bin(new ColumnCells<float>(floats, null), 100, SearchPath.Portable);
        foreach (SearchPath path in SearchPathCases.Here)
        {
            AreEqual(NumericBinning.Bin(new ColumnCells<float>(floats, null), 100, path), expected);
            AreEqual(NumericBinning.Bin(new ColumnCells<double>(doubles, null), 100, path), expected);
        }

        foreach (int threads in (int[])[1, 2, 7])
        {
            BinnedTable table = FeatureTable.FromColumns([floats, floats, floats]).Binned(100, threads, CancellationToken.None);
            for (int c = 0; c < 3; c++)
            {
                AreEqual(new BinnedColumn(table.Column(c).ToArray(), table.Mapper(c)), expected);
            }
        }
    }

    [Fact]
    public void A_view_of_rows_is_binned_as_a_copy_of_them()
    {
        float[] floats = Normal(20_000, missingEvery: 7);
        int[] rows = [.. Enumerable.Range(0, 10_007).Select(i => (i * 7919) % floats.Length)];
        float[] copy = [.. rows.Select(row => floats[row])];

        BinnedTable view = FeatureTable.FromColumns([floats]).SelectRows(rows).Binned(255, 1, CancellationToken.None);
        BinnedTable copied = FeatureTable.FromColumns([copy]).Binned(255, 1, CancellationToken.None);

        AreEqual(new BinnedColumn(view.Column(0).ToArray(), view.Mapper(0)), new BinnedColumn(copied.Column(0).ToArray(), copied.Mapper(0)));
    }

    private static BinnedColumn Bin(double[] cells, int maxBins = 255) =>
        NumericBinning.Bin(new ColumnCells<double>(cells, null), maxBins, SearchPaths.Fastest);

    private static float[] Normal(int rows, int missingEvery)
    {
        var random = new RandomStream(5);
        var cells = new float[rows];
        for (int r = 0; r < rows; r++)
        {
            cells[r] = (r + 1) % missingEvery == 0 ? float.NaN : (float)random.NextGaussian();
        }

        return cells;
    }

    private static IEnumerable<(double Low, double High)> Ends(BinnedColumn column) =>
        Enumerable.Range(0, column.Mapper.BinCount).Select(bin => (column.Mapper.Low(bin), column.Mapper.High(bin)));

    private static int[] Counts(BinnedColumn column)
    {
        var counts = new int[BinnedTable.MaxBinsWithMissing];
        foreach (byte bin in column.Bins)
        {
            counts[bin]++;
        }

        return counts;
    }

    /// <summary>Compares the ends of the bins with those of the cells in them, and checks that bins rise and only missing cells are apart.</summary>
    private static void CheckEnds(float[] cells, BinnedColumn column)
    {
        var low = new double[BinnedTable.MaxBinsWithMissing];
        var high = new double[BinnedTable.MaxBinsWithMissing];
        low.AsSpan().Fill(double.PositiveInfinity);
        high.AsSpan().Fill(double.NegativeInfinity);
        int misplaced = 0;
        for (int r = 0; r < cells.Length; r++)
        {
            int bin = column.Bins[r];
            misplaced += float.IsNaN(cells[r]) == (bin == column.Mapper.MissingBin) ? 0 : 1;
            low[bin] = Math.Min(low[bin], cells[r]);
            high[bin] = Math.Max(high[bin], cells[r]);
        }

        misplaced.Should().Be(0);
        Ends(column).Should().Equal(Enumerable.Range(0, column.Mapper.BinCount).Select(bin => (low[bin], high[bin])));
        Ends(column).Zip(Ends(column).Skip(1)).Should().OnlyContain(pair => pair.First.High < pair.Second.Low);
    }

    private static void AreEqual(BinnedColumn actual, BinnedColumn expected)
    {
        actual.Bins.AsSpan().SequenceEqual(expected.Bins).Should().BeTrue();
        Ends(actual).Should().Equal(Ends(expected));
    }
}
