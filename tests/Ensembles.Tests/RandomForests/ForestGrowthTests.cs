using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.RandomForests;

public class ForestGrowthTests
{
    public static TheoryData<ForestClassifier> Classifiers => new()
    {
        new RandomForestClassifier { TreeCount = 10 },
        new RandomForestClassifier
        {
            TreeCount = 9,
            SplitMethod = SplitMethod.Histogram,
            MaxBins = 16,
            Criterion = ClassificationCriterion.Entropy,
        },
        new RandomForestClassifier { TreeCount = 10, Bootstrap = false, SampleFraction = 0.5, FeatureSampling = FeatureSampling.PerTree },
        new RandomForestClassifier
        {
            TreeCount = 9,
            ClassWeights = ClassWeights.BalancedPerSample,
            Voting = Voting.Majority,
            MaxLeaves = 9,
        },
        new ExtraTreesClassifier { TreeCount = 10 },
        new ExtraTreesClassifier { TreeCount = 10, Bootstrap = true, MinSamplesLeaf = 3 },
    };

    public static TheoryData<ForestRegressor> Regressors => new()
    {
        new RandomForestRegressor { TreeCount = 10 },
        new RandomForestRegressor { TreeCount = 10, Criterion = RegressionCriterion.AbsoluteError, MaxDepth = 4 },
        new RandomForestRegressor { TreeCount = 10, MaxFeatures = FeatureCount.Exactly(2), FeatureSampling = FeatureSampling.PerTree },
        new RandomForestRegressor { TreeCount = 10, SplitMethod = SplitMethod.Histogram, SampleFraction = 0.7 },
        new ExtraTreesRegressor { TreeCount = 10, Bootstrap = true },
    };

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void A_classifying_forest_is_the_same_at_any_number_of_threads(ForestClassifier recipe)
    {
        ClassificationDataset data = ForestData.Classes(weights: ForestData.Weights(300, 5));

        ForestClassificationModel one = recipe.Fit(data, new FitOptions { Threads = 1 });
        double[,] probabilities = one.PredictProbabilities(data.Features);
        foreach (int threads in (int[])[2, 7])
        {
            ForestClassificationModel other = recipe.Fit(data, new FitOptions { Threads = threads });

            ForestData.Describe(other.Trees, other.Statistics).Should().Be(ForestData.Describe(one.Trees, one.Statistics));
            other.PredictProbabilities(data.Features).Cast<double>().Should().Equal(probabilities.Cast<double>());
            (other.OutOfBag?.LogLoss).Should().Be(one.OutOfBag?.LogLoss);
            (other.OutOfBag?.ErrorCurve.ToArray()).Should().Equal(one.OutOfBag?.ErrorCurve.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Regressors))]
    public void A_regressing_forest_is_the_same_at_any_number_of_threads(ForestRegressor recipe)
    {
        RegressionDataset data = ForestData.Numbers(weights: ForestData.Weights(300, 6));

        ForestRegressionModel one = recipe.Fit(data, new FitOptions { Threads = 1 });
        foreach (int threads in (int[])[2, 7])
        {
            ForestRegressionModel other = recipe.Fit(data, new FitOptions { Threads = threads });

            ForestData.Describe(other.Trees, other.Statistics).Should().Be(ForestData.Describe(one.Trees, one.Statistics));
            other.Predict(data.Features).Should().Equal(one.Predict(data.Features));
            (other.OutOfBag?.ErrorCurve.ToArray()).Should().Equal(one.OutOfBag?.ErrorCurve.ToArray());
        }
    }

    [Fact]
    public void Trees_differ_from_each_other_and_by_seed()
    {
        ClassificationDataset data = ForestData.Classes();

        ForestClassificationModel a = new RandomForestClassifier { TreeCount = 5 }.Fit(data);
        ForestClassificationModel b = new RandomForestClassifier { TreeCount = 5, Seed = 1 }.Fit(data);

        a.Trees.Zip(a.Statistics, ForestData.Describe).Concat(b.Trees.Zip(b.Statistics, ForestData.Describe))
            .Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_forest_beats_its_trees_on_new_rows()
    {
        ClassificationDataset train = ForestData.Classes(400, seed: 1);
        ClassificationDataset test = ForestData.Classes(1000, seed: 2);
        RegressionDataset numbers = ForestData.Numbers(400, seed: 1);
        RegressionDataset newNumbers = ForestData.Numbers(1000, seed: 2);

        double tree = Accuracy(new DecisionTreeClassifier().Fit(train), test);
        Accuracy(new RandomForestClassifier().Fit(train), test).Should().BeGreaterThan(tree + 0.02);
        Accuracy(new ExtraTreesClassifier().Fit(train), test).Should().BeGreaterThan(tree + 0.02);
        double error = Error(new DecisionTreeRegressor().Fit(numbers), newNumbers);
        Error(new RandomForestRegressor().Fit(numbers), newNumbers).Should().BeLessThan(0.7 * error);
        Error(new ExtraTreesRegressor().Fit(numbers), newNumbers).Should().BeLessThan(0.7 * error);
    }

    [Fact]
    public void A_tree_limited_to_its_features_uses_no_others_and_the_forest_uses_all()
    {
        ForestClassificationModel model = new RandomForestClassifier
        {
            TreeCount = 30,
            MaxFeatures = FeatureCount.Exactly(2),
            FeatureSampling = FeatureSampling.PerTree,
        }.Fit(ForestData.Classes());

        int[][] used = [.. model.Trees.Select(t => Enumerable.Range(0, t.InnerCount).Select(t.Feature).Distinct().Order().ToArray())];

        used.Should().OnlyContain(features => features.Length <= 2);
        used.SelectMany(features => features).Distinct().Order().Should().Equal(0, 1, 2, 3);
    }

    [Fact]
    public void One_class_is_always_predicted()
    {
        FeatureTable features = ForestData.Features(50, 3);
        var data = ClassificationDataset.Create(features, Enumerable.Repeat("only", 50).ToArray());
        foreach (ForestClassifier recipe in (ForestClassifier[])[new RandomForestClassifier(), new ExtraTreesClassifier()])
        {
            ForestClassificationModel model = recipe.Fit(data);

            model.Trees.Should().OnlyContain(t => t.LeafCount == 1);
            model.PredictLabels(features).Should().AllBe("only");
            (model.OutOfBag?.Accuracy ?? 1).Should().Be(1);
            model.FeatureImportances().Should().AllBeEquivalentTo(0.0);
        }
    }

    [Fact]
    public void Constant_features_give_the_mean()
    {
        var data = RegressionDataset.Create(FeatureTable.FromRows(new double[4, 2]), [1, 2, 3, 6]);

        ExtraTreesRegressor extra = new() { TreeCount = 3 };
        extra.Fit(data).Predict([0.0, 0.0]).Should().Be(3);
        new RandomForestRegressor { TreeCount = 3 }.Fit(data).Trees.Should().OnlyContain(t => t.LeafCount == 1);
    }

    [Fact]
    public void A_single_row_is_enough()
    {
        var data = RegressionDataset.Create(FeatureTable.FromRows(new double[,] { { 1, 2 } }), [7]);

        ForestRegressionModel model = new RandomForestRegressor().Fit(data);

        model.Predict([5.0, 5.0]).Should().Be(7);
        model.OutOfBag!.CoveredRowCount.Should().Be(0, "the row is in every tree");
        var one = ClassificationDataset.Create(data.Features, ["a"]);
        new RandomForestClassifier().Fit(one).PredictLabel([5.0, 5.0]).Should().Be("a");
    }

    [Fact]
    public void Rows_of_weight_zero_are_absent()
    {
        RegressionDataset data = ForestData.Numbers(120);
        int[] kept = [.. Enumerable.Range(0, 120).Where(r => r % 3 != 0)];
        double[] weights = [.. Enumerable.Range(0, 120).Select(r => r % 3 == 0 ? 0.0 : 1.0)];
        var recipe = new RandomForestRegressor { TreeCount = 5, SplitMethod = SplitMethod.Exact };

        ForestRegressionModel weighted = recipe.Fit(data.WithWeights(weights));
        ForestRegressionModel selected = recipe.Fit(data.SelectRows(kept));

        ForestData.Describe(weighted.Trees, weighted.Statistics).Should().Be(ForestData.Describe(selected.Trees, selected.Statistics));
        weighted.OutOfBag!.MeanSquaredError.Should().Be(selected.OutOfBag!.MeanSquaredError);
        weighted.OutOfBag.MemberCount(0).Should().Be(0);
    }

    [Fact]
    public void Balanced_classes_weigh_the_same_in_all_rows_or_in_every_sample()
    {
        ClassificationDataset data = ForestData.Classes(200, classes: 4);
        var recipe = new RandomForestClassifier { TreeCount = 8, MaxDepth = 1 };

        foreach ((ClassWeights weights, bool everyTree) in
            (ReadOnlySpan<(ClassWeights, bool)>)[(ClassWeights.BalancedPerSample, true), (ClassWeights.Balanced, false)])
        {
            ForestClassificationModel model = (recipe with { ClassWeights = weights }).Fit(data);

            bool equal = model.Trees.Zip(model.Statistics).All(pair => IsBalanced(pair.First, pair.Second, data.ClassCount));
            equal.Should().Be(everyTree);
        }
    }

    [Fact]
    public void Majority_counts_votes()
    {
        ClassificationDataset data = ForestData.Classes();
        ForestClassificationModel model = new RandomForestClassifier { TreeCount = 20, MaxDepth = 3, Voting = Voting.Majority }.Fit(data);

        int[,] votes = model.PredictVotes(data.Features);
        double[,] probabilities = model.PredictProbabilities(data.Features);

        for (int r = 0; r < data.RowCount; r++)
        {
            var expected = new int[data.ClassCount];
            foreach (Tree tree in model.Trees)
            {
                double[] leaf = tree.LeafValue(tree.LeafOf(data.Features.Row(r))).ToArray();
                expected[Array.IndexOf(leaf, leaf.Max())]++;
            }

            for (int k = 0; k < data.ClassCount; k++)
            {
                votes[r, k].Should().Be(expected[k]);
                probabilities[r, k].Should().Be(expected[k] / 20.0);
            }
        }
    }

    [Fact]
    public void Leaf_indices_are_those_of_the_trees()
    {
        RegressionDataset data = ForestData.Numbers(1500);
        ForestRegressionModel model = new ExtraTreesRegressor { TreeCount = 4, MaxDepth = 5 }.Fit(data);

        int[,] leaves = model.LeafIndices(data.Features);

        for (int r = 0; r < data.RowCount; r++)
        {
            for (int t = 0; t < 4; t++)
            {
                leaves[r, t].Should().Be(model.Trees[t].LeafOf(data.Features.Row(r)));
            }
        }
    }

    [Fact]
    public void Importances_are_the_mean_of_the_trees_and_sum_to_one()
    {
        ForestClassificationModel model = new RandomForestClassifier { TreeCount = 25 }.Fit(ForestData.Classes());

        double[] importances = model.FeatureImportances();

        importances.Sum().Should().BeApproximately(1, 1e-12);
        importances[0].Should().BeGreaterThan(importances[1]);
        importances[1].Should().BeGreaterThan(Math.Max(importances[2], importances[3]));
    }

    [Fact]
    public void Progress_counts_every_tree_once()
    {
        var seen = new List<FitProgress>();
        var options = new FitOptions { Threads = 3, Progress = new Collector(seen.Add) };

        new RandomForestClassifier { TreeCount = 12 }.Fit(ForestData.Classes(), options);

        seen.Should().Equal(Enumerable.Range(1, 12).Select(n => new FitProgress(n, 12)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancellation_ends_the_fit(int threads)
    {
        using var source = new CancellationTokenSource();
        int trees = 0;
        var options = new FitOptions
        {
            Threads = threads,
            Progress = new Collector(_ =>
            {
                trees++;
                source.Cancel();
            }),
        };

        Action fit = () => new RandomForestClassifier { TreeCount = 1000 }.Fit(ForestData.Classes(), options, source.Token);

        fit.Should().Throw<OperationCanceledException>();
        trees.Should().BeLessThanOrEqualTo(threads);
    }

    [Fact]
    public void Properties_out_of_range_or_at_odds_are_refused()
    {
        FluentActions.Invoking(() => new RandomForestClassifier { TreeCount = 0 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*TreeCount*at least 1*");
        FluentActions.Invoking(() => new RandomForestClassifier { SampleFraction = 0 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*SampleFraction*");
        FluentActions.Invoking(() => new ExtraTreesRegressor { SampleFraction = 1.1 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*SampleFraction*");
        FluentActions.Invoking(() => new ExtraTreesRegressor { EstimateOutOfBag = true }.Fit(ForestData.Numbers(20)))
            .Should().Throw<ArgumentException>().WithMessage("*EstimateOutOfBag*Bootstrap*");
        FluentActions.Invoking(() => new ExtraTreesRegressor { SplitMethod = SplitMethod.Histogram }.Fit(ForestData.Numbers(20)))
            .Should().Throw<ArgumentException>().WithMessage("*Histogram*");
    }

    private static bool IsBalanced(Tree tree, TreeStatistics statistics, int classes)
    {
        double total = statistics.Cover(0);
        for (int k = 0; k < classes; k++)
        {
            double weight = 0;
            for (int leaf = 0; leaf < tree.LeafCount; leaf++)
            {
                weight += statistics.Cover(tree.InnerCount + leaf) * tree.LeafValue(leaf)[k];
            }

            if (Math.Abs((weight * classes) - total) > 1e-9 * total)
            {
                return false;
            }
        }

        return true;
    }

    private static double Accuracy(ClassificationModel model, ClassificationDataset test) =>
        Ensembles.Metrics.Accuracy.Compute(test.Labels, model.PredictClasses(test.Features));

    private static double Error(RegressionModel model, RegressionDataset test) =>
        Ensembles.Metrics.MeanSquaredError.Compute(test.Targets, model.Predict(test.Features));

    private sealed class Collector(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
