using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Evaluation;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.Tests.Evaluation;

public class EvaluationCurveTests
{
    private static readonly DecisionTreeClassifier Tree = new() { MaxDepth = 2 };

    [Fact]
    public void The_last_point_of_a_learning_curve_is_the_cross_validation()
    {
        ClassificationDataset data = SampleData.Iris();
        FoldPlan plan = FoldPlan.Stratified(5, seed: 4);

        LearningCurve<ClassificationMetric> curve = LearningCurve.Run(Tree, data, folds: plan);

        ClassificationCrossValidation all = CrossValidation.Run(Tree, data, plan, options: new() { EvaluateTraining = true });
        curve.Points.Select(point => point.TrainingRows).Should().Equal(12, 39, 66, 93, 120);
        curve.Points[^1].Test[0].Values.ToArray().Should().Equal(all.Scores[0].Values.ToArray());
        curve.Points[^1].Training[1].Values.ToArray().Should().Equal(all.TrainingScores[1].Values.ToArray());
        curve.ToString().Split('\n').Should().HaveCount(7).And.Subject.First()
            .Should().Be("rows  log loss: training     test  std. error  accuracy: training     test  std. error");
    }

    [Fact]
    public void Smaller_parts_lie_in_larger_ones_and_keep_the_classes()
    {
        ClassificationDataset data = SampleData.Iris();
        int[] rows = [.. Enumerable.Range(0, 150).Where(r => r % 5 != 0)];
        int[] order = NestedRows.Order(data, rows, 3);

        order.Order().Should().Equal(rows);
        int[] tenth = NestedRows.Take(order, 0.1);
        tenth.Should().HaveCount(12).And.BeSubsetOf(NestedRows.Take(order, 0.5)).And.BeInAscendingOrder();
        data.SelectRows(tenth).CountByClass().Should().Equal(4, 4, 4);
        NestedRows.Order(data, rows, 4).Should().NotEqual(order);
        NestedRows.Take(order, 1e-9).Should().ContainSingle();
    }

    [Fact]
    public void A_validation_curve_cross_validates_each_value()
    {
        RegressionDataset data = SampleData.Diabetes();
        FoldPlan plan = FoldPlan.KFold(4, seed: 4);

        ValidationCurve<int, RegressionMetric> curve = ValidationCurve.Run(
            new DecisionTreeRegressor(), [1, 3, 12], (recipe, depth) => recipe with { MaxDepth = depth }, data, plan);

        foreach (ValidationCurvePoint<int, RegressionMetric> point in curve.Points)
        {
            RegressionCrossValidation byHand = CrossValidation.Run(
                new DecisionTreeRegressor { MaxDepth = point.Value }, data, plan, options: new() { EvaluateTraining = true });
            point.Test[1].Values.ToArray().Should().Equal(byHand.Scores[1].Values.ToArray());
            point.Training[0].Values.ToArray().Should().Equal(byHand.TrainingScores[0].Values.ToArray());
        }

        curve.Best.Value.Should().Be(3);
        curve.Points.Select(point => point.Training[0].Mean).Should().BeInDescendingOrder();
        curve.ToString().Should().StartWith("value  RMSE: training").And.Contain("\n12 ");
    }

    [Fact]
    public void The_number_of_threads_changes_nothing_and_fits_are_counted()
    {
        ClassificationDataset data = SampleData.Iris();
        var seen = new List<FitProgress>();

        string single = LearningCurve.Run(Tree, data, options: new() { Threads = 1, Progress = new Reports(seen.Add) }).ToString();

        LearningCurve.Run(Tree, data, options: new() { Threads = 5 }).ToString().Should().Be(single);
        seen.Should().Equal(Enumerable.Range(1, 25).Select(unit => new FitProgress(unit, 25)));
    }

    [Fact]
    public void Shares_and_values_are_checked_before_any_work()
    {
        ClassificationDataset data = SampleData.Iris();

        ((Action)(() => LearningCurve.Run(Tree, data, [0.5, 1.1]))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*share*");
        ((Action)(() => ValidationCurve.Run(Tree, Array.Empty<int>(), (r, v) => r, data))).Should().Throw<ArgumentException>();
        ((Action)(() => ValidationCurve.Run(Tree, [3, 0], (r, v) => r with { MaxDepth = v }, data)))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("MaxDepth*");
    }

    [Fact]
    public void An_evaluation_matches_classes_by_name_and_says_all()
    {
        ClassificationDataset data = SampleData.Iris();
        var (train, test) = data.SplitStratified(0.5, seed: 1);
        DecisionTreeClassificationModel model = Tree.Fit(train);
        ClassificationEvaluation evaluation = model.Evaluate(test);

        // The same rows as a file without the first class would give them.
        int[] kept = [.. Enumerable.Range(0, test.RowCount).Where(r => test.Labels[r] != 0)];
        string[] names = [.. kept.Select(r => test.Classes[test.Labels[r]])];
        var other = ClassificationDataset.Create(test.Features.SelectRows(kept), names);
        other.ClassCount.Should().Be(2);
        model.Evaluate(other).Labels.ToArray().Should().Equal(kept.Select(r => test.Labels[r]));
        Action strange = () => model.Evaluate(ClassificationDataset.Create(test.Features.SelectRows([0, 1]), ["setosa", "thistle"]));
        strange.Should().Throw<ArgumentException>().WithMessage("Row *is none of the model's*");

        evaluation.Evaluate(ClassificationMetric.Accuracy).Should().Be(Accuracy.Compute(test.Labels, model.PredictClasses(test.Features)));
        evaluation.ConfusionMatrix().Accuracy.Should().BeApproximately(evaluation.Report().Accuracy, 1e-15);
        evaluation.RocCurve(2).Area.Should().BeGreaterThan(0.9);
        evaluation.PrecisionRecallCurve(2).AveragePrecision.Should().BeGreaterThan(0.8);
        evaluation.CalibrationCurve(1, bins: 3).Bins.Sum(bin => bin.Weight).Should().Be(test.RowCount);
        evaluation.ToString().Should().StartWith("rows  log loss").And.Contain("macro average");
        ((Action)(() => evaluation.RocCurve(3))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void An_evaluation_of_numbers_sums_residuals_up()
    {
        RegressionDataset data = SampleData.Diabetes();
        DecisionTreeRegressionModel model = new DecisionTreeRegressor { MaxDepth = 3 }.Fit(data);

        RegressionEvaluation evaluation = model.Evaluate(data);

        evaluation.Residuals()[5].Should().Be(data.Targets[5] - model.Predict(data.Features.Row(5)));
        evaluation.ResidualSummary().Mean.Should().BeApproximately(0, 1e-10);
        evaluation.ToString().Should().StartWith("442 rows\nresiduals").And.Contain("RMSE");
        evaluation.Evaluate(RegressionMetric.RSquared).Should().Be(evaluation.ResidualSummary().RSquared);
    }

    private sealed class Reports(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
