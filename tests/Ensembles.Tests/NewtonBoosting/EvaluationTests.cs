using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.NewtonBoosting;

/// <summary>What boosting measures after every round, when it stops, and what it keeps.</summary>
public class EvaluationTests
{
    private static readonly ContractData Data = NewtonFits.Draw(1500);
    private static readonly ContractData Other = NewtonFits.Draw(700, seed: 9);

    [Fact]
    public void Every_metric_is_measured_on_both_sets_after_every_round()
    {
        var recipe = new NewtonBoostingClassifier
        {
            Rounds = 7,
            LearningRate = 0.4,
            Subsample = 0.7,
            EvaluationMetrics = [ClassificationMetric.Accuracy, ClassificationMetric.LogLoss, ClassificationMetric.AreaUnderRoc],
            EvaluateTraining = true,
        };

        NewtonBoostingClassificationModel model = recipe.Fit(Data.Classification, Other.Classification);

        double[][,] staged = [.. model.StagedProbabilities(Other.Table)];
        double[][,] stagedTraining = [.. model.StagedProbabilities(Data.Table)];
        staged.Should().HaveCount(7);
        staged[^1].Cast<double>().Should().Equal(model.PredictProbabilities(Other.Table).Cast<double>());
        foreach (ClassificationMetric metric in recipe.EvaluationMetrics)
        {
            model.History.Validation(metric).Should().Equal(staged.Select(p =>
                metric.Evaluate(Other.Classification.Labels, [.. p.Cast<double>()], 3, Other.Weights)));
            model.History.Training(metric).Should().Equal(stagedTraining.Select(p =>
                metric.Evaluate(Data.Classification.Labels, [.. p.Cast<double>()], 3, Data.Weights)));
        }

        model.History.Metrics.Should().Equal(recipe.EvaluationMetrics);
        ((Action)(() => model.History.Validation(ClassificationMetric.Error))).Should().Throw<ArgumentException>().WithMessage("*'error'*");
    }

    [Fact]
    public void Values_are_staged_as_well()
    {
        NewtonBoostingRegressionModel model = new NewtonBoostingRegressor { Rounds = 5, EvaluateTraining = true }.Fit(Data.Regression);

        double[][] staged = [.. model.StagedPredictions(Data.Table)];

        staged.Should().HaveCount(5);
        staged[4].Should().Equal(model.Predict(Data.Table));
        model.History.HasValidation.Should().BeFalse();
        model.History.BestRound.Should().BeNull();
        model.History.Training().Should().Equal(staged.Select(p => RootMeanSquaredError.Compute(Data.Targets, p, Data.Weights)));
    }

    [Fact]
    public void The_first_metric_decides_also_where_more_is_better()
    {
        var recipe = new NewtonBoostingClassifier
        {
            Rounds = 100,
            LearningRate = 0.5,
            EarlyStoppingRounds = 3,
            EvaluationMetrics = [ClassificationMetric.Accuracy, ClassificationMetric.LogLoss],
        };

        NewtonBoostingClassificationModel model = recipe.Fit(Data.Classification, Other.Classification);

        IReadOnlyList<double> values = model.History.Validation();
        int best = model.History.BestRound!.Value;
        best.Should().Be(values.ToList().IndexOf(values.Max()), "of equals the first is the best");
        values.Should().HaveCount(best + 4);
        model.RoundCount.Should().Be(best + 1);
    }

    [Fact]
    public void Patience_of_one_stops_at_the_first_round_that_is_no_better()
    {
        double[] values = [5, 4, 4, 1];

        NewtonBoostingRegressionModel model = Scripted(values, new NewtonBoostingRegressor { EarlyStoppingRounds = 1 });

        model.RoundCount.Should().Be(2);
        model.History.Validation().Should().Equal(5, 4, 4);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0.9, 2)]
    [InlineData(1, 2)]
    [InlineData(3, 0)]
    public void An_improvement_must_exceed_the_margin(double margin, int best)
    {
        double[] values = [10, 9, 8.05, 8, 8, 8, 8, 8, 8, 8, 8];
        var recipe = new NewtonBoostingRegressor { EarlyStoppingRounds = 5, EarlyStoppingMinDelta = margin };

        Scripted(values, recipe).History.BestRound.Should().Be(best);
        Scripted([10, 9], recipe).History.BestRound.Should().Be(margin < 1 ? 1 : 0, "from 10 to 9 is 1 and no more");
    }

    [Fact]
    public void What_is_no_number_is_never_better()
    {
        double nan = double.NaN;

        NewtonBoostingRegressionModel late = Scripted(
            [nan, nan, 7, nan, 6, nan, nan, 1], new NewtonBoostingRegressor { EarlyStoppingRounds = 3 });
        NewtonBoostingRegressionModel patient = Scripted([nan, nan, 7, nan, nan, nan, 1], new NewtonBoostingRegressor { EarlyStoppingRounds = 3 });
        Action never = () => Scripted([nan, nan, nan, nan, 1], new NewtonBoostingRegressor { EarlyStoppingRounds = 4 });
        NewtonBoostingRegressionModel unstopped = Scripted([nan, nan], new NewtonBoostingRegressor { Rounds = 2 });

        late.History.BestRound.Should().Be(7);
        patient.History.BestRound.Should().Be(2);
        patient.RoundCount.Should().Be(3);
        never.Should().Throw<ArgumentException>().WithMessage("*scripted*NaN*4 rounds*");
        unstopped.History.BestRound.Should().BeNull();
        unstopped.RoundCount.Should().Be(2);
    }

    [Fact]
    public void A_validation_set_is_read_by_names()
    {
        FeatureTable turned = Other.Table.SelectColumns([3, 1, 0, 2]);
        var recipe = new NewtonBoostingRegressor { Rounds = 30, LearningRate = 0.3, EarlyStoppingRounds = 3 };

        NewtonBoostingRegressionModel model = recipe.Fit(Data.Regression, RegressionDataset.Create(turned, Other.Targets, Other.Weights));
        NewtonBoostingRegressionModel straight = recipe.Fit(Data.Regression, Other.Regression);

        model.History.Validation().Should().Equal(straight.History.Validation());
    }

    [Fact]
    public void Ten_classes_are_measured()
    {
        int[] tens = [.. Data.Table.Column(1).Select(x => Math.Min(9, (int)(10 * x)))];
        var names = new ClassLabels(Enumerable.Range(0, 10).Select(k => $"class {(char)('a' + k)}"));
        ClassificationDataset data = ClassificationDataset.FromIndices(Data.Table, names, tens);
        (ClassificationDataset train, ClassificationDataset validation) = data.SplitStratified(0.7, seed: 3);

        NewtonBoostingClassificationModel model = new NewtonBoostingClassifier
        {
            Rounds = 6,
            LearningRate = 0.9,
            EarlyStoppingRounds = 2,
            EvaluationMetrics = [ClassificationMetric.Error, ClassificationMetric.AreaUnderRoc],
        }.Fit(train, validation);

        model.Trees.Should().HaveCount(10 * model.RoundCount);
        double error = 1 - Accuracy.Compute(validation.Labels, model.PredictClasses(validation.Features));
        model.History.BestScore.Should().Be(error);
        error.Should().BeLessThan(0.1);
    }

    [Fact]
    public void Validation_rows_of_weight_zero_are_not_measured()
    {
        int[] kept = [.. Enumerable.Range(0, Other.Weights.Length).Where(r => Other.Weights[r] > 0)];
        kept.Length.Should().BeLessThan(Other.Weights.Length);
        var recipe = new NewtonBoostingRegressor { Rounds = 3 };

        IReadOnlyList<double> all = recipe.Fit(Data.Regression, Other.Regression).History.Validation();
        IReadOnlyList<double> present = recipe.Fit(Data.Regression, Other.SelectRows(kept).Regression).History.Validation();

        all.Should().Equal(present, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Progress_carries_the_latest_scores()
    {
        var seen = new List<FitProgress>();
        var recipe = new NewtonBoostingRegressor
        {
            Rounds = 3,
            EvaluateTraining = true,
            EvaluationMetrics = [RegressionMetric.MeanAbsoluteError, RegressionMetric.RSquared],
        };

        NewtonBoostingRegressionModel model = recipe.Fit(Data.Regression, Other.Regression, new FitOptions { Progress = new Listener(seen) });

        seen.Should().HaveCount(3);
        seen[2].Scores.Should().Equal(
            new EvaluationScore(RegressionMetric.MeanAbsoluteError, EvaluatedRows.Validation, model.History.Validation()[2]),
            new EvaluationScore(RegressionMetric.RSquared, EvaluatedRows.Validation, model.History.Validation(RegressionMetric.RSquared)[2]),
            new EvaluationScore(RegressionMetric.MeanAbsoluteError, EvaluatedRows.Training, model.History.Training()[2]),
            new EvaluationScore(RegressionMetric.RSquared, EvaluatedRows.Training, model.History.Training(RegressionMetric.RSquared)[2]));
    }

    [Fact]
    public void What_cannot_be_measured_is_refused_before_any_work()
    {
        var seen = new List<FitProgress>();
        var options = new FitOptions { Progress = new Listener(seen) };
        RegressionDataset negative = RegressionDataset.Create(Other.Table, Array.ConvertAll(Other.Targets, y => -1 - y));
        var poisson = new NewtonBoostingRegressor { EvaluationMetrics = [RegressionMetric.MeanPoissonDeviance] };
        var precision = new NewtonBoostingClassifier { EvaluationMetrics = [ClassificationMetric.AveragePrecision] };

        ((Action)(() => poisson.Fit(Data.Regression, negative, options)))
            .Should().Throw<ArgumentException>().WithMessage("mean Poisson deviance of the validation set before the first round*");
        ((Action)(() => precision.Fit(Data.Classification, Other.Classification, options)))
            .Should().Throw<ArgumentException>().WithMessage("average precision of the validation set*two classes*");
        ((Action)(() => precision.Fit(Data.Classification, options)))
            .Should().Throw<ArgumentException>().WithMessage("EvaluationMetrics need rows*");
        ((Action)(() => new NewtonBoostingRegressor { EarlyStoppingMinDelta = 1 }.Fit(Data.Regression, Other.Regression, options)))
            .Should().Throw<ArgumentException>().WithMessage("EarlyStoppingMinDelta needs EarlyStoppingRounds.");
        ((Action)(() => _ = new NewtonBoostingRegressor { EvaluationMetrics = null! })).Should().Throw<ArgumentNullException>();
        seen.Should().BeEmpty();
    }

    [Fact]
    public void Recipes_with_metrics_are_compared_by_value()
    {
        NewtonBoostingRegressor With(double quantile) => new() { EvaluationMetrics = [RegressionMetric.PinballLoss(quantile)] };

        With(0.5).Should().Be(With(0.5)).And.NotBe(With(0.6)).And.NotBe(new NewtonBoostingRegressor());
        With(0.5).ToString().Should().Contain("EvaluationMetrics = pinball loss 0.5");
    }

    /// <summary>A fit whose metric has these values, whatever is predicted.</summary>
    private static NewtonBoostingRegressionModel Scripted(double[] values, NewtonBoostingRegressor recipe)
    {
        // The first call is the trial before the first round.
        int calls = -1;
        RegressionMetric metric = RegressionMetric.Of(
            "scripted", (_, _, _) => calls++ < 0 ? 0 : values[calls - 1], higherIsBetter: false);
        return (recipe with { Rounds = Math.Min(recipe.Rounds, values.Length), MaxDepth = 1, EvaluationMetrics = [metric] })
            .Fit(Data.Regression, Other.Regression);
    }

    private sealed class Listener(List<FitProgress> seen) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => seen.Add(value);
    }
}
