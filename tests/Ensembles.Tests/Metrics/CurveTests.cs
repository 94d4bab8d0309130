using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Tests.Metrics;

public class CurveTests
{
    private static readonly int[] Labels = [0, 0, 1, 1, 0, 1];
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.9];

    [Fact]
    public void The_roc_of_a_few_rows_is_what_one_counts()
    {
        RocCurve curve = RocCurve.Compute(Labels, Scores);

        curve.Points.Should().Equal(
            new RocPoint(0, 0, double.PositiveInfinity),
            new RocPoint(0, 1 / 3.0, 0.9),
            new RocPoint(0, 2 / 3.0, 0.8),
            new RocPoint(2 / 3.0, 2 / 3.0, 0.4),
            new RocPoint(2 / 3.0, 1, 0.35),
            new RocPoint(1, 1, 0.1));
        curve.Area.Should().Be(AreaUnderRoc.Compute(Labels, Scores));
        curve.Best.Should().Be(new RocPoint(0, 2 / 3.0, 0.8));
    }

    [Fact]
    public void Points_on_a_line_are_left_out_unless_asked_for()
    {
        int[] labels = [0, 0, 0, 1, 1, 1];
        double[] scores = [1, 2, 3, 4, 5, 6];

        RocCurve.Compute(labels, scores).Points.Select(point => point.Threshold).Should().Equal(double.PositiveInfinity, 6, 4, 1);
        RocCurve.Compute(labels, scores, dropIntermediate: false).Points.Should().HaveCount(7);
        PrecisionRecallCurve.Compute(labels, scores).Points.Should().HaveCount(7);
        PrecisionRecallCurve.Compute(labels, scores, dropIntermediate: true).Points.Select(point => point.Threshold)
            .Should().Equal(1, 4, 5, 6, double.PositiveInfinity);
    }

    [Fact]
    public void The_trapezes_under_the_points_make_the_area()
    {
        var random = new RandomStream(3);
        int[] labels = [.. Enumerable.Range(0, 500).Select(_ => random.NextInt(2))];
        double[] scores = [.. labels.Select(label => random.NextInt(30) + (5.0 * label))];
        double[] weights = [.. labels.Select(_ => (double)random.NextInt(4))];

        RocCurve curve = RocCurve.Compute(labels, scores, weights);

        double area = curve.Points.Zip(curve.Points.Skip(1), (a, b) =>
            (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
        area.Should().BeApproximately(curve.Area, 1e-12);
        PrecisionRecallCurve recall = PrecisionRecallCurve.Compute(labels, scores, weights);
        recall.Points.Zip(recall.Points.Skip(1), (a, b) => (a.Recall - b.Recall) * a.Precision).Sum()
            .Should().BeApproximately(recall.AveragePrecision, 1e-12);
    }

    [Fact]
    public void Precision_and_recall_of_a_few_rows_are_what_one_counts()
    {
        PrecisionRecallCurve curve = PrecisionRecallCurve.Compute(Labels, Scores);

        curve.Points.Should().Equal(
            new PrecisionRecallPoint(0.5, 1, 0.1),
            new PrecisionRecallPoint(0.6, 1, 0.35),
            new PrecisionRecallPoint(0.5, 2 / 3.0, 0.4),
            new PrecisionRecallPoint(1, 2 / 3.0, 0.8),
            new PrecisionRecallPoint(1, 1 / 3.0, 0.9),
            new PrecisionRecallPoint(1, 0, double.PositiveInfinity));
        curve.PositiveShare.Should().Be(0.5);
        curve.Best().Threshold.Should().Be(0.8);
        curve.Best(beta: 3).Threshold.Should().Be(0.35);
        curve.Points[3].F1.Should().BeApproximately(0.8, 1e-15);
    }

    [Fact]
    public void Rows_of_weight_zero_are_absent_from_curves()
    {
        double[] weights = [1, 1, 0, 1, 1, 1];
        int[] kept = [0, 1, 3, 4, 5];
        int[] labels = Array.ConvertAll(kept, r => Labels[r]);
        double[] scores = Array.ConvertAll(kept, r => Scores[r]);

        RocCurve.Compute(Labels, Scores, weights).Points.Should().Equal(RocCurve.Compute(labels, scores).Points);
        PrecisionRecallCurve.Compute(Labels, Scores, weights).Points.Should().Equal(PrecisionRecallCurve.Compute(labels, scores).Points);
        CalibrationCurve.Compute(Labels, Scores, 3, CalibrationBins.Quantile, weights).Bins
            .Should().Equal(CalibrationCurve.Compute(labels, scores, 3, CalibrationBins.Quantile, [1, 1, 1, 1, 1]).Bins);
    }

    [Fact]
    public void Calibration_compares_by_bins()
    {
        CalibrationCurve curve = CalibrationCurve.Compute([0, 1, 0, 1, 1], [0.0, 0.5, 0.1, 0.6, 1.0], bins: 2);

        curve.Bins.Should().HaveCount(2);
        curve.Bins[0].Should().Be(new CalibrationBin(0, 0.5, 0.6 / 3, 1 / 3.0, 3));
        curve.Bins[1].Should().Be(new CalibrationBin(0.5, 1, 0.8, 1, 2));
        curve.MaximumError.Should().BeApproximately(0.2, 1e-15);
        curve.ExpectedError.Should().BeApproximately(((3 * ((1 / 3.0) - 0.2)) + (2 * 0.2)) / 5, 1e-15);
        curve.ToString().Should().Be(
            """
            probability       mean  observed  rows
            0.000 to 0.500  0.2000    0.3333     3
            0.500 to 1.000  0.8000    1.0000     2
            expected calibration error 0.1600, maximum 0.2000

            """);
    }

    [Fact]
    public void Quantile_bins_have_as_many_rows()
    {
        double[] probabilities = [.. Enumerable.Range(0, 100).Select(r => r * r / 1e4)];
        int[] labels = [.. Enumerable.Range(0, 100).Select(r => r % 2)];

        CalibrationCurve.Compute(labels, probabilities, 5, CalibrationBins.Quantile).Bins.Should().OnlyContain(bin => bin.Weight == 20);

        // Weight 3 on the lower half: three quarters of the weight lie there.
        double[] weights = [.. Enumerable.Range(0, 100).Select(r => r < 50 ? 3.0 : 1)];
        CalibrationCurve.Compute(labels, probabilities, 4, CalibrationBins.Quantile, weights).Bins
            .Should().OnlyContain(bin => Math.Abs(bin.Weight - 50) <= 3);
    }

    [Fact]
    public void The_error_of_the_most_probable_class_compares_confidence_and_accuracy()
    {
        // Confidences 0.7 and 0.6; the first is right, the second wrong.
        ExpectedCalibrationError.OfMostProbable([0, 2], [0.7, 0.2, 0.1, 0.3, 0.6, 0.1], 3).Should().BeApproximately((0.3 + 0.6) / 2, 1e-15);
        ExpectedCalibrationError.Compute([1, 0], [0.75, 0.25]).Should().Be(0.25);
        ClassificationMetric.ExpectedCalibrationError.Evaluate([1, 0], [0.25, 0.75, 0.75, 0.25], 2).Should().Be(0.25);
    }

    [Fact]
    public void Curves_need_both_classes_and_probabilities()
    {
        ((Action)(() => RocCurve.Compute([1, 1], [0.1, 0.2]))).Should().Throw<ArgumentException>().WithMessage("*class 0*");
        ((Action)(() => PrecisionRecallCurve.Compute([0, 0], [0.1, 0.2]))).Should().Throw<ArgumentException>().WithMessage("*class 1*");
        ((Action)(() => CalibrationCurve.Compute([0, 1], [0.1, 1.2]))).Should().Throw<ArgumentException>().WithMessage("Row 1*");
        ((Action)(() => CalibrationCurve.Compute([0, 1], [0.1, 0.2], 0))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => PrecisionRecallCurve.Compute([0, 1], [0.1, 0.2]).Best(0))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_report_has_a_line_a_class_and_the_averages()
    {
        ClassificationReport report = ClassificationReport.Compute([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 1], 3, classNames: ["a", "b", "c"]);

        report.Classes[1].Should().Be(new ClassScores("b", 0.5, 1, 2 / 3.0, 2));
        report.MacroAverage.Recall.Should().BeApproximately(5 / 9.0, 1e-15);
        report.WeightedAverage.Recall.Should().BeApproximately(4 / 6.0, 1e-15);
        report.ToString().Should().Be(
            """
                              precision  recall      F1  support
            a                    1.0000  0.6667  0.8000        3
            b                    0.5000  1.0000  0.6667        2
            c                    0.0000  0.0000  0.0000        1
            accuracy                             0.6667        6
            macro average        0.5000  0.5556  0.4889        6
            weighted average     0.6667  0.6667  0.6222        6

            """);
    }

    [Fact]
    public void Residuals_are_summed_up()
    {
        ResidualSummary summary = ResidualSummary.Compute([1, 2, 3, 4, 15], [1, 1, 1, 1, 5]);

        new[] { summary.Minimum, summary.LowerQuartile, summary.Median, summary.UpperQuartile, summary.Maximum, summary.Mean }
            .Should().Equal(0, 1, 2, 3, 10, 3.2);
        summary.LargestRow.Should().Be(4);
        summary.StandardDeviation.Should().BeApproximately(Math.Sqrt(((3.2 * 3.2) + (2.2 * 2.2) + (1.2 * 1.2) + 0.04 + (6.8 * 6.8)) / 5), 1e-12);

        // A row of weight 0 counts nowhere, also where its residual is the largest; the rest is as without weights.
        ResidualSummary without = ResidualSummary.Compute([1, 2, 3, 4, 15], [1, 1, 1, 1, 5], [2, 2, 2, 2, 0]);
        new[] { without.Minimum, without.LowerQuartile, without.Median, without.Maximum, without.Mean }.Should().Equal(0, 0.75, 1.5, 3, 1.5);
        without.LargestRow.Should().Be(3);
    }
}
