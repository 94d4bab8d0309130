using Ensembles.Metrics;

namespace Ensembles.Tests.Metrics;

public class RegressionMetricTests
{
    private static readonly double[] Targets = [3, -0.5, 2, 7];
    private static readonly double[] Predictions = [2.5, 0.0, 2, 8];
    private static readonly double[] Weights = [1, 2, 0, 1];

    [Fact]
    public void Squared_errors()
    {
        // Squares 0.25, 0.25, 0, 1.
        MeanSquaredError.Compute(Targets, Predictions).Should().Be(0.375);
        MeanSquaredError.Compute(Targets, Predictions, Weights).Should().Be(1.75 / 4);
        RootMeanSquaredError.Compute(Targets, Predictions).Should().Be(Math.Sqrt(0.375));
    }

    [Fact]
    public void Absolute_errors()
    {
        MeanAbsoluteError.Compute(Targets, Predictions).Should().Be(0.5);
        MeanAbsoluteError.Compute(Targets, Predictions, Weights).Should().Be(2.5 / 4);
    }

    [Fact]
    public void Median_error()
    {
        MedianAbsoluteError.Compute([0, 0, 0], [5, 1, -2]).Should().Be(2);
        MedianAbsoluteError.Compute([0, 0, 0, 0], [5, 1, -2, 3]).Should().Be(2.5);

        // Errors 1, 2, 3, 5 of weights 1, 2, 1, 0: half of the weight of 4 lies within the error of 2.
        MedianAbsoluteError.Compute([0, 0, 0, 0], [5, 1, -2, 3], [0, 1, 2, 1]).Should().Be(2);

        // Exactly between two rows, past one without weight.
        MedianAbsoluteError.Compute([0, 0, 0], [1, 2, 5], [2, 0, 2]).Should().Be(3);
        MedianAbsoluteError.Compute([0, 0, 0], [1, 2, 5], [1, 1, 2]).Should().Be(3.5);
        MedianAbsoluteError.Compute([1], [4]).Should().Be(3);
    }

    [Fact]
    public void Coefficient_of_determination()
    {
        // Mean 2.875, total sum of squares 29.1875, residual 1.5.
        RSquared.Compute(Targets, Predictions).Should().BeApproximately(1 - (1.5 / 29.1875), 1e-15);

        // Mean 9/4; total 1.75 (3, 7 and twice -0.5): 0.5625 + 2 * 7.5625 + 22.5625.
        RSquared.Compute(Targets, Predictions, Weights).Should().BeApproximately(1 - (1.75 / 38.25), 1e-15);
        RSquared.Compute(Targets, Targets).Should().Be(1);
        RSquared.Compute([1, 2, 3], [2, 2, 2]).Should().Be(0);
    }

    [Fact]
    public void Coefficient_of_determination_of_equal_targets()
    {
        // In doubles the mean of three times 0.1 is not 0.1; that must not matter.
        double[] tenths = [0.1, 0.1, 0.1];
        RSquared.Compute(tenths, tenths).Should().Be(1);
        RSquared.Compute(tenths, [0.2, 0.2, 0.2]).Should().Be(0);
        RSquared.Compute([1, 5], [1, 7], [2, 0]).Should().Be(1);
        RSquared.Compute([4], [3]).Should().Be(0);
    }

    [Fact]
    public void Pinball_loss()
    {
        // Too low by 2 costs 0.9 * 2, too high by 1 costs 0.1 * 1.
        PinballLoss.Compute([5, 5], [3, 6], 0.9).Should().BeApproximately((1.8 + 0.1) / 2, 1e-15);
        PinballLoss.Compute([5, 5], [3, 6], 0.9, [1, 3]).Should().BeApproximately((1.8 + 0.3) / 4, 1e-15);
        PinballLoss.Compute(Targets, Predictions, 0.5).Should().Be(MeanAbsoluteError.Compute(Targets, Predictions) / 2);
        PinballLoss.Compute([5], [6], 1).Should().Be(0);
        PinballLoss.Compute([6], [5], 0).Should().Be(0);
    }

    [Fact]
    public void Poisson_deviance()
    {
        // 2 (2 ln 2 - 2 + 1) and 2 * 3.
        MeanPoissonDeviance.Compute([2, 0], [1, 3]).Should().BeApproximately(((2 * ((2 * 0.69314718055994531) - 1)) + 6) / 2, 1e-15);
        MeanPoissonDeviance.Compute([2, 0], [1, 3], [3, 1]).Should().BeApproximately(((6 * ((2 * 0.69314718055994531) - 1)) + 6) / 4, 1e-15);
        MeanPoissonDeviance.Compute([2, 7.5], [2, 7.5]).Should().Be(0);
    }

    public static TheoryData<Action, string, string> Refusals => new()
    {
        { () => MeanSquaredError.Compute([], []), "targets", "There is no row to measure.*" },
        { () => MeanSquaredError.Compute([1], [1, 2]), "predictions", "predictions has 2 values, expected 1.*" },
        { () => MeanSquaredError.Compute([double.NaN], [1]), "targets", "Row 0: targets holds NaN, it must be finite.*" },
        { () => RootMeanSquaredError.Compute([1, 2], [1, double.PositiveInfinity]), "predictions", "Row 1: predictions holds Infinity*" },
        { () => MeanAbsoluteError.Compute([1, 2], [1, 2], [1, 2, 3]), "weights", "weights has 3 values, expected 2.*" },
        { () => MedianAbsoluteError.Compute([1, 2], [1, 2], [0, 0]), "weights", "All weights are zero.*" },
        { () => RSquared.Compute([1, 2], [1, 2], [1, double.PositiveInfinity]), "weights", "Row 1: the weight is Infinity*" },
        { () => PinballLoss.Compute([1], [1], 1.1), "quantile", "The quantile must be from 0 to 1.*" },
        { () => PinballLoss.Compute([1], [1], double.NaN), "quantile", "*" },
        { () => PinballLoss.Compute([1], [double.NaN], 0.5), "predictions", "Row 0*" },
        { () => MeanPoissonDeviance.Compute([1, -1], [1, 1]), "targets", "Row 1: the target is -1, it must not be negative.*" },
        { () => MeanPoissonDeviance.Compute([1, 1], [0, 1]), "predictions", "Row 0: the prediction is 0, it must be above zero.*" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Bad_input_is_refused_with_its_place(Action act, string argument, string message)
    {
        act.Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(argument);
    }
}
