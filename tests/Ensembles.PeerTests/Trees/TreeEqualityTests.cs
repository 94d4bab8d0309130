using Ensembles.Trees;

namespace Ensembles.PeerTests.Trees;

/// <summary>
/// On data free of ties the library grows scikit-learn's trees: the same nodes, features, thresholds (to the last bit), rows,
/// weights, impurities and values.
/// </summary>
public sealed class TreeEqualityTests
{
    public static IEnumerable<object[]> Cases => PeerFixtures.Generated.Names(_ => true);

    public static IEnumerable<object[]> HistogramCases =>
        PeerFixtures.Generated.Names(c => !string.Equals(c.Criterion, "absolute_error", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_tree_is_scikit_learns(string name)
    {
        PeerCase peer = PeerFixtures.Generated[name];
        PeerRows rows = PeerFixtures.Generated.RowsOf(peer);

        FittedTree fitted = PeerFit.Fit(peer, rows);

        TreeComparison.ShouldEqual(fitted.Tree, fitted.Statistics, peer, peer.Tree, rows, exactThresholds: true);
        for (int f = 0; f < rows.Columns.Length; f++)
        {
            fitted.Importances[f].Should().BeApproximately(
                peer.Tree.Importances[f], 1e-9, $"the importance of feature {f} is a sum of gains");
        }
    }

    /// <summary>
    /// No column has more than 255 values, so each has a bin of its own. Only thresholds may differ, and only between the same
    /// two values of a node: bins end in the middle between neighbouring values of the whole column.
    /// </summary>
    [Theory]
    [MemberData(nameof(HistogramCases))]
    public void The_tree_of_histograms_parts_the_same_rows(string name)
    {
        PeerCase peer = PeerFixtures.Generated[name];
        PeerRows rows = PeerFixtures.Generated.RowsOf(peer);

        FittedTree fitted = PeerFit.Fit(peer, rows, SplitMethod.Histogram);

        TreeComparison.ShouldEqual(fitted.Tree, fitted.Statistics, peer, peer.Tree, rows, exactThresholds: false);
    }

    [Fact]
    public void The_fixture_has_every_criterion_with_and_without_weights()
    {
        PeerFixtures.Generated.Cases.Select(c => (c.Criterion, c.Weights is null)).Distinct().Should().HaveCount(12);
        PeerFixtures.Generated.Cases.Should().HaveCountGreaterThan(200);
    }
}
