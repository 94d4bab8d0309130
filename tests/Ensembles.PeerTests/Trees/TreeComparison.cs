using Ensembles.Trees;

namespace Ensembles.PeerTests.Trees;

/// <summary>Compares a tree with scikit-learn's, node by node from the root, whatever the numbering of their nodes.</summary>
internal static class TreeComparison
{
    /// <summary>Asserts that both have the same nodes, features, rows, weights, impurities and values.</summary>
    /// <param name="tree">The library's tree.</param>
    /// <param name="statistics">What training knew of it.</param>
    /// <param name="peer">The case.</param>
    /// <param name="expected">The tree of the case to compare with.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="exactThresholds">Whether thresholds must be the same, or only part the training rows alike.</param>
    public static void ShouldEqual(
        Tree tree, TreeStatistics statistics, PeerCase peer, PeerTree expected, PeerRows rows, bool exactThresholds)
    {
        tree.NodeCount.Should().Be(expected.NodeCount, "both trees have the same nodes");
        int[] all = [.. Enumerable.Range(0, rows.Count).Where(r => rows.WeightOf(r) > 0)];
        var open = new Stack<(int Ours, int Theirs, int[] Rows, string Path)>([(0, 0, all, "root")]);
        while (open.TryPop(out (int Ours, int Theirs, int[] Rows, string Path) node))
        {
            (int ours, int theirs, int[] inside, string path) = node;
            expected.Rows[theirs].Should().Be(inside.Length, path);
            tree.IsLeaf(ours).Should().Be(expected.IsLeaf(theirs), path);
            NodeShouldEqual(tree, statistics, ours, expected, theirs, path, rows.Classes);
            ImpurityShouldEqual(statistics.Impurity(ours), expected.Impurity[theirs], peer, rows, path);
            if (tree.IsLeaf(ours))
            {
                continue;
            }

            tree.Feature(ours).Should().Be(expected.Feature[theirs], path);
            float[] column = rows.Columns[tree.Feature(ours)];
            int[] left = [.. inside.Where(r => column[r] <= tree.Threshold(ours))];
            int[] right = [.. inside.Where(r => column[r] > tree.Threshold(ours))];
            left.Should().Equal(inside.Where(r => column[r] <= expected.Threshold[theirs]), path);
            if (exactThresholds)
            {
                // Both take the middle of the same two float32 values, in double precision.
                tree.Threshold(ours).Should().Be(expected.Threshold[theirs], path);
            }

            open.Push((tree.Left(ours), expected.Left[theirs], left, path + "/left"));
            open.Push((tree.Right(ours), expected.Right[theirs], right, path + "/right"));
        }
    }

    /// <summary>
    /// Asserts that an impurity is scikit-learn's but for rounding. scikit-learn computes squared errors as the mean of the
    /// squares less the square of the mean, which loses what these two have in common: there the tolerance is relative to the
    /// squares of the targets.
    /// </summary>
    public static void ImpurityShouldEqual(double ours, double theirs, PeerCase peer, PeerRows rows, string because)
    {
        ours.Should().BeApproximately(theirs, (1e-10 * Math.Abs(theirs)) + Rounding(peer, rows), because);
    }

    /// <summary>The rounding of scikit-learn's impurities, see <see cref="ImpurityShouldEqual"/>.</summary>
    public static double Rounding(PeerCase peer, PeerRows rows) =>
        1e-14 * Math.Max(1, peer.Criterion is "squared_error" or "friedman_mse" ? rows.Targets.Max(y => y * y) : 1);

    private static void NodeShouldEqual(
        Tree tree, TreeStatistics statistics, int ours, PeerTree expected, int theirs, string path, int classes)
    {
        statistics.RowCount(ours).Should().Be(expected.Rows[theirs], path);

        // Sums of the same numbers in another order.
        statistics.Cover(ours).Should().BeApproximately(expected.Weight[theirs], 1e-12 * expected.Weight[theirs], path);

        ReadOnlySpan<double> value = statistics.Value(ours);
        ReadOnlySpan<double> peerValue = expected.ValueOf(theirs);
        value.Length.Should().Be(peerValue.Length, path);
        for (int k = 0; k < peerValue.Length; k++)
        {
            // Class weights with scikit-learn, class shares with the library.
            double wanted = classes == 0 ? peerValue[k] : peerValue[k] / expected.Weight[theirs];
            value[k].Should().BeApproximately(wanted, 1e-12 * Math.Max(1, Math.Abs(wanted)), path);
            if (tree.IsLeaf(ours))
            {
                tree.LeafValue(ours - tree.InnerCount)[k].Should().Be(value[k], path);
            }
        }
    }
}
