using Ensembles.Data;
using Ensembles.NewtonBoosting;
using Ensembles.Trees;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>
/// With <see cref="BoostingSplitMethod.Exact"/> and numbers that all differ, the trees are those of XGBoost 1.7.4's <c>exact</c>: the same
/// features, thresholds, gains, covers and leaf values, and the same predictions of training rows and of rows it never saw.
/// </summary>
/// <remarks>
/// The tolerance is 1e-5 of a value, or of 1 for small ones: XGBoost keeps scores, gradients, thresholds and leaf values as float32, half a
/// unit of which is 6e-8, and errors add up over rounds. Its gains are differences of float32 scores of the order of the tree's largest gain,
/// so 5e-7 of that, a few units, comes on top. Its thresholds are midpoints rounded to float32 and compared with &lt;; a row that lies between
/// that and ours would be one in millions.
/// </remarks>
public class XGBoostExactTests
{
    private const double Tolerance = 1e-5;
    private const double UnitsOfScores = 5e-7;

    public static TheoryData<string> Names => [.. XGBoostFixtures.Exact.Cases.Select(peer => peer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Trees_and_predictions_are_those_of_XGBoost(string name)
    {
        XGBoostCase peer = XGBoostFixtures.Exact.Cases.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        XGBoostData data = XGBoostFixtures.Exact.Data[peer.Data];

        XGBoostTwin twin = XGBoostTwin.Fit(peer, data, BoostingSplitMethod.Exact);

        FeatureTable table = data.Table();
        double[][] rows = [.. Enumerable.Range(0, table.RowCount).Select(table.Row)];
        FeatureTable unseenTable = data.UnseenTable();
        double[][] unseen = [.. Enumerable.Range(0, unseenTable.RowCount).Select(unseenTable.Row)];
        var isComparable = new bool[unseen.Length];
        Array.Fill(isComparable, true);
        twin.Trees.Should().HaveCount(peer.Trees.Length);
        for (int t = 0; t < twin.Trees.Count; t++)
        {
            NodeCells[] cells = CellsByNode(twin.Trees[t], rows);
            Compare(twin.Trees[t], twin.Statistics[t], peer.Trees[t], cells);
            for (int r = 0; r < unseen.Length; r++)
            {
                isComparable[r] &= !MeetsTheUnknown(twin.Trees[t], unseen[r], cells);
            }
        }

        ShouldBeNear(twin.Predict(table), peer.Predictions, [.. rows.Select(_ => true)]);
        ShouldBeNear(twin.Predict(unseenTable), peer.Unseen, isComparable);
        isComparable.Count(c => c).Should().BeGreaterThan(unseen.Length / 3);
    }

    [Fact]
    public void The_fixture_has_all_kinds_of_targets_missing_values_and_pruned_trees()
    {
        XGBoostFixtures.Exact.Data.Values.Select(data => data.Classes).Should().Contain([0, 2, 3]);
        XGBoostFixtures.Exact.Data.Values.Should().Contain(data => data.Columns.Any(column => column.Contains(null)));
        XGBoostFixtures.Exact.Cases.Should().Contain(c => c.Trees.Any(tree => SplitsBelow(tree, c.Parameters.Gamma ?? 0) > 0));
        XGBoostFixtures.Exact.Cases.Should().OnlyContain(c => c.Trees.All(tree => tree.Left[0] >= 0), "a tree without a split shows nothing");
    }

    /// <summary>The splits of a pruned tree that gain too little and stand, as a descendant gains enough.</summary>
    private static int SplitsBelow(XGBoostTree tree, double gamma)
    {
        int count = 0;
        var open = new Stack<int>([0]);
        while (open.TryPop(out int node))
        {
            if (!tree.IsLeaf(node))
            {
                count += tree.Gain[node] < gamma ? 1 : 0;
                open.Push(tree.Left[node]);
                open.Push(tree.Right[node]);
            }
        }

        return count;
    }

    /// <summary>What the training rows of a node have in the column that it splits.</summary>
    private readonly record struct NodeCells(bool AnyMissing, double Least, double Greatest);

    private static NodeCells[] CellsByNode(Tree tree, double[][] rows)
    {
        var cells = new NodeCells[tree.InnerCount];
        Array.Fill(cells, new NodeCells(false, double.PositiveInfinity, double.NegativeInfinity));
        foreach (double[] row in rows)
        {
            for (int node = 0; !tree.IsLeaf(node);)
            {
                double value = row[tree.Feature(node)];
                cells[node] = double.IsNaN(value)
                    ? cells[node] with { AnyMissing = true }
                    : new NodeCells(cells[node].AnyMissing, Math.Min(cells[node].Least, value), Math.Max(cells[node].Greatest, value));
                node = tree.GoesLeft(node, value) ? tree.Left(node) : tree.Right(node);
            }
        }

        return cells;
    }

    /// <summary>
    /// Whether the library and XGBoost may send a row different ways: it misses a value that no training row of the node misses, or where
    /// what is there is parted from what is missing, it lies beyond all training rows (XGBoost has a finite threshold there).
    /// </summary>
    private static bool MeetsTheUnknown(Tree tree, double[] row, NodeCells[] cells)
    {
        for (int node = 0; !tree.IsLeaf(node);)
        {
            double value = row[tree.Feature(node)];
            bool isUnknown = double.IsNaN(value)
                ? !cells[node].AnyMissing
                : double.IsPositiveInfinity(tree.Threshold(node)) && !(value >= cells[node].Least && value <= cells[node].Greatest);
            if (isUnknown)
            {
                return true;
            }

            node = tree.GoesLeft(node, value) ? tree.Left(node) : tree.Right(node);
        }

        return false;
    }

    private static void Compare(Tree tree, TreeStatistics statistics, XGBoostTree peer, NodeCells[] cells)
    {
        double gainUnit = UnitsOfScores * peer.Gain.Max();
        var open = new Stack<(int Ours, int Theirs)>([(0, 0)]);
        while (open.TryPop(out (int Ours, int Theirs) pair))
        {
            tree.IsLeaf(pair.Ours).Should().Be(peer.IsLeaf(pair.Theirs));
            ShouldBeNear(statistics.Cover(pair.Ours), peer.Cover[pair.Theirs]);
            if (tree.IsLeaf(pair.Ours))
            {
                ShouldBeNear(tree.LeafValue(pair.Ours - tree.InnerCount)[0], peer.Value[pair.Theirs]);
                continue;
            }

            tree.Feature(pair.Ours).Should().Be(peer.Feature[pair.Theirs]);
            ShouldBeNear(statistics.Gain(pair.Ours), peer.Gain[pair.Theirs], gainUnit);
            int left = peer.Left[pair.Theirs];
            int right = peer.Right[pair.Theirs];
            double threshold = tree.Threshold(pair.Ours);
            if (double.IsPositiveInfinity(threshold))
            {
                // What is there against what is missing: here values always go left.
                (left, right) = peer.DefaultLeft[pair.Theirs] ? (right, left) : (left, right);
            }
            else
            {
                ShouldBeNear(threshold, peer.Threshold[pair.Theirs]);
                if (cells[pair.Ours].AnyMissing)
                {
                    tree.DefaultLeft(pair.Ours).Should().Be(peer.DefaultLeft[pair.Theirs]);
                }
            }

            open.Push((tree.Left(pair.Ours), left));
            open.Push((tree.Right(pair.Ours), right));
        }
    }

    private static void ShouldBeNear(double[] values, double[] expected, bool[] rows)
    {
        values.Should().HaveCount(expected.Length);
        int width = values.Length / rows.Length;
        for (int i = 0; i < values.Length; i++)
        {
            if (rows[i / width])
            {
                ShouldBeNear(values[i], expected[i]);
            }
        }
    }

    private static void ShouldBeNear(double value, double expected, double more = 0) =>
        value.Should().BeApproximately(expected, (Tolerance * Math.Max(1, Math.Abs(expected))) + more);
}
