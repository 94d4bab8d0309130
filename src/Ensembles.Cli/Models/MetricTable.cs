using Ensembles.Data;
using Ensembles.Evaluation;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Cli.Models;

/// <summary>A metric of a model by some rows.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Key">What JSON calls it.</param>
/// <param name="Value">Its value; null where it is not defined for the rows.</param>
internal sealed record MeasuredMetric(string Name, string Key, double? Value);

/// <summary>The metrics that the tool gives of every model.</summary>
internal static class MetricTable
{
    private static readonly (string Key, ClassificationMetric Metric)[] OfClasses =
    [
        ("accuracy", ClassificationMetric.Accuracy),
        ("balanced_accuracy", ClassificationMetric.BalancedAccuracy),
        ("log_loss", ClassificationMetric.LogLoss),
        ("brier_score", ClassificationMetric.BrierScore),
        ("roc_auc", ClassificationMetric.AreaUnderRoc),
        ("average_precision", ClassificationMetric.AveragePrecision),
        ("matthews_correlation", ClassificationMetric.MatthewsCorrelation),
        ("expected_calibration_error", ClassificationMetric.ExpectedCalibrationError),
    ];

    private static readonly (string Key, RegressionMetric Metric)[] OfNumbers =
    [
        ("rmse", RegressionMetric.RootMeanSquaredError),
        ("mse", RegressionMetric.MeanSquaredError),
        ("mae", RegressionMetric.MeanAbsoluteError),
        ("median_absolute_error", RegressionMetric.MedianAbsoluteError),
        ("r2", RegressionMetric.RSquared),
    ];

    /// <summary>The metrics of a classifier; those of two classes only where there are two.</summary>
    public static MeasuredMetric[] Of(ClassificationEvaluation evaluation) =>
    [
        .. OfClasses
            .Where(entry => evaluation.Classes.Count == 2 || !entry.Metric.Equals(ClassificationMetric.AveragePrecision))
            .Select(entry => new MeasuredMetric(entry.Metric.Name, entry.Key, Try(() => evaluation.Evaluate(entry.Metric)))),
    ];

    /// <summary>The metrics of a regressor.</summary>
    public static MeasuredMetric[] Of(RegressionEvaluation evaluation) =>
        [.. OfNumbers.Select(entry => new MeasuredMetric(entry.Metric.Name, entry.Key, Try(() => evaluation.Evaluate(entry.Metric))))];

    /// <summary>The metrics of a model by rows that it should not have learned from.</summary>
    public static MeasuredMetric[] Of(Model model, Dataset data) => (model, data) switch
    {
        (ClassificationModel classifier, ClassificationDataset rows) => Of(classifier.Evaluate(rows)),
        (RegressionModel regressor, RegressionDataset rows) => Of(regressor.Evaluate(rows)),
        _ => [],
    };

    /// <summary>What JSON calls a metric: its name in small letters, the words joined by underscores.</summary>
    public static string KeyOf(Metric metric) => metric switch
    {
        ClassificationMetric m when Array.FindIndex(OfClasses, entry => entry.Metric.Equals(m)) is var i and >= 0 => OfClasses[i].Key,
        RegressionMetric m when Array.FindIndex(OfNumbers, entry => entry.Metric.Equals(m)) is var i and >= 0 => OfNumbers[i].Key,
        _ => metric.Name.ToLowerInvariant().Replace(",", string.Empty, StringComparison.Ordinal).Replace(' ', '_'),
    };

    /// <summary>A metric as text.</summary>
    public static (string Name, string Value) Show(MeasuredMetric metric) =>
        (metric.Name, metric.Value is double value ? TextTable.Short(value) : "not defined for these rows");

    private static double? Try(Func<double> compute)
    {
        try
        {
            return compute();
        }
        catch (ArgumentException)
        {
            // As the ROC curve of rows of a single class.
            return null;
        }
    }
}
