using Ensembles.Data;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.RandomForests;

public class QuantilePredictionTests
{
    private static readonly double[] Alphas = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    public static TheoryData<ForestRegressor> Recipes => new()
    {
        new RandomForestRegressor { TreeCount = 8, KeepLeafSamples = true, MinSamplesLeaf = 4, Seed = 5 },
        new RandomForestRegressor
        {
            TreeCount = 8,
            KeepLeafSamples = true,
            FeatureSampling = FeatureSampling.PerTree,
            MaxFeatures = FeatureCount.Sqrt,
        },
        new ExtraTreesRegressor { TreeCount = 8, KeepLeafSamples = true, MaxDepth = 4 },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Quantiles_are_those_of_the_weights_of_Meinshausen(ForestRegressor recipe)
    {
        double[] weights = ForestData.Weights(250, 4);
        RegressionDataset data = ForestData.Numbers(250, weights: weights);
        FeatureTable table = ForestData.Features(300, 21);

        ForestRegressionModel model = recipe.Fit(data);
        double[,] quantiles = model.PredictQuantiles(table, Alphas);

        int[][] counts = Counts(recipe, data);
        double[] means = model.Predict(table);
        for (int r = 0; r < table.RowCount; r++)
        {
            double[] share = Shares(model, data, weights, counts, table.Row(r));
            double mean = 0;
            for (int i = 0; i < share.Length; i++)
            {
                mean += share[i] * data.Targets[i];
            }

            mean.Should().BeApproximately(means[r], 1e-9, "the weights give the mean of the forest as well");
            for (int q = 0; q < Alphas.Length; q++)
            {
                quantiles[r, q].Should().Be(Quantile(data.Targets.ToArray(), share, Alphas[q]));
            }
        }
    }

    [Fact]
    public void Intervals_cover_new_targets_as_often_as_they_say()
    {
        RegressionDataset test = ForestData.Numbers(1000, seed: 50);
        RegressionDataset train = ForestData.Numbers(1000);
        ForestRegressionModel model = new RandomForestRegressor { KeepLeafSamples = true, MinSamplesLeaf = 10 }.Fit(train);

        double[,] interval = model.PredictQuantiles(test.Features, 0.05, 0.95);

        int covered = Enumerable.Range(0, 1000).Count(r => interval[r, 0] <= test.Targets[r] && test.Targets[r] <= interval[r, 1]);
        covered.Should().BeInRange(850, 1000);
    }

    [Fact]
    public void A_weight_that_meets_the_quantile_up_to_rounding_meets_it()
    {
        // One leaf of twenty rows: as doubles, most sums of k shares of 1/20 are a little below k/20 of the sum of all.
        double[] targets = [.. Enumerable.Range(1, 20).Select(i => (double)i)];
        var data = RegressionDataset.Create(FeatureTable.FromRows(new double[20, 1]), targets);
        ForestRegressionModel model = new ExtraTreesRegressor { TreeCount = 1, KeepLeafSamples = true }.Fit(data);

        double[,] quantiles = model.PredictQuantiles(data.Features, [.. targets.Select(k => k / 20)]);

        Enumerable.Range(0, 20).Select(q => quantiles[0, q]).Should().Equal(targets);
    }

    [Fact]
    public void They_need_leaf_samples_and_numbers_from_0_to_1()
    {
        RegressionDataset data = ForestData.Numbers(30);
        ForestRegressionModel without = new RandomForestRegressor { TreeCount = 2 }.Fit(data);
        ForestRegressionModel with = new RandomForestRegressor { TreeCount = 2, KeepLeafSamples = true }.Fit(data);

        FluentActions.Invoking(() => without.PredictQuantiles(data.Features, 0.5)).Should().Throw<InvalidOperationException>()
            .WithMessage("*KeepLeafSamples*");
        FluentActions.Invoking(() => with.PredictQuantiles(data.Features, 0.5, 1.5)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => with.PredictQuantiles(data.Features, double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static int[][] Counts(ForestRegressor recipe, RegressionDataset data)
    {
        RowSampler sampler = recipe.Plan(data).Rows;
        var counts = new int[recipe.TreeCount][];
        for (int t = 0; t < counts.Length; t++)
        {
            counts[t] = new int[data.RowCount];
            sampler.Draw(t, counts[t]);
        }

        return counts;
    }

    private static double[] Shares(ForestRegressionModel model, RegressionDataset data, double[] weights, int[][] counts, double[] row)
    {
        var shares = new double[data.RowCount];
        for (int t = 0; t < model.Trees.Count; t++)
        {
            Tree tree = model.Trees[t];
            int leaf = tree.LeafOf(row);
            IEnumerable<int> drawn = Enumerable.Range(0, data.RowCount).Where(i => counts[t][i] > 0);
            int[] inLeaf = [.. drawn.Where(i => tree.LeafOf(data.Features.Row(i)) == leaf)];
            double total = inLeaf.Sum(i => counts[t][i] * weights[i]);
            foreach (int i in inLeaf)
            {
                shares[i] += counts[t][i] * weights[i] / total / model.Trees.Count;
            }
        }

        return shares;
    }

    private static double Quantile(double[] targets, double[] shares, double alpha)
    {
        double sum = 0;
        foreach (int i in Enumerable.Range(0, targets.Length).Where(i => shares[i] > 0).OrderBy(i => targets[i]))
        {
            sum += shares[i];
            if (sum >= alpha - 1e-10)
            {
                return targets[i];
            }
        }

        return targets.Where((_, i) => shares[i] > 0).Max();
    }
}
