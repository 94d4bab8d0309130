using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Tests.Trees.Export;
using Ensembles.Trees;
using Ensembles.Trees.Criteria;

namespace Ensembles.Tests.Trees;

public class SplitEdgeTests
{
    [Theory]
    [InlineData(SplitMethod.Exact)]
    [InlineData(SplitMethod.Histogram)]
    public void Weights_that_vanish_beside_others_make_no_infinite_gain(SplitMethod method)
    {
        FeatureTable features = FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } });
        double[] weights = [1e17, 1e17, 1, 1];

        DecisionTreeRegressionModel regressor = new DecisionTreeRegressor { SplitMethod = method, MaxDepth = 1 }
            .Fit(RegressionDataset.Create(features, [0, 1, 1, 7], weights));
        DecisionTreeClassificationModel classifier = new DecisionTreeClassifier { SplitMethod = method, MaxDepth = 1 }
            .Fit(ClassificationDataset.Create(features, ["a", "b", "a", "c"], weights));

        regressor.Tree.Threshold(0).Should().Be(1.5);
        double.IsFinite(regressor.Statistics.Gain(0)).Should().BeTrue();
        classifier.Tree.Threshold(0).Should().Be(1.5);
        double.IsFinite(classifier.Statistics.Gain(0)).Should().BeTrue();
    }

    [Theory]
    [InlineData(RegressionCriterion.SquaredError)]
    [InlineData(RegressionCriterion.AbsoluteError)]
    public void Targets_far_from_zero_split_as_those_around_it(RegressionCriterion criterion)
    {
        // Multiples of 2⁻²⁰, so that the shift itself rounds nothing.
        RegressionDataset data = Pruning.CostComplexityPathTests.Noise(300, seed: 12);
        double[] targets = [.. data.Targets.ToArray().Select(y => Math.Round(y * (1 << 20)) / (1 << 20))];
        var recipe = new DecisionTreeRegressor { Criterion = criterion, MaxLeaves = 8 };

        Tree near = recipe.Fit(RegressionDataset.Create(data.Features, targets)).Tree;
        Tree far = recipe.Fit(RegressionDataset.Create(data.Features, Array.ConvertAll(targets, y => y + 1e9))).Tree;

        Splits(far).Should().Equal(Splits(near));
    }

    [Fact]
    public void Ties_go_to_the_first_feature_whatever_the_mean_of_the_targets()
    {
        // Both columns part the rows in mirror image, so that all their gains are equal.
        var random = new RandomStream(3);
        for (int trial = 0; trial < 50; trial++)
        {
            int n = 5 + random.NextInt(30);
            double[] targets = [.. Enumerable.Range(0, n).Select(_ => (double)random.NextInt(100))];
            var rows = new double[n, 2];
            for (int r = 0; r < n; r++)
            {
                (rows[r, 0], rows[r, 1]) = (r, -r);
            }

            Tree tree = new DecisionTreeRegressor().Fit(RegressionDataset.Create(FeatureTable.FromRows(rows), targets)).Tree;

            Enumerable.Range(0, tree.InnerCount).Select(tree.Feature).Should().OnlyContain(feature => feature == 0);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Histogram_parts_the_rows_as_exact_does_where_every_value_has_a_bin(bool regression)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            ClassificationDataset labels = TreeRuleTests.Mixed(400, seed);
            var random = new RandomStream(seed);
            double[] weights = [.. Enumerable.Range(0, 400).Select(_ => random.NextInt(5) / 2.0)];
            int[] exact;
            int[] histogram;
            if (regression)
            {
                double[] targets = [.. Enumerable.Range(0, 400).Select(r => labels.Labels[r] + random.NextGaussian())];
                RegressionDataset data = RegressionDataset.Create(labels.Features, targets, weights);
                var recipe = new DecisionTreeRegressor { MinSamplesLeaf = 5 };
                exact = Leaves(recipe.Fit(data).Tree, labels.Features);
                histogram = Leaves((recipe with { SplitMethod = SplitMethod.Histogram }).Fit(data).Tree, labels.Features);
            }
            else
            {
                // Weights and class counts are whole halves: no sum is rounded, and ties are ties.
                var recipe = new DecisionTreeClassifier { MinSamplesLeaf = 5 };
                exact = Leaves(recipe.Fit(labels.WithWeights(weights)).Tree, labels.Features);
                histogram = Leaves(
                    (recipe with { SplitMethod = SplitMethod.Histogram }).Fit(labels.WithWeights(weights)).Tree, labels.Features);
            }

            histogram.Should().Equal(exact, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(2, 50)]
    [InlineData(6, 2)]
    public void Best_first_growth_keeps_both_limits(int maxDepth, int maxLeaves)
    {
        ClassificationDataset data = TreeRuleTests.Mixed(200, seed: 5);

        Tree tree = new DecisionTreeClassifier { MaxDepth = maxDepth, MaxLeaves = maxLeaves }.Fit(data).Tree;

        tree.Depth.Should().BeLessThanOrEqualTo(maxDepth);
        tree.LeafCount.Should().Be(Math.Min(maxLeaves, 1 << maxDepth));
    }

    [Fact]
    public void Sums_of_classes_are_right_to_the_last_row_of_a_scan()
    {
        // The rows at the end of a scan weigh little beside all that moved before them.
        const int n = 20_000;
        var random = new RandomStream(17);
        double[] weights = [.. Enumerable.Range(0, n).Select(i => i >= n - 5 ? 1e-6 : 1 + random.NextDouble())];
        int[] labels = [.. Enumerable.Range(0, n).Select(_ => random.NextInt(4))];
        var accumulator = new ClassAccumulator<GiniTerms>(labels, weights, classCount: 4, words: null, default);
        accumulator.Enter(default, [.. Enumerable.Range(0, n)]);
        for (int row = 0; row < n - 1; row++)
        {
            accumulator.Move(row);
            if (row < n - 10 && row % 1000 != 0)
            {
                continue;
            }

            double score = S(Enumerable.Range(0, row + 1)) + S(Enumerable.Range(row + 1, n - row - 1));
            accumulator.Score().Should().BeApproximately(score, 1e-12 * score, $"row {row}");
        }

        double S(IEnumerable<int> rows)
        {
            double[] sums = [.. rows.GroupBy(r => labels[r]).Select(g => g.Sum(r => weights[r]))];
            return sums.Sum(c => c * c) / sums.Sum();
        }
    }

    private static IEnumerable<(int Feature, double Threshold)> Splits(Tree tree) =>
        Enumerable.Range(0, tree.InnerCount).Select(node => (tree.Feature(node), tree.Threshold(node)));

    private static int[] Leaves(Tree tree, FeatureTable features) =>
        [.. Enumerable.Range(0, features.RowCount).Select(r => tree.LeafOf(features.Row(r)))];
}
