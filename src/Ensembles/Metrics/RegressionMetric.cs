namespace Ensembles.Metrics;

/// <summary>A function of true and predicted values, for <see cref="RegressionMetric.Of"/>.</summary>
/// <param name="targets">The true value of each row.</param>
/// <param name="predictions">The predicted value of each row.</param>
/// <param name="weights">A weight for each row, or empty.</param>
/// <returns>The value of the metric.</returns>
public delegate double RegressionMetricFunction(
    ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights);

/// <summary>A measure of predicted values.</summary>
public sealed class RegressionMetric : Metric
{
    private readonly RegressionMetricFunction _function;

    private RegressionMetric(string name, bool higherIsBetter, RegressionMetricFunction function, object? identity = null)
        : base(name, higherIsBetter, identity ?? function)
    {
        _function = function;
    }

    /// <summary>The root mean squared error (<see cref="Metrics.RootMeanSquaredError"/>).</summary>
    public static RegressionMetric RootMeanSquaredError { get; } = new(
        "RMSE", false, (targets, predictions, weights) => Metrics.RootMeanSquaredError.Compute(targets, predictions, weights));

    /// <summary>The mean squared error (<see cref="Metrics.MeanSquaredError"/>).</summary>
    public static RegressionMetric MeanSquaredError { get; } = new(
        "MSE", false, (targets, predictions, weights) => Metrics.MeanSquaredError.Compute(targets, predictions, weights));

    /// <summary>The mean absolute error (<see cref="Metrics.MeanAbsoluteError"/>).</summary>
    public static RegressionMetric MeanAbsoluteError { get; } = new(
        "MAE", false, (targets, predictions, weights) => Metrics.MeanAbsoluteError.Compute(targets, predictions, weights));

    /// <summary>The median absolute error (<see cref="Metrics.MedianAbsoluteError"/>).</summary>
    public static RegressionMetric MedianAbsoluteError { get; } = new(
        "median absolute error",
        false,
        (targets, predictions, weights) => Metrics.MedianAbsoluteError.Compute(targets, predictions, weights));

    /// <summary>The mean Poisson deviance (<see cref="Metrics.MeanPoissonDeviance"/>).</summary>
    public static RegressionMetric MeanPoissonDeviance { get; } = new(
        "mean Poisson deviance",
        false,
        (targets, predictions, weights) => Metrics.MeanPoissonDeviance.Compute(targets, predictions, weights));

    /// <summary>The coefficient of determination (<see cref="Metrics.RSquared"/>).</summary>
    public static RegressionMetric RSquared { get; } = new(
        "R²", true, (targets, predictions, weights) => Metrics.RSquared.Compute(targets, predictions, weights));

    /// <summary>The loss that a quantile minimises (<see cref="Metrics.PinballLoss"/>).</summary>
    /// <param name="quantile">The level of the quantile, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quantile"/> is outside 0 to 1.</exception>
    public static RegressionMetric PinballLoss(double quantile)
    {
        if (!(quantile >= 0 && quantile <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "The quantile must be from 0 to 1.");
        }

        return new RegressionMetric(
            MetricArguments.Text($"pinball loss {quantile}"),
            higherIsBetter: false,
            (targets, predictions, weights) => Metrics.PinballLoss.Compute(targets, predictions, quantile, weights),
            identity: quantile);
    }

    /// <summary>A metric of one's own.</summary>
    /// <param name="name">What it is called; not empty.</param>
    /// <param name="function">What computes it. It must give the same value for the same arguments, else fits do not repeat.</param>
    /// <param name="higherIsBetter">Whether larger values are better.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static RegressionMetric Of(string name, RegressionMetricFunction function, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new RegressionMetric(name, higherIsBetter, function);
    }

    /// <summary>Computes the metric.</summary>
    /// <param name="targets">The true value of each row.</param>
    /// <param name="predictions">The predicted value of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <exception cref="ArgumentException">
    /// The arguments do not fit together, or the metric is not defined for them; the static class of the metric says when.
    /// </exception>
    public double Evaluate(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireRows(targets.Length, nameof(targets));
        MetricArguments.RequireLength(predictions.Length, targets.Length);
        return _function(targets, predictions, weights);
    }
}
