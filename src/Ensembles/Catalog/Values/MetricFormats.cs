using System.Globalization;
using Ensembles.Metrics;

namespace Ensembles.Catalog.Values;

/// <summary>The metrics of the library by their names.</summary>
internal static class MetricFormats
{
    private const string Pinball = "pinball loss ";

    private static readonly ClassificationMetric[] OfClasses =
    [
        ClassificationMetric.LogLoss,
        ClassificationMetric.Accuracy,
        ClassificationMetric.Error,
        ClassificationMetric.BalancedAccuracy,
        ClassificationMetric.AreaUnderRoc,
        ClassificationMetric.AreaUnderRocOneVsOne,
        ClassificationMetric.AveragePrecision,
        ClassificationMetric.BrierScore,
        ClassificationMetric.ExpectedCalibrationError,
        ClassificationMetric.MatthewsCorrelation,
    ];

    private static readonly RegressionMetric[] OfNumbers =
    [
        RegressionMetric.RootMeanSquaredError,
        RegressionMetric.MeanSquaredError,
        RegressionMetric.MeanAbsoluteError,
        RegressionMetric.MedianAbsoluteError,
        RegressionMetric.MeanPoissonDeviance,
        RegressionMetric.RSquared,
    ];

    public static MetricListFormat<ClassificationMetric> Classification { get; } = new(
        name => Array.Find(OfClasses, metric => IsNamed(metric, name)),
        (name, higherIsBetter) => ClassificationMetric.Of(name, (_, _, _, _) => throw Unknown(name), higherIsBetter),
        [.. OfClasses.Select(metric => metric.Name)]);

    public static MetricListFormat<RegressionMetric> Regression { get; } = new(
        name => Array.Find(OfNumbers, metric => IsNamed(metric, name)) ?? PinballLoss(name),
        (name, higherIsBetter) => RegressionMetric.Of(name, (_, _, _) => throw Unknown(name), higherIsBetter),
        [.. OfNumbers.Select(metric => metric.Name), Pinball + "0.5"]);

    private static bool IsNamed(Metric metric, string name) => string.Equals(metric.Name, name, StringComparison.OrdinalIgnoreCase);

    private static RegressionMetric? PinballLoss(string name) =>
        name.StartsWith(Pinball, StringComparison.OrdinalIgnoreCase)
        && double.TryParse(name.AsSpan(Pinball.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double quantile)
        && quantile >= 0 && quantile <= 1
            ? RegressionMetric.PinballLoss(quantile)
            : null;

    private static ArgumentException Unknown(string name) =>
        new($"'{name}' is a metric of one's own, of which a model file keeps the name only: give the recipe EvaluationMetrics anew.");
}
