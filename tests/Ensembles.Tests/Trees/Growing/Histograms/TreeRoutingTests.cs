using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

/// <summary>Rows sent through trees by their bins, against the tree asked row by row.</summary>
public class TreeRoutingTests
{
    private const int Rows = 20_000;

    [Theory]
    [InlineData(255, 1, false)]
    [InlineData(255, 3, true)]
    [InlineData(7, 2, false)]
    [InlineData(2, 1, true)]
    public void Every_row_comes_to_its_leaf_once(int maxBins, int threads, bool someArePassedOver)
    {
        FeatureTable grownOn = Table(seed: 1, Rows / 4);
        FeatureTable routed = Table(seed: 2, Rows);
        double[] targets = [.. Enumerable.Range(0, grownOn.RowCount).Select(r => Math.Sin(3 * grownOn[r, 0]) + (double.IsNaN(grownOn[r, 1]) ? 2 : (double.IsNaN(grownOn[r, 2]) ? 9 : grownOn[r, 2]) % 5))];
        Tree tree = new DecisionTreeRegressor { MaxDepth = 9 }.Fit(RegressionDataset.Create(grownOn, targets)).Tree;
        Enumerable.Range(0, tree.InnerCount).Should().Contain(node => tree.Categories(node) != null);
        bool[] except = someArePassedOver ? [.. Enumerable.Range(0, Rows).Select(r => r % 3 == 0)] : [];
        using var team = new WorkerTeam(threads);
        var routing = new TreeRouting(routed, routed.Binned(maxBins, threads, CancellationToken.None), team);

        // A second tree finds nothing of the first.
        for (int repeat = 0; repeat < 2; repeat++)
        {
            var leaves = new int[Rows];
            Array.Fill(leaves, -1);
            int twice = 0;
            routing.Route(tree, except, (leaf, firstRow, rows) =>
            {
                foreach (ushort row in rows)
                {
                    if (Interlocked.Exchange(ref leaves[firstRow + row], leaf) != -1)
                    {
                        Interlocked.Increment(ref twice);
                    }
                }
            });

            twice.Should().Be(0);
            var cells = new double[routed.ColumnCount];
            int wrong = 0;
            for (int r = 0; r < Rows; r++)
            {
                routed.CopyRow(r, cells);
                int expected = someArePassedOver && except[r] ? -1 : tree.LeafOf(cells);
                wrong += leaves[r] == expected ? 0 : 1;
            }

            wrong.Should().Be(0);
        }
    }

    [Fact]
    public void A_single_leaf_has_all_rows()
    {
        FeatureTable table = Table(seed: 3, 100);
        Tree tree = new DecisionTreeRegressor().Fit(RegressionDataset.Create(table, new double[100])).Tree;
        using var team = new WorkerTeam(1);
        int count = 0;

        new TreeRouting(table, table.Binned(255, 1, CancellationToken.None), team).Route(tree, [], (leaf, _, rows) => count += leaf == 0 ? rows.Length : 0);

        count.Should().Be(100);
    }

    /// <summary>Numbers, numbers with missing cells, more categories than bins, and a view of rows.</summary>
    private static FeatureTable Table(ulong seed, int rows)
    {
        var random = new RandomStream(seed);
        int all = rows + 10;
        float[] normal = [.. Enumerable.Range(0, all).Select(_ => (float)random.NextGaussian())];
        double[] some = [.. Enumerable.Range(0, all).Select(_ => random.NextInt(4) == 0 ? double.NaN : Math.Round(random.NextGaussian(), 1))];
        int[] codes = [.. Enumerable.Range(0, all).Select(_ => random.NextInt(20) == 0 ? -1 : random.NextInt(random.NextInt(300) + 1))];
        string[] names = [.. Enumerable.Range(0, 300).Select(c => $"c{c:000}")];
        return new FeatureTableBuilder()
            .Numeric("normal", normal)
            .Numeric("some", some)
            .Categorical("category", names, codes)
            .Build()
            .SelectRows([.. Enumerable.Range(5, rows)]);
    }
}
