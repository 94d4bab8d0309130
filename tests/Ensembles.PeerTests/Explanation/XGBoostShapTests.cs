using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.PeerTests.NewtonBoosting;
using Ensembles.Trees;
using FluentAssertions;

namespace Ensembles.PeerTests.Explanation;

/// <summary>
/// On XGBoost's own trees the values are those of its <c>pred_contribs</c> and <c>pred_interactions</c>. XGBoost adds up in 32-bit numbers:
/// with values around 1 and some hundred additions that is right to some 1e-5; here a double is right to 1e-12 (other tests).
/// </summary>
public class XGBoostShapTests
{
    private const double Tolerance = 2e-5;

    private static readonly ShapFixtures Fixtures = XGBoostFixtures.Read<ShapFixtures>("shap.json.gz");

    public static TheoryData<string> Names => [.. Fixtures.Cases.Select(fixture => fixture.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_those_of_pred_contribs(string name)
    {
        ShapCase fixture = Fixtures.Cases.Single(fixture => string.Equals(fixture.Name, name, StringComparison.Ordinal));
        ShapValues values = new TreeExplainer(fixture.Sum()).Explain(fixture.Table(fixture.Rows.Length));
        int expected = 0;
        for (int r = 0; r < values.RowCount; r++)
        {
            for (int k = 0; k < fixture.Groups; k++)
            {
                foreach (double value in values.Row(r, k))
                {
                    value.Should().BeApproximately(fixture.Contribs[expected++], Tolerance);
                }

                values.BaseValues[k].Should().BeApproximately(fixture.Contribs[expected++], Tolerance);
            }
        }

        expected.Should().Be(fixture.Contribs.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pairs_are_those_of_pred_interactions(string name)
    {
        ShapCase fixture = Fixtures.Cases.Single(fixture => string.Equals(fixture.Name, name, StringComparison.Ordinal));
        int line = fixture.Features + 1;
        int rows = fixture.Interactions.Length / (fixture.Groups * line * line);
        ShapInteractions values = new TreeExplainer(fixture.Sum()).ExplainInteractions(fixture.Table(rows));
        for (int r = 0; r < rows; r++)
        {
            for (int k = 0; k < fixture.Groups; k++)
            {
                for (int i = 0; i < fixture.Features; i++)
                {
                    for (int j = 0; j < fixture.Features; j++)
                    {
                        values[r, i, j, k].Should().BeApproximately(
                            fixture.Interactions[(((((r * fixture.Groups) + k) * line) + i) * line) + j], Tolerance);
                    }
                }
            }
        }
    }

    private sealed record ShapFixtures(ShapCase[] Cases);

    private sealed record ShapCase(
        string Name,
        int Classes,
        double Base,
        int Groups,
        int Features,
        double?[][] Rows,
        ShapTree[] Trees,
        double[] Contribs,
        double[] Interactions)
    {
        public FeatureTable Table(int rows) => FeatureTable.FromColumns(
            [.. Enumerable.Range(0, Features).Select(f => Rows.Take(rows).Select(row => (float)(row[f] ?? double.NaN)).ToArray())]);

        public TreeSum Sum()
        {
            (Tree Tree, TreeStatistics Statistics)[] trees = Array.ConvertAll(Trees, tree => tree.Read());
            var bases = new double[Groups];
            Array.Fill(bases, Base);
            return TreeSum.OfRounds(
                FeatureSchema.Numeric(Features),
                [.. trees.Select(tree => tree.Tree)],
                [.. trees.Select(tree => tree.Statistics)],
                bases,
                Groups == 1 ? null : ["a", "b", "c"]);
        }
    }

    /// <summary>A tree as XGBoost keeps it: a leaf has −1 for children, and its value as its threshold.</summary>
    private sealed record ShapTree(int[] Left, int[] Right, int[] Feature, double[] Threshold, int[] DefaultLeft, double[] Cover)
    {
        public (Tree Tree, TreeStatistics Statistics) Read()
        {
            int[] inner = [.. Enumerable.Range(0, Left.Length).Where(node => Left[node] >= 0)];
            int[] all = [.. inner, .. Enumerable.Range(0, Left.Length).Where(node => Left[node] < 0)];
            var tree = new Tree(
                Array.ConvertAll(inner, node => Feature[node]),
                //// x < t of floats is x ≤ the float before t.
                Array.ConvertAll(inner, node => (double)float.BitDecrement((float)Threshold[node])),
                Array.ConvertAll(inner, node => Array.IndexOf(all, Left[node])),
                Array.ConvertAll(inner, node => Array.IndexOf(all, Right[node])),
                Array.ConvertAll(inner, node => DefaultLeft[node] == 1),
                new CategorySet?[inner.Length],
                [.. all.Skip(inner.Length).Select(node => Threshold[node])],
                1);
            double[] covers = Array.ConvertAll(all, node => Cover[node]);
            return (tree, new TreeStatistics(covers, new int[all.Length], new double[all.Length], new double[inner.Length], [], 0));
        }
    }
}
