using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Evaluation;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Evaluation;

public class CrossValidationTests
{
    private static readonly DecisionTreeClassifier Tree = new() { MaxDepth = 3 };

    [Fact]
    public void Scores_are_those_of_models_trained_by_hand()
    {
        ClassificationDataset data = SampleData.Iris();
        FoldPlan plan = FoldPlan.Stratified(4, seed: 2);

        ClassificationCrossValidation result = CrossValidation.Run(Tree, data, plan, [ClassificationMetric.Accuracy, ClassificationMetric.LogLoss]);

        double[] byHand = [.. plan.Split(data).Select(fold =>
        {
            var (train, test) = fold.Of(data);
            return Accuracy.Compute(test.Labels, Tree.Fit(train).PredictClasses(test.Features));
        })];
        MetricScores<ClassificationMetric> scores = result[ClassificationMetric.Accuracy];
        scores.Values.ToArray().Should().Equal(byHand);
        scores.Mean.Should().BeApproximately(byHand.Average(), 1e-15);
        double deviation = Math.Sqrt(byHand.Sum(v => (v - byHand.Average()) * (v - byHand.Average())) / 3);
        scores.StandardDeviation.Should().BeApproximately(deviation, 1e-15);
        scores.StandardError.Should().BeApproximately(deviation / 2, 1e-15);

        // Four folds: a third as many rows to test on as to learn from (nearly, as 150 is no multiple of 4).
        scores.CorrectedStandardError.Should().BeApproximately(deviation * Math.Sqrt(0.25 + (1 / 3.0)), 1e-4);
    }

    [Fact]
    public void Rows_are_predicted_by_the_model_that_did_not_see_them()
    {
        RegressionDataset data = SampleData.Diabetes();
        var learner = new RandomForestRegressor { TreeCount = 5 };

        RegressionCrossValidation result = CrossValidation.Run(learner, data, FoldPlan.KFold(3, 1), options: new() { KeepModels = true });

        result.OutOfFold.RowCount.Should().Be(data.RowCount);
        result.Models.Should().HaveCount(3);
        for (int k = 0; k < 3; k++)
        {
            foreach (int row in result.Folds[k].Test)
            {
                result.OutOfFold.Predictions[row].Should().Be(result.Models[k].Predict(data.Features.Row(row)));
            }
        }
    }

    [Fact]
    public void Repeated_folds_give_the_mean_of_probabilities()
    {
        ClassificationDataset data = SampleData.Iris();

        ClassificationCrossValidation result = CrossValidation.Run(
            Tree, data, FoldPlan.Stratified(3, 1).Repeat(2), options: new() { KeepModels = true });

        result.Scores.Should().OnlyContain(scores => scores.Count == 6);
        var sum = new double[3];
        for (int k = 0; k < 6; k++)
        {
            if (result.Folds[k].Test.Contains(77))
            {
                var probabilities = new double[3];
                result.Models[k].PredictProbabilities(data.Features.Row(77), probabilities);
                sum = [.. sum.Zip(probabilities, (a, b) => a + b)];
            }
        }

        result.OutOfFold.Probabilities.Slice(77 * 3, 3).ToArray().Should().Equal(Array.ConvertAll(sum, s => s / 2));
    }

    [Fact]
    public void Rows_that_no_fold_tests_are_left_out()
    {
        RegressionDataset data = SampleData.Diabetes();

        RegressionEvaluation outOfFold = CrossValidation.Run(
            new DecisionTreeRegressor { MaxDepth = 2 }, data, FoldPlan.TimeSeries(3, testRows: 100)).OutOfFold;

        outOfFold.Rows.ToArray().Should().Equal(Enumerable.Range(data.RowCount - 300, 300));
        outOfFold.Targets.ToArray().Should().Equal(data.Targets[^300..].ToArray());
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        ContractData data = ContractData.Mixed(200);
        var learner = new RandomForestClassifier { TreeCount = 7 };
        ClassificationCrossValidation Run(int threads) => CrossValidation.Run(
            learner, data.Classification, FoldPlan.Stratified(5, 3).Repeat(2), options: new() { Threads = threads, EvaluateTraining = true });

        ClassificationCrossValidation single = Run(1);
        foreach (int threads in new[] { 2, 3, 16 })
        {
            ClassificationCrossValidation other = Run(threads);

            other.ToString().Should().Be(single.ToString());
            other.OutOfFold.Probabilities.ToArray().Should().Equal(single.OutOfFold.Probabilities.ToArray());
            other.TrainingScores[0].Values.ToArray().Should().Equal(single.TrainingScores[0].Values.ToArray());
        }
    }

    [Fact]
    public void Weights_count_in_training_and_in_testing()
    {
        ContractData mixed = ContractData.Mixed();
        double[] weights = [.. Enumerable.Range(0, mixed.Table.RowCount).Select(r => r % 4 == 1 ? 0.0 : 1 + (r % 3))];
        ClassificationDataset data = (mixed with { Weights = weights }).Classification;

        ClassificationCrossValidation result = CrossValidation.Run(Tree, data, FoldPlan.Blocks(3));

        double[] byHand = [.. result.Folds.Select(fold =>
        {
            var (train, test) = fold.Of(data);
            return Accuracy.Compute(test.Labels, Tree.Fit(train).PredictClasses(test.Features), test.Weights);
        })];
        result[ClassificationMetric.Accuracy].Values.ToArray().Should().Equal(byHand);
        result.OutOfFold.Weights.ToArray().Should().Equal(weights);
    }

    [Fact]
    public void Training_rows_are_scored_where_this_is_asked_for()
    {
        ClassificationDataset data = SampleData.Iris();

        CrossValidation.Run(Tree, data).TrainingScores.Should().BeEmpty();
        CrossValidation.Run(new DecisionTreeClassifier(), data, options: new() { EvaluateTraining = true })
            .TrainingScores[1].Values.ToArray().Should().AllBeEquivalentTo(1.0);
    }

    [Fact]
    public void A_function_can_train_the_models()
    {
        ClassificationDataset data = SampleData.BreastCancer();
        var learner = new NewtonBoostingClassifier { Rounds = 200, EarlyStoppingRounds = 3 };

        ClassificationCrossValidation result = CrossValidation.Run(
            (train, options, token) =>
            {
                var (fit, valid) = train.SplitStratified(0.8);
                return learner.Fit(fit, valid, options, token);
            },
            data,
            options: new() { KeepModels = true });

        result.Models.Cast<NewtonBoostingClassificationModel>().Should().OnlyContain(model => model.RoundCount < 200);
        ((Action)(() => CrossValidation.Run(learner, data))).Should().Throw<ArgumentException>().WithMessage("*validation set*");
    }

    [Fact]
    public void A_metric_that_a_fold_does_not_allow_is_named_with_the_fold()
    {
        ClassificationDataset data = SampleData.Iris();

        Action run = () => CrossValidation.Run(Tree, data, FoldPlan.Blocks(3), [ClassificationMetric.AreaUnderRoc]);

        run.Should().Throw<ArgumentException>().WithMessage("ROC AUC of the test set of fold 0: *no row*");
    }

    [Fact]
    public void A_metric_that_was_not_measured_is_refused() =>
        ((Action)(() => _ = CrossValidation.Run(Tree, SampleData.Iris())[ClassificationMetric.BrierScore]))
            .Should().Throw<ArgumentException>().WithMessage("'Brier score' was not measured; these were: log loss, accuracy.*");

    [Fact]
    public void Progress_counts_fits_and_a_cancelled_run_ends()
    {
        var seen = new List<FitProgress>();
        CrossValidation.Run(Tree, SampleData.Iris(), FoldPlan.KFold(6), options: new() { Progress = new Reports(seen.Add) });
        seen.Should().Equal(Enumerable.Range(1, 6).Select(k => new FitProgress(k, 6)));

        using var source = new CancellationTokenSource();
        seen.Clear();
        var stopping = new Reports(progress =>
        {
            seen.Add(progress);
            source.Cancel();
        });
        Action run = () => CrossValidation.Run(
            Tree, SampleData.Iris(), FoldPlan.KFold(6), options: new() { Progress = stopping, Threads = 1 }, cancellationToken: source.Token);
        run.Should().Throw<OperationCanceledException>();
        seen.Should().ContainSingle();
    }

    [Fact]
    public void It_prints_as_a_table() =>
        CrossValidation.Run(Tree, SampleData.Iris(), FoldPlan.Stratified(3, 1), [ClassificationMetric.Accuracy], new() { EvaluateTraining = true })
            .ToString().Should().Be(
                """
                3 folds
                metric    mean  std. error  std. dev.  least  greatest  training
                accuracy  0.94        0.02      0.035   0.92      0.98   0.97667

                """);

    private sealed class Reports(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
