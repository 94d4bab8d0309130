using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ensembles.PeerTests.Trees;

/// <summary>
/// On real data many splits tie and scikit-learn takes one of them at random. So the walk goes down scikit-learn's tree: at
/// each node the library, given the rows that reach it, finds a split of the same gain, and the walk goes on along
/// scikit-learn's split.
/// </summary>
public sealed class TieAwareWalkTests
{
    // The gains of both splits are computed from the same definition; what differs is rounding.
    private const double Relative = 1e-9;

    public static IEnumerable<object[]> Cases => PeerFixtures.Bundled.Names(_ => true);

    public static IEnumerable<object[]> Sets => PeerFixtures.Bundled.Data.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_bundled_cells_are_scikit_learns(string name)
    {
        PeerData expected = PeerFixtures.Bundled.Data[name];
        PeerRows rows = BundledRows.Load(name);
        var cells = new float[rows.Columns.Length * rows.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = rows.Columns[i % rows.Columns.Length][i / rows.Columns.Length];
        }

        rows.Count.Should().Be(expected.Rows);
        rows.Classes.Should().Be(expected.Classes);
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(cells))).Should().Be(expected.Sha256);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void At_every_node_the_best_gain_is_scikit_learns(string name)
    {
        PeerCase peer = PeerFixtures.Bundled[name];
        var walk = new Walk(peer, BundledRows.Of(peer));

        walk.Run();
    }

    private sealed class Walk(PeerCase peer, PeerRows data)
    {
        private readonly PlainImpurity _impurity = new(peer.Criterion, data);

        public void Run()
        {
            var open = new Stack<(int Node, int Depth, int[] Rows)>([(0, 0, Enumerable.Range(0, data.Count).ToArray())]);
            int visited = 0;
            while (open.TryPop(out (int Node, int Depth, int[] Rows) at))
            {
                visited++;
                CheckNode(at.Node, at.Rows);
                if (peer.Tree.IsLeaf(at.Node))
                {
                    CheckLeaf(at.Node, at.Depth, at.Rows);
                    continue;
                }

                (int[] left, int[] right) = Part(at.Rows, peer.Tree.Feature[at.Node], peer.Tree.Threshold[at.Node]);
                CheckSplit(at.Node, at.Rows, left, right);
                open.Push((peer.Tree.Left[at.Node], at.Depth + 1, left));
                open.Push((peer.Tree.Right[at.Node], at.Depth + 1, right));
            }

            visited.Should().Be(peer.Tree.NodeCount);
        }

        /// <summary>That the rows are those of the node: their number, weight, impurity and classes.</summary>
        private void CheckNode(int node, int[] rows)
        {
            rows.Should().HaveCount(peer.Tree.Rows[node]);
            _impurity.WeightOf(rows).Should().Be(peer.Tree.Weight[node], "weights are whole numbers");
            TreeComparison.ImpurityShouldEqual(_impurity.Of(rows), peer.Tree.Impurity[node], peer, data, $"node {node}");
            if (data.Classes > 0)
            {
                _impurity.ClassWeightsOf(rows).Should().Equal(peer.Tree.ValueOf(node).ToArray());
            }
        }

        private void CheckSplit(int node, int[] rows, int[] left, int[] right)
        {
            FittedTree ours = Stump(rows);
            ours.Tree.InnerCount.Should().Be(1, $"scikit-learn splits node {node}");
            double theirGain = _impurity.Gain(left, right);
            (int[] ourLeft, int[] ourRight) = Part(rows, ours.Tree.Feature(0), ours.Tree.Threshold(0));
            double ourGain = _impurity.Gain(ourLeft, ourRight);

            // Where a gain is tiny against the impurity that it is the difference of, rounding is relative to the latter.
            double slack = (Relative * theirGain) + (1e-14 * _impurity.WeightOf(rows) * _impurity.Of(rows));
            ourGain.Should().BeApproximately(theirGain, slack, $"node {node}: its best splits tie with scikit-learn's");
            ours.Statistics.Gain(0).Should().BeApproximately(ourGain, slack, $"node {node}: the gain is that of its definition");
        }

        /// <summary>A leaf that no limit makes one has no split for the library either.</summary>
        private void CheckLeaf(int node, int depth, int[] rows)
        {
            bool limited = peer.Parameters.MaxLeafNodes is not null || depth == peer.Parameters.MaxDepth;
            if (!limited)
            {
                Stump(rows).Tree.InnerCount.Should().Be(0, $"scikit-learn cannot split node {node}");
            }
        }

        private FittedTree Stump(int[] rows)
        {
            PeerParameters limits = peer.Parameters with { MaxDepth = 1, MaxLeafNodes = null };
            return PeerFit.Fit(peer, data.Select(rows), limits);
        }

        private (int[] Left, int[] Right) Part(int[] rows, int feature, double threshold) =>
            ([.. rows.Where(r => data.Columns[feature][r] <= threshold)], [.. rows.Where(r => data.Columns[feature][r] > threshold)]);
    }
}
