using Ensembles.Metrics;

namespace Ensembles.Tests.Metrics;

/// <summary>Metrics as objects give the figures of the static classes.</summary>
public class MetricObjectTests
{
    private static readonly int[] Two = [0, 1, 1, 0, 1];
    private static readonly double[] OfTwo = [0.7, 0.3, 0.4, 0.6, 0.5, 0.5, 0.2, 0.8, 0.1, 0.9];
    private static readonly double[] Second = [0.3, 0.6, 0.5, 0.8, 0.9];
    private static readonly int[] Three = [0, 1, 2, 2];
    private static readonly double[] OfThree = [0.5, 0.3, 0.2, 0.2, 0.5, 0.3, 0.4, 0.4, 0.2, 0.1, 0.2, 0.7];
    private static readonly double[] Weights = [1, 2, 0.5, 1, 3];
    private static readonly double[] Targets = [1, 2, 4, 0, 3];
    private static readonly double[] Predictions = [1.5, 2, 3, 0.5, 5];

    [Fact]
    public void Classification()
    {
        int[] classes = [0, 1, 0, 1, 1];
        Dictionary<ClassificationMetric, double> expected = new()
        {
            [ClassificationMetric.LogLoss] = LogLoss.Compute(Two, Second, Weights),
            [ClassificationMetric.Accuracy] = Accuracy.Compute(Two, classes, Weights),
            [ClassificationMetric.Error] = 1 - Accuracy.Compute(Two, classes, Weights),
            [ClassificationMetric.BalancedAccuracy] = BalancedAccuracy.Compute(Two, classes, Weights),
            [ClassificationMetric.AreaUnderRoc] = AreaUnderRoc.Compute(Two, Second, Weights),
            [ClassificationMetric.AreaUnderRocOneVsOne] = AreaUnderRoc.Compute(Two, Second, Weights),
            [ClassificationMetric.AveragePrecision] = AveragePrecision.Compute(Two, Second, Weights),
            [ClassificationMetric.BrierScore] = BrierScore.Compute(Two, Second, Weights),
            [ClassificationMetric.MatthewsCorrelation] = MatthewsCorrelation.Compute(Two, classes, Weights),
        };
        foreach ((ClassificationMetric metric, double value) in expected)
        {
            metric.Evaluate(Two, OfTwo, 2, Weights).Should().BeApproximately(value, 1e-15, metric.Name);
        }

        ClassificationMetric.AreaUnderRoc.Evaluate(Three, OfThree, 3).Should().Be(AreaUnderRoc.OneVsRest(Three, OfThree, 3));
        ClassificationMetric.AreaUnderRocOneVsOne.Evaluate(Three, OfThree, 3).Should().Be(AreaUnderRoc.OneVsOne(Three, OfThree, 3));
        ClassificationMetric.BrierScore.Evaluate(Three, OfThree, 3).Should().Be(BrierScore.Compute(Three, OfThree, 3));
        ClassificationMetric.Accuracy.Evaluate(Three, OfThree, 3).Should().Be(0.75, "of equal probabilities the first class is taken");
        ((Action)(() => ClassificationMetric.AveragePrecision.Evaluate(Three, OfThree, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*two classes; there are 3*");
        ((Action)(() => ClassificationMetric.LogLoss.Evaluate(Three, OfTwo, 3)))
            .Should().Throw<ArgumentException>().WithMessage("4 rows of 3 classes have 12 probabilities, not 10.*");
    }

    [Fact]
    public void Regression()
    {
        Dictionary<RegressionMetric, double> expected = new()
        {
            [RegressionMetric.RootMeanSquaredError] = RootMeanSquaredError.Compute(Targets, Predictions, Weights),
            [RegressionMetric.MeanSquaredError] = MeanSquaredError.Compute(Targets, Predictions, Weights),
            [RegressionMetric.MeanAbsoluteError] = MeanAbsoluteError.Compute(Targets, Predictions, Weights),
            [RegressionMetric.MedianAbsoluteError] = MedianAbsoluteError.Compute(Targets, Predictions, Weights),
            [RegressionMetric.MeanPoissonDeviance] = MeanPoissonDeviance.Compute(Targets, Predictions, Weights),
            [RegressionMetric.RSquared] = RSquared.Compute(Targets, Predictions, Weights),
            [RegressionMetric.PinballLoss(0.9)] = PinballLoss.Compute(Targets, Predictions, 0.9, Weights),
        };
        foreach ((RegressionMetric metric, double value) in expected)
        {
            metric.Evaluate(Targets, Predictions, Weights).Should().Be(value, metric.Name);
        }

        ((Action)(() => RegressionMetric.PinballLoss(1.1))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Which_direction_is_better()
    {
        ClassificationMetric.AreaUnderRoc.IsBetter(0.8, 0.7).Should().BeTrue();
        ClassificationMetric.AreaUnderRoc.IsBetter(0.8, 0.7, margin: 0.2).Should().BeFalse();
        ClassificationMetric.LogLoss.IsBetter(0.8, 0.7).Should().BeFalse();
        ClassificationMetric.LogLoss.IsBetter(0.7, 0.7).Should().BeFalse();
        ClassificationMetric.LogLoss.IsBetter(0.6, 0.7, margin: 0.05).Should().BeTrue();
        ClassificationMetric.LogLoss.IsBetter(double.NaN, 0.7).Should().BeFalse();
        ClassificationMetric.LogLoss.IsBetter(0.7, double.NaN).Should().BeTrue();
        ClassificationMetric.LogLoss.IsBetter(double.NaN, double.NaN).Should().BeFalse();
    }

    [Fact]
    public void A_metric_of_ones_own_and_lists()
    {
        RegressionMetric largest = RegressionMetric.Of(
            "largest error",
            (targets, predictions, _) => targets.ToArray().Zip(predictions.ToArray(), (y, p) => Math.Abs(y - p)).Max(),
            higherIsBetter: false);
        MetricList<RegressionMetric> list = [largest, RegressionMetric.RSquared];

        largest.Evaluate(Targets, Predictions).Should().Be(2);
        list.ToString().Should().Be("largest error, R²");
        list.Should().Equal(largest, RegressionMetric.RSquared);
        list.Equals([largest, RegressionMetric.RSquared]).Should().BeTrue();
        list.Equals([RegressionMetric.RSquared, largest]).Should().BeFalse();
        ((Action)(() => _ = (MetricList<RegressionMetric>)[largest, largest])).Should().Throw<ArgumentException>().WithMessage("*'largest error'*");
        ((Action)(() => _ = (MetricList<RegressionMetric>)[largest, null!])).Should().Throw<ArgumentException>().WithMessage("*1 is null*");
        ((Action)(() => RegressionMetric.Of(" ", (_, _, _) => 0, true))).Should().Throw<ArgumentException>();
        RegressionMetric.Of("largest error", (_, _, _) => 0, higherIsBetter: false).Should().NotBe(largest);
    }
}
