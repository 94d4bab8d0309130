using System.Text.Json.Nodes;
using Ensembles.AdaBoost;
using Ensembles.Datasets;
using Ensembles.Evaluation;
using Ensembles.Metrics;
using Ensembles.Plots;
using Ensembles.Trees;

namespace Ensembles.Tests.Plots;

public class EvaluationChartTests
{
    private static readonly int[] Labels = [0, 0, 1, 1, 0, 1];
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9];

    [Fact]
    public void Roc_has_the_points_of_the_curve_in_their_order_and_its_best_one()
    {
        RocCurve curve = RocCurve.Compute(Labels, Scores);

        JsonObject spec = Specification.Of(Plot.Roc(curve));

        JsonObject[] rows = Specification.Rows(spec);
        Specification.Numbers(rows, "x").Should()
            .Equal(curve.Points.Select(point => point.FalsePositiveRate), (a, b) => Math.Abs(a - b) < 1e-8);
        Specification.Numbers(rows, "y").Should()
            .Equal(curve.Points.Select(point => point.TruePositiveRate), (a, b) => Math.Abs(a - b) < 1e-8);
        ((bool)Specification.Layers(spec, "line")[1]["mark"]!["order"]!).Should().BeFalse("points lie over one another");
        ((double)Specification.Layers(spec, "point")[0]["encoding"]!["y"]!["datum"]!).Should()
            .BeApproximately(curve.Best.TruePositiveRate, 1e-8);
        Plot.Roc(("a", curve), ("a", curve)).ToVegaLite().Should().Contain("a (AUC 0.889)").And.Contain("a (AUC 0.889) (2)");
    }

    [Fact]
    public void Precision_is_drawn_as_steps_over_the_share_of_positives()
    {
        PrecisionRecallCurve curve = PrecisionRecallCurve.Compute(Labels, Scores);

        JsonObject spec = Specification.Of(Plot.PrecisionRecall(curve));

        Specification.Numbers(Specification.Rows(spec), "x").Should().BeInDescendingOrder().And.HaveCount(curve.Points.Count);
        ((string)Specification.Layers(spec, "line")[1]["mark"]!["interpolate"]!).Should().Be("step-after");
        Specification.Numbers(Specification.Rows(Specification.Layers(spec, "line")[0]), "y").Should().Equal(0.5, 0.5);
    }

    [Fact]
    public void Calibration_has_a_histogram_of_the_same_width_below()
    {
        CalibrationCurve curve = CalibrationCurve.Compute(Labels, Scores, bins: 4);

        JsonObject spec = Specification.Of(Plot.Calibration(("a", curve), ("b", curve)) with { Width = 200, Height = 100 });

        JsonArray views = spec["vconcat"]!.AsArray();
        views.Select(view => (int)view!["width"]!).Should().Equal(200, 200);
        views.Select(view => (int)view!["height"]!).Should().Equal(100, 25);
        Specification.Numbers(Specification.Rows(views[1]!), "rows").Sum().Should().Be(2 * Labels.Length);
        Specification.Texts(Specification.Rows(views[0]!), "line").Distinct(StringComparer.Ordinal).Should().Equal("a", "b");
    }

    [Fact]
    public void A_confusion_matrix_has_a_cell_a_pair_and_shares_of_the_actual_class()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Compute([0, 0, 0, 1], [0, 0, 1, 0], 3, classNames: ["a", "b", "b"]);

        JsonObject spec = Specification.Of(Plot.ConfusionMatrix(matrix));

        JsonObject[] rows = Specification.Rows(spec);
        rows.Should().HaveCount(9);
        Specification.Numbers(rows, "rows").Should().Equal(2, 1, 0, 1, 0, 0, 0, 0, 0);
        Specification.Numbers(rows, "share").Should().Equal([2 / 3.0, 1 / 3.0, 0, 1, 0, 0, 0, 0, 0], (a, b) => Math.Abs(a - b) < 1e-8);
        Specification.Texts(rows, "predicted")[..3].Should().Equal("a", "b", "b (2)");
        Specification.Layers(spec, "text").Should().ContainSingle();
    }

    [Fact]
    public void Curves_over_folds_show_means_and_standard_errors()
    {
        JsonObject spec = Specification.Of(Plot.LearningCurve("loss", [10, 20], [[1, 3], [2]], [[2, 4], [3, 3]]));

        JsonObject[] rows = Specification.Rows(spec);
        Specification.Texts(rows, "line").Should().Equal("test", "test", "training", "training");
        Specification.Numbers(rows, "y").Should().Equal(3, 3, 2, 2);
        rows[0]["error"]!.GetValue<double>().Should().BeApproximately(1, 1e-9);
        rows[3]["low"].Should().BeNull("one fold has no standard error");
        Specification.Layers(spec, "area").Should().ContainSingle();
        Action shorter = () => Plot.LearningCurve("loss", [10, 20], training: null, [[1]]);
        shorter.Should().Throw<ArgumentException>().WithMessage("There are 1 of these and 2 of the others.*");
    }

    [Fact]
    public void Curves_of_evaluation_show_their_points()
    {
        var data = SampleData.Iris();
        var tree = new DecisionTreeClassifier();
        LearningCurve<ClassificationMetric> learning = LearningCurve.Run(tree, data, shares: [0.5, 1]);
        JsonObject[] rows = Specification.Rows(Specification.Of(Plot.LearningCurve(learning, metric: 1)));
        Specification.Numbers(rows[..2], "x").Should().Equal(learning.Points.Select(point => point.TrainingRows));
        Specification.Numbers(rows[..2], "y").Should()
            .Equal(learning.Points.Select(point => point.Test[1].Mean), (a, b) => Math.Abs(a - b) < 1e-8);
        ((Action)(() => Plot.LearningCurve(learning, metric: 2))).Should().Throw<ArgumentOutOfRangeException>();

        ValidationCurve<int?, ClassificationMetric> depths = ValidationCurve.Run<DecisionTreeClassifier, int?>(
            tree, [1, null], (recipe, depth) => recipe with { MaxDepth = depth }, data);
        JsonObject[] named = Specification.Rows(Specification.Of(Plot.ValidationCurve(depths, "MaxDepth")));
        Specification.Texts(named[..2], "x").Should().Equal("1", "null");
    }

    [Theory]
    [InlineData(0.01, 1, "log")]
    [InlineData(1, 2, null)]
    [InlineData(0, 100, null)]
    public void A_validation_curve_over_a_wide_span_is_logarithmic(double first, double last, string? scale)
    {
        JsonObject spec = Specification.Of(Plot.ValidationCurve("loss", "Rate", [first, last], training: null, [[1, 2], [2, 3]]));

        ((string?)Specification.Layers(spec, "line")[0]["encoding"]!["x"]!["scale"]!["type"]).Should().Be(scale);
    }

    [Fact]
    public void Clouds_of_points_are_drawn_from_the_seed_and_say_so()
    {
        double[] targets = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        double[] predictions = [.. targets.Select(target => target + 1)];

        Chart chart = Plot.Residuals(targets, predictions, mostPoints: 10);

        chart.Subtitle.Should().EndWith("10 of 100 rows, drawn at random");
        JsonObject[] rows = Specification.Rows(Specification.Of(chart));
        Specification.Numbers(rows, "y").Should().HaveCount(10).And.OnlyContain(residual => residual == -1);
        Plot.Residuals(targets, predictions, mostPoints: 10).Should().Be(chart);
        Plot.Residuals(targets, predictions, mostPoints: 10, seed: 1).Should().NotBe(chart);
        Plot.Predictions(targets, predictions).Subtitle.Should().Be("RMSE 1, R² 0.999");
        ((Action)(() => Plot.Residuals([1.0], [1.0], mostPoints: 0))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Margins_are_a_distribution_that_reaches_one_and_is_negative_where_rows_are_misclassified()
    {
        var data = SampleData.BreastCancer();
        AdaBoostClassificationModel model = new AdaBoostClassifier(new DecisionTreeClassifier { MaxDepth = 1 }) { Rounds = 8 }.Fit(data);

        JsonObject[] rows = Specification.Rows(Specification.Of(Plot.Margins(model, data, 1, 8)));

        foreach (string name in new[] { "1 round", "8 rounds" })
        {
            JsonObject[] line = [.. rows.Where(row => string.Equals((string)row["line"]!, name, StringComparison.Ordinal))];
            Specification.Numbers(line, "y").Should().BeInAscendingOrder().And.EndWith([1.0]);
            Specification.Numbers(line, "x").Should().BeInAscendingOrder();
        }

        // One stump says −1 or 1 to each row: below 0 lie those that it has wrong.
        double wrong = 1 - Accuracy.Compute(data.Labels, model.StagedClasses(data.Features).First());
        double[] first = Specification.Numbers(
            rows.Where(row => string.Equals((string)row["line"]!, "1 round", StringComparison.Ordinal) && (double)row["x"]! < 0), "y");
        first[^1].Should().BeApproximately(wrong, 1e-8);
        ((Action)(() => Plot.Margins(model, data, 9))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The rounds are 1 to 8.*");
    }
}
