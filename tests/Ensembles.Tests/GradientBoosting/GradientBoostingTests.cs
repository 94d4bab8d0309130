using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.Tests.GradientBoosting;

public class GradientBoostingTests
{
    private static readonly RegressionDataset Numbers = Friedman(600, 1);

    private static readonly ClassificationDataset Classes = ThreeClasses(500, 2);

    public static TheoryData<SplitMethod> Methods => [SplitMethod.Exact, SplitMethod.Histogram];

    public static TheoryData<RegressionLoss> Losses => [.. Enum.GetValues<RegressionLoss>()];

    /// <summary>Ages by what people spend and whether they ask questions: the textbook example of two trees of one split each.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Two_stumps_tell_four_ages(SplitMethod method)
    {
        double[] ages = [14, 16, 24, 26];
        FeatureTable features = FeatureTable.FromColumns([[0, 0, 1, 1], [1, 0, 1, 0]], ["spending", "asks questions"]);
        RegressionDataset data = RegressionDataset.Create(features, ages);

        GradientBoostingRegressionModel model = new GradientBoostingRegressor
        {
            Rounds = 2,
            MaxDepth = 1,
            LearningRate = 1,
            SplitMethod = method,
        }.Fit(data);

        model.BaseScore.Should().Be(20);
        double[][] stages = [.. model.StagedPredictions(features)];
        stages[0].Should().Equal(15, 15, 25, 25);
        ages.Zip(stages[0], (age, stage) => age - stage).Should().Equal(-1, 1, -1, 1);
        stages[1].Should().Equal(ages);
        model.Predict(features).Should().Equal(ages);
        model.TrainingLosses.Should().Equal(1, 0);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_training_loss_falls(RegressionLoss loss)
    {
        GradientBoostingRegressionModel model = new GradientBoostingRegressor { Loss = loss, Rounds = 40 }.Fit(Numbers);

        model.TrainingLosses.Should().HaveCount(40);
        model.TrainingLosses[^1].Should().BeLessThan(0.6 * model.TrainingLosses[0]);
        if (loss != RegressionLoss.Huber)
        {
            // Huber's loss changes with δ from round to round.
            model.TrainingLosses.Should().BeInDescendingOrder();
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void A_quantile_lies_above_its_share_of_the_targets(double alpha)
    {
        GradientBoostingRegressionModel model = new GradientBoostingRegressor
        {
            Loss = RegressionLoss.Quantile,
            Alpha = alpha,
            Rounds = 100,
            MinSamplesLeaf = 20,
        }.Fit(Numbers);

        double[] predictions = model.Predict(Numbers.Features);
        double below = Numbers.Targets.ToArray().Zip(predictions, (target, prediction) => target <= prediction ? 1.0 : 0).Average();
        below.Should().BeApproximately(alpha, 0.05);
    }

    [Fact]
    public void Losses_that_do_not_square_pass_over_outliers()
    {
        double[] targets = Numbers.Targets.ToArray();
        for (int row = 0; row < targets.Length; row += 25)
        {
            targets[row] += 1000;
        }

        RegressionDataset spoilt = RegressionDataset.Create(Numbers.Features, targets);
        RegressionDataset test = Friedman(1000, 9);
        double ErrorOf(RegressionLoss loss) => MeanAbsoluteError.Compute(
            test.Targets, new GradientBoostingRegressor { Loss = loss, Rounds = 100 }.Fit(spoilt).Predict(test.Features));

        double squared = ErrorOf(RegressionLoss.SquaredError);
        ErrorOf(RegressionLoss.AbsoluteError).Should().BeLessThan(squared / 5);
        ErrorOf(RegressionLoss.Huber).Should().BeLessThan(squared / 5);
    }

    /// <summary>
    /// With at most 255 distinct values, residuals of equal precision and trees of clear splits, the two find the same trees.
    /// </summary>
    [Fact]
    public void Histograms_grow_the_trees_of_exact_splits_where_bins_suffice()
    {
        RegressionDataset few = Numbers.SelectRows([.. Enumerable.Range(0, 200)]);
        var recipe = new GradientBoostingRegressor
        {
            Rounds = 20,
            MinSamplesLeaf = 10,
            MaxFeatures = FeatureCount.Exactly(3),
            ColumnSampleByTree = 0.6,
        };

        GradientBoostingRegressionModel exact = (recipe with { SplitMethod = SplitMethod.Exact }).Fit(few);
        GradientBoostingRegressionModel histogram = (recipe with { SplitMethod = SplitMethod.Histogram }).Fit(few);

        histogram.Predict(few.Features).Should().Equal(exact.Predict(few.Features), (a, b) => Math.Abs(a - b) < 1e-6);
        histogram.FeatureImportances().Should().Equal(exact.FeatureImportances(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Limits_are_kept(SplitMethod method)
    {
        GradientBoostingRegressionModel model = new GradientBoostingRegressor
        {
            Rounds = 10,
            MaxDepth = 6,
            MaxLeaves = 9,
            MinSamplesLeaf = 12,
            MinSamplesSplit = 60,
            MinWeightFractionLeaf = 0.03,
            SplitMethod = method,
        }.Fit(Numbers);

        for (int t = 0; t < model.Trees.Count; t++)
        {
            Tree tree = model.Trees[t];
            TreeStatistics statistics = model.Statistics[t];
            tree.LeafCount.Should().BeInRange(2, 9);
            tree.Depth.Should().BeLessThanOrEqualTo(6);
            Enumerable.Range(0, tree.InnerCount).Should().OnlyContain(node => statistics.RowCount(node) >= 60);
            Enumerable.Range(tree.InnerCount, tree.LeafCount).Should().OnlyContain(
                leaf => statistics.RowCount(leaf) >= 12 && statistics.Cover(leaf) >= 0.03 * Numbers.RowCount);
        }
    }

    [Fact]
    public void The_exponential_loss_starts_at_half_the_log_odds()
    {
        ClassificationDataset two = TwoClasses(300, 3);
        var recipe = new GradientBoostingClassifier { Rounds = 5 };
        double share = two.Labels.ToArray().Average();

        GradientBoostingClassificationModel deviance = recipe.Fit(two);
        GradientBoostingClassificationModel exponential = (recipe with { Loss = ClassificationLoss.Exponential }).Fit(two);

        deviance.BaseScores.Should().ContainSingle().Which.Should().BeApproximately(Math.Log(share / (1 - share)), 1e-12);
        exponential.BaseScores[0].Should().BeApproximately(deviance.BaseScores[0] / 2, 1e-12);
        exponential.PredictProbabilities(two.Features)[0, 1].Should().BeApproximately(
            1 / (1 + Math.Exp(-2 * exponential.DecisionFunction(two.Features)[0, 0])), 1e-12);
    }

    [Fact]
    public void The_exponential_loss_is_for_two_classes()
    {
        Action fit = () => new GradientBoostingClassifier { Loss = ClassificationLoss.Exponential }.Fit(Classes);
        fit.Should().Throw<ArgumentException>().WithMessage("*two classes; there are 3*");
    }

    [Fact]
    public void Stages_lead_to_the_model()
    {
        GradientBoostingClassificationModel model = new GradientBoostingClassifier { Rounds = 12 }.Fit(Classes);

        model.Trees.Should().HaveCount(36);
        model.StagedProbabilities(Classes.Features).Should().HaveCount(12);
        model.StagedProbabilities(Classes.Features).Last().Should().BeEquivalentTo(model.PredictProbabilities(Classes.Features));
        GradientBoostingClassificationModel shorter = new GradientBoostingClassifier { Rounds = 7 }.Fit(Classes);
        model.StagedProbabilities(Classes.Features).ElementAt(6).Should().BeEquivalentTo(shorter.PredictProbabilities(Classes.Features));
        model.StagedClasses(Classes.Features).Last().Should().Equal(model.PredictClasses(Classes.Features));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_rows_that_a_round_leaves_out_measure_it(SplitMethod method)
    {
        var recipe = new GradientBoostingRegressor { Rounds = 30, Subsample = 0.5, SplitMethod = method };

        GradientBoostingRegressionModel model = recipe.Fit(Numbers);

        model.OutOfBagImprovements.Should().HaveCount(30);
        model.OutOfBagImprovements[0].Should().BePositive();
        model.OutOfBagImprovements.Sum().Should().BeLessThan(model.TrainingLosses[0]);
        Enumerable.Range(0, 30).Should().OnlyContain(round => model.Statistics[round].RowCount(0) == 300);
        (recipe with { Subsample = 1 }).Fit(Numbers).OutOfBagImprovements.Should().BeEmpty();
        (recipe with { Seed = 1 }).Fit(Numbers).TrainingLosses[0].Should().NotBe(model.TrainingLosses[0]);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_round()
    {
        RegressionDataset validation = Friedman(200, 5);
        var recipe = new GradientBoostingRegressor { Rounds = 500, LearningRate = 0.5, EarlyStoppingRounds = 10 };

        GradientBoostingRegressionModel model = recipe.Fit(Numbers, validation);

        int best = model.History.BestRound!.Value;
        model.RoundCount.Should().Be(best + 1);
        model.History.RoundCount.Should().Be(best + 11);
        model.History.Validation()[best].Should().Be(model.History.Validation().Min());
        RootMeanSquaredError.Compute(validation.Targets, model.Predict(validation.Features))
            .Should().BeApproximately(model.History.BestScore!.Value, 1e-12);
        model.TrainingLosses.Should().HaveCount(best + 1);
    }

    [Fact]
    public void What_needs_a_validation_set_says_so()
    {
        Action stop = () => new GradientBoostingRegressor { EarlyStoppingRounds = 5 }.Fit(Numbers);
        Action measure = () => new GradientBoostingRegressor { EvaluationMetrics = [RegressionMetric.RSquared] }.Fit(Numbers);

        stop.Should().Throw<ArgumentException>().WithMessage("*EarlyStoppingRounds*validation*");
        measure.Should().Throw<ArgumentException>().WithMessage("*EvaluationMetrics*");
    }

    [Fact]
    public void The_training_set_is_measured_where_asked_for()
    {
        GradientBoostingRegressionModel model = new GradientBoostingRegressor
        {
            Rounds = 5,
            EvaluateTraining = true,
            EvaluationMetrics = [RegressionMetric.MeanSquaredError],
        }.Fit(Numbers);

        model.History.Training().Should().Equal(model.TrainingLosses, (a, b) => Math.Abs(a - b) < 1e-12 * b);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Threads_change_no_bit(SplitMethod method)
    {
        var recipe = new GradientBoostingClassifier { Rounds = 5, Subsample = 0.7, MaxFeatures = FeatureCount.Sqrt, SplitMethod = method };

        double[] one = [.. recipe.Fit(Classes, new FitOptions { Threads = 1 }).PredictProbabilities(Classes.Features).Cast<double>()];
        double[] three = [.. recipe.Fit(Classes, new FitOptions { Threads = 3 }).PredictProbabilities(Classes.Features).Cast<double>()];

        three.Should().Equal(one);
    }

    private static RegressionDataset Friedman(int rows, ulong seed) => SyntheticData.Friedman1(rows, seed, noise: 1);

    private static ClassificationDataset ThreeClasses(int rows, ulong seed) => Cut(Friedman(rows, seed), 12, 17);

    private static ClassificationDataset TwoClasses(int rows, ulong seed) => Cut(Friedman(rows, seed), 15);

    private static ClassificationDataset Cut(RegressionDataset data, params double[] borders) => ClassificationDataset.Create(
        data.Features, [.. data.Targets.ToArray().Select(y => borders.Count(border => y > border))]);
}
