using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.RandomForests;

public class ForestExplanationTests
{
    [Fact]
    public void Permutation_finds_the_features_that_matter_and_no_others()
    {
        IReadOnlyList<PermutationImportance> classes =
            Fit(ForestData.Classes(600), out ClassificationDataset data).PermutationImportances(data, repeats: 2);
        RegressionDataset numbers = ForestData.Numbers(600);
        IReadOnlyList<PermutationImportance> regression = new RandomForestRegressor().Fit(numbers).PermutationImportances(numbers);

        foreach (IReadOnlyList<PermutationImportance> importances in (IReadOnlyList<PermutationImportance>[])[classes, regression])
        {
            importances.Select(i => i.Feature).Should().Equal("first", "second", "noise", "colour");
            importances[0].Mean.Should().BeGreaterThan(importances[1].Mean);
            importances[1].ZScore.Should().BeGreaterThan(10);
            foreach (PermutationImportance useless in importances.Skip(2))
            {
                Math.Abs(useless.Mean).Should().BeLessThan(0.05 * importances[1].Mean);
            }
        }
    }

    [Fact]
    public void A_permutation_importance_is_the_mean_rise_of_the_error_over_the_trees()
    {
        double[] weights = ForestData.Weights(200, 3);
        RegressionDataset data = ForestData.Numbers(200, weights: weights);
        var recipe = new RandomForestRegressor { TreeCount = 4, MaxDepth = 3, Seed = 11 };
        ForestRegressionModel model = recipe.Fit(data);

        PermutationImportance second = model.PermutationImportances(data)[1];

        RowSampler sampler = recipe.Plan(data).Rows;
        var rises = new double[4];
        for (int t = 0; t < 4; t++)
        {
            var counts = new int[200];
            sampler.Draw(t, counts);
            int[] rows = [.. Enumerable.Range(0, 200).Where(r => counts[r] == 0 && weights[r] > 0)];
            int[] order = RowSampling.Permutation(rows.Length, KeyedRandom.Mix(KeyedRandom.Mix(11, 0x5045524D, (ulong)t), 1, 0));
            double total = rows.Sum(r => weights[r]);
            for (int i = 0; i < rows.Length; i++)
            {
                double[] cells = data.Features.Row(rows[i]);
                double before = model.Trees[t].LeafValue(model.Trees[t].LeafOf(cells))[0] - data.Targets[rows[i]];
                cells[1] = data.Features[rows[order[i]], 1];
                double after = model.Trees[t].LeafValue(model.Trees[t].LeafOf(cells))[0] - data.Targets[rows[i]];
                rises[t] += weights[rows[i]] * ((after * after) - (before * before)) / total;
            }
        }

        second.Mean.Should().BeApproximately(rises.Average(), 1e-9);
        double variance = rises.Sum(r => (r - rises.Average()) * (r - rises.Average())) / 3;
        second.StandardError.Should().BeApproximately(Math.Sqrt(variance / 4), 1e-9);
    }

    [Fact]
    public void Permutation_importances_are_the_same_at_any_number_of_threads()
    {
        ForestClassificationModel model = Fit(ForestData.Classes(), out ClassificationDataset data);

        IReadOnlyList<PermutationImportance> one = model.PermutationImportances(data, 1, new() { Threads = 1 });

        model.PermutationImportances(data, 1, new() { Threads = 5 }).Should().Equal(one);
    }

    [Fact]
    public void Permutation_needs_rows_left_out()
    {
        RegressionDataset data = ForestData.Numbers(40);
        ForestRegressionModel model = new ExtraTreesRegressor { TreeCount = 2 }.Fit(data);

        FluentActions.Invoking(() => model.PermutationImportances(data)).Should().Throw<InvalidOperationException>()
            .WithMessage("*leaves a row out*");
        FluentActions.Invoking(() => model.PermutationImportances(data, 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Proximities_are_shares_of_common_leaves()
    {
        RegressionDataset data = ForestData.Numbers(80);
        ForestRegressionModel model = new RandomForestRegressor { TreeCount = 9, MaxDepth = 4 }.Fit(data);
        FeatureTable others = ForestData.Features(30, 99);

        double[,] among = model.Proximities(data.Features);
        double[,] between = model.Proximities(others, data.Features);

        for (int i = 0; i < 80; i++)
        {
            among[i, i].Should().Be(1);
            for (int j = 0; j < 80; j++)
            {
                among[i, j].Should().Be(among[j, i]);
                among[i, j].Should().Be(Common(model.Trees, data.Features.Row(i), data.Features.Row(j)) / 9.0);
                if (i < 30)
                {
                    between[i, j].Should().Be(Common(model.Trees, others.Row(i), data.Features.Row(j)) / 9.0);
                }
            }
        }
    }

    [Fact]
    public void Out_of_bag_proximities_ask_the_trees_that_drew_neither_row()
    {
        ClassificationDataset data = ForestData.Classes(60);
        var recipe = new RandomForestClassifier { TreeCount = 6, MaxDepth = 3, Seed = 2 };
        ForestClassificationModel model = recipe.Fit(data);

        double[,] proximities = model.OutOfBagProximities(data);

        RowSampler sampler = recipe.Plan(data).Rows;
        var counts = new int[6][];
        for (int t = 0; t < 6; t++)
        {
            counts[t] = new int[60];
            sampler.Draw(t, counts[t]);
        }

        for (int i = 0; i < 60; i++)
        {
            proximities[i, i].Should().Be(1);
            for (int j = 0; j < 60 && j != i; j++)
            {
                Tree[] both = [.. model.Trees.Where((_, t) => counts[t][i] == 0 && counts[t][j] == 0)];
                int common = Common(both, data.Features.Row(i), data.Features.Row(j));
                double expected = both.Length == 0 ? double.NaN : common / (double)both.Length;
                proximities[i, j].Should().Be(expected);
                proximities[j, i].Should().Be(expected);
            }
        }
    }

    private static int Common(IEnumerable<Tree> trees, double[] a, double[] b) => trees.Count(tree => tree.LeafOf(a) == tree.LeafOf(b));

    private static ForestClassificationModel Fit(ClassificationDataset data, out ClassificationDataset same)
    {
        same = data;
        return new RandomForestClassifier().Fit(data);
    }
}
