using Ensembles.Data;
using Ensembles.NewtonBoosting;
using Ensembles.Trees;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>
/// With at most 255 distinct values a column, the trees are those of XGBoost 1.7.4's <c>hist</c>: the same rows in the same nodes, the
/// same gains, leaf values and predictions of the training rows.
/// </summary>
/// <remarks>
/// The tolerance is 1e-5 of a value, or of 1 for small ones: XGBoost keeps scores, gradients and leaf values as float32, half a unit of
/// which is 6e-8, and errors add up over rounds. Its gains are differences of float32 scores of the order of the tree's largest gain, so
/// 5e-7 of that, a few units, comes on top. Tables of more than 4,096 rows have their gradients
/// rounded to 16 bits for the search of splits. Each of n rows is off by at most half a unit, 2⁻¹⁶ of the largest gradient, at random, so
/// gains of these are compared to 1e-3; leaf values and predictions come from the gradients themselves and keep 1e-5.
/// </remarks>
public class XGBoostEqualityTests
{
    private const double Tolerance = 1e-5;
    private const double UnitsOfScores = 5e-7;
    private const double PackedGainTolerance = 1e-3;
    private const int RowsOfPacked = 4096;

    public static TheoryData<string> Names => [.. XGBoostFixtures.All.Cases.Select(peer => peer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Partitions_gains_leaves_and_predictions_are_those_of_XGBoost(string name)
    {
        XGBoostCase peer = XGBoostFixtures.All.Cases.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        XGBoostData data = XGBoostFixtures.All.Data[peer.Data];
        FeatureTable table = data.Table();

        XGBoostTwin twin = XGBoostTwin.Fit(peer, data, BoostingSplitMethod.Histogram);

        double[][] rows = [.. Enumerable.Range(0, table.RowCount).Select(table.Row)];
        double gainTolerance = rows.Length > RowsOfPacked ? PackedGainTolerance : Tolerance;
        twin.Trees.Should().HaveCount(peer.Trees.Length);
        for (int t = 0; t < twin.Trees.Count; t++)
        {
            Compare(twin.Trees[t], twin.Statistics[t], peer.Trees[t], rows, gainTolerance);
        }

        double[] predictions = twin.Predict(table);
        predictions.Should().HaveCount(peer.Predictions.Length);
        for (int i = 0; i < predictions.Length; i++)
        {
            ShouldBeNear(predictions[i], peer.Predictions[i], Tolerance);
        }
    }

    [Fact]
    public void The_fixture_has_both_forms_of_gradients_both_orders_and_missing_values()
    {
        XGBoostCase[] cases = XGBoostFixtures.All.Cases;

        cases.Should().Contain(c => c.Predictions.Length > RowsOfPacked).And.Contain(c => c.Predictions.Length < RowsOfPacked);
        cases.Should().Contain(c => c.Parameters.MaxLeaves != null).And.Contain(c => c.Parameters.MaxLeaves == null);
        XGBoostFixtures.All.Data.Values.Should().Contain(data => data.Columns.Any(column => column.Contains(null)));
        cases.Should().OnlyContain(c => c.Trees.All(tree => tree.Left.Length > 1), "a tree without a split shows nothing");
    }

    private static void Compare(Tree tree, TreeStatistics statistics, XGBoostTree peer, double[][] rows, double gainTolerance)
    {
        // Walks both trees side by side; a leaf of one must be a leaf of the other.
        var leafOfNode = new Dictionary<int, int>();
        var open = new Stack<(int Ours, int Theirs)>([(0, 0)]);
        while (open.TryPop(out (int Ours, int Theirs) pair))
        {
            tree.IsLeaf(pair.Ours).Should().Be(peer.IsLeaf(pair.Theirs));
            if (tree.IsLeaf(pair.Ours))
            {
                int leaf = pair.Ours - tree.InnerCount;
                leafOfNode.Add(pair.Theirs, leaf);
                ShouldBeNear(tree.LeafValue(leaf)[0], peer.Value[pair.Theirs], Tolerance);
                continue;
            }

            tree.Feature(pair.Ours).Should().Be(peer.Feature[pair.Theirs]);
            ShouldBeNear(statistics.Gain(pair.Ours), peer.Gain[pair.Theirs], gainTolerance, UnitsOfScores * peer.Gain.Max());
            int left = peer.Left[pair.Theirs];
            int right = peer.Right[pair.Theirs];
            if (double.IsPositiveInfinity(tree.Threshold(pair.Ours))
                && !IsBelow(peer, left, peer.Rows[FirstWithValue(tree, pair.Ours, rows)]))
            {
                // What is there against what is missing: here values always go left.
                (left, right) = (right, left);
            }

            open.Push((tree.Left(pair.Ours), left));
            open.Push((tree.Right(pair.Ours), right));
        }

        int[] expected = Array.ConvertAll(peer.Rows, node => leafOfNode[node]);
        rows.Select(row => tree.LeafOf(row)).Should().Equal(expected);
    }

    /// <summary>The first training row that reaches a node of the tree and has the value that the node reads.</summary>
    private static int FirstWithValue(Tree tree, int wanted, double[][] rows) => Array.FindIndex(rows, row =>
    {
        int node = 0;
        while (node != wanted && !tree.IsLeaf(node))
        {
            node = tree.GoesLeft(node, row[tree.Feature(node)]) ? tree.Left(node) : tree.Right(node);
        }

        return node == wanted && !double.IsNaN(row[tree.Feature(node)]);
    });

    private static bool IsBelow(XGBoostTree peer, int top, int node) =>
        top == node || (!peer.IsLeaf(top) && (IsBelow(peer, peer.Left[top], node) || IsBelow(peer, peer.Right[top], node)));

    private static void ShouldBeNear(double value, double expected, double tolerance, double more = 0) =>
        value.Should().BeApproximately(expected, (tolerance * Math.Max(1, Math.Abs(expected))) + more);
}
