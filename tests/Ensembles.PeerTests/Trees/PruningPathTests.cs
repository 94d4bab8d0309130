using Ensembles.Trees;
using Ensembles.Trees.Pruning;

namespace Ensembles.PeerTests.Trees;

/// <summary>Cost-complexity pruning cuts what scikit-learn cuts, at the same alphas.</summary>
public sealed class PruningPathTests
{
    public static IEnumerable<object[]> Paths => PeerFixtures.Generated.Names(c => c.Path is not null);

    public static IEnumerable<object[]> PrunedTrees => PeerFixtures.Generated.Names(c => c.Pruned is not null);

    public static IEnumerable<object[]> BundledPaths => PeerFixtures.Bundled.Names(c => c.Path is not null);

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_path_of_a_tree_is_scikit_learns(string name)
    {
        PeerCase peer = PeerFixtures.Generated[name];
        PeerRows rows = PeerFixtures.Generated.RowsOf(peer);
        FittedTree fitted = PeerFit.Fit(peer, rows);

        var path = new CostComplexityPath(fitted.Tree, fitted.Statistics);

        path.Count.Should().Be(peer.Path!.Alphas.Length);
        for (int i = 0; i < path.Count; i++)
        {
            AlphaShouldEqual(path[i].Alpha, peer.Path.Alphas[i], peer, rows);
            TreeComparison.ImpurityShouldEqual(path[i].Impurity, peer.Path.Impurities[i], peer, rows, $"step {i}");
        }
    }

    [Theory]
    [MemberData(nameof(PrunedTrees))]
    public void A_tree_pruned_by_alpha_is_scikit_learns(string name)
    {
        PeerCase peer = PeerFixtures.Generated[name];
        PeerRows rows = PeerFixtures.Generated.RowsOf(peer);
        peer.Pruned!.Tree.NodeCount.Should().BeInRange(3, peer.Tree.NodeCount - 2, "alpha cuts something, not all");

        FittedTree pruned = PeerFit.Fit(peer, rows, peer.Parameters with { CcpAlpha = peer.Pruned.Alpha });

        TreeComparison.ShouldEqual(pruned.Tree, pruned.Statistics, peer, peer.Pruned.Tree, rows, exactThresholds: true);
    }

    /// <summary>
    /// scikit-learn's own trees on the bundled sets, where many links are equally weak. In what order those are cut is open, so
    /// the paths are compared where alpha has passed all of them.
    /// </summary>
    [Theory]
    [MemberData(nameof(BundledPaths))]
    public void The_path_of_scikit_learns_tree_is_scikit_learns(string name)
    {
        PeerCase peer = PeerFixtures.Bundled[name];
        PeerRows rows = BundledRows.Of(peer);
        (Tree tree, TreeStatistics statistics) = peer.Tree.ToTree();
        double[] alphas = peer.Path!.Alphas;

        var path = new CostComplexityPath(tree, statistics);

        int compared = 0;
        for (int i = 0; i < alphas.Length; i++)
        {
            double next = i + 1 < alphas.Length ? alphas[i + 1] : double.PositiveInfinity;
            double gap = (1e-9 * alphas[i]) + (10 * TreeComparison.Rounding(peer, rows));
            if (next > alphas[i] + gap)
            {
                CostComplexityStep step = path.Last(s => s.Alpha <= alphas[i] + (gap / 2));
                AlphaShouldEqual(step.Alpha, alphas[i], peer, rows);
                TreeComparison.ImpurityShouldEqual(step.Impurity, peer.Path.Impurities[i], peer, rows, $"step {i}");
                compared++;
            }
        }

        path[^1].LeafCount.Should().Be(1);
        compared.Should().BeGreaterThan(Math.Min(8, tree.LeafCount) / 2, "most trees have links of many strengths");
    }

    /// <summary>Alphas are small differences of impurities, so their rounding is that of impurities.</summary>
    private static void AlphaShouldEqual(double ours, double theirs, PeerCase peer, PeerRows rows) =>
        ours.Should().BeApproximately(theirs, (1e-9 * Math.Abs(theirs)) + TreeComparison.Rounding(peer, rows));
}
