using Ensembles.Data;
using Ensembles.Data.Sorting;
using Ensembles.Numerics;
using Ensembles.Trees.Growing;

namespace Ensembles.Tests.Trees.Growing;

public class NodeEntriesTests
{
    private const int Rows = 700;

    [Fact]
    public void Sorting_a_node_anew_gives_what_parting_sorted_columns_keeps()
    {
        SortedColumns sorted = Table().Sorted(1, CancellationToken.None);
        byte[] inTree = [.. Enumerable.Range(0, Rows).Select(r => (byte)(r % 3 == 0 ? 0 : 1))];
        int[] rows = [.. Enumerable.Range(0, Rows).Where(r => inTree[r] != 0)];
        var kept = new KeptEntries(sorted, Rows, threads: 2);
        var gathered = new GatheredEntries(sorted, Rows);
        for (ulong tree = 0; tree < 3; tree++)
        {
            kept.Begin(inTree, rows.Length);
            gathered.Begin(inTree, rows.Length);
            Compare(sorted.ColumnCount, kept, gathered, new GrowingNode { Count = rows.Length, Key = tree }, rows).Should().BeGreaterThan(50);
        }
    }

    [Theory]
    [InlineData(5, 28, typeof(KeptEntries))]
    [InlineData(4, 28, typeof(GatheredEntries))]
    [InlineData(int.MaxValue, 28, typeof(KeptEntries))]
    [InlineData(13, 10_000, typeof(GatheredEntries))]
    public void Columns_are_kept_sorted_where_a_node_draws_many_of_them(int drawn, int columns, Type expected)
    {
        var sorted = new SortedColumns([.. Enumerable.Repeat(SortedColumn.Of([1, 2, 3]), columns)]);
        NodeEntries.Of(sorted, new GrowthLimits { FeaturesPerNode = drawn }, 3, 1).Should().BeOfType(expected);
    }

    /// <summary>Parts a node at random, and its children, down to single rows; returns how many nodes were compared.</summary>
    private static int Compare(int columns, NodeEntries kept, NodeEntries gathered, GrowingNode node, int[] rows)
    {
        for (int c = 0; c < columns; c++)
        {
            gathered.Sorted(c, node, rows).ToArray().Should().Equal(kept.Sorted(c, node, rows).ToArray());
            gathered.Unsorted(c, node, rows).ToArray().Should().BeEquivalentTo(kept.Unsorted(c, node, rows).ToArray());
        }

        var goesLeft = new byte[Rows];
        var random = new RandomStream(node.Key);
        foreach (int row in rows)
        {
            goesLeft[row] = (byte)random.NextInt(2);
        }

        int[] left = [.. rows.Where(row => goesLeft[row] != 0)];
        int[] right = [.. rows.Where(row => goesLeft[row] == 0)];
        if (left.Length == 0 || right.Length == 0)
        {
            return 1;
        }

        kept.Split(node, goesLeft);
        gathered.Split(node, goesLeft);
        return 1
            + Compare(columns, kept, gathered, node.LeftChild(0, left.Length, null), left)
            + Compare(columns, kept, gathered, node.RightChild(0, left.Length, null), right);
    }

    private static FeatureTable Table()
    {
        var random = new RandomStream(7);
        var values = new double[Rows, 3];
        for (int r = 0; r < Rows; r++)
        {
            values[r, 0] = random.NextDouble();
            values[r, 1] = random.NextInt(5);
            values[r, 2] = random.NextInt(4) == 0 ? double.NaN : random.NextInt(300);
        }

        return FeatureTable.FromRows(values);
    }
}
