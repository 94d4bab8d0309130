namespace Ensembles.Metrics;

/// <summary>A function of true classes and predicted probabilities, for <see cref="ClassificationMetric.Of"/>.</summary>
/// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1.</param>
/// <param name="probabilities">Row-major: <paramref name="classCount"/> probabilities for each row.</param>
/// <param name="classCount">The number of classes.</param>
/// <param name="weights">A weight for each row, or empty.</param>
/// <returns>The value of the metric.</returns>
public delegate double ClassificationMetricFunction(
    ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classCount, ReadOnlySpan<double> weights);

/// <summary>A measure of predicted class probabilities.</summary>
public sealed class ClassificationMetric : Metric
{
    private readonly ClassificationMetricFunction _function;

    private ClassificationMetric(string name, bool higherIsBetter, ClassificationMetricFunction function)
        : base(name, higherIsBetter, function)
    {
        _function = function;
    }

    /// <summary>The mean of −ln p of the true class (<see cref="Metrics.LogLoss"/>).</summary>
    public static ClassificationMetric LogLoss { get; } = new(
        "log loss", false, (labels, p, classes, weights) => Metrics.LogLoss.Compute(labels, p, classes, weights));

    /// <summary>The share of rows whose most probable class, of equals the first, is the true one (<see cref="Metrics.Accuracy"/>).</summary>
    public static ClassificationMetric Accuracy { get; } = new(
        "accuracy", true, (labels, p, classes, weights) => Metrics.Accuracy.Compute(labels, MostProbable(labels, p, classes), weights));

    /// <summary>One less the accuracy: the share of rows put in a wrong class.</summary>
    public static ClassificationMetric Error { get; } = new(
        "error", false, (labels, p, classes, weights) => 1 - Metrics.Accuracy.Compute(labels, MostProbable(labels, p, classes), weights));

    /// <summary>The mean over the classes of the share of rows recognised (<see cref="Metrics.BalancedAccuracy"/>).</summary>
    public static ClassificationMetric BalancedAccuracy { get; } = new(
        "balanced accuracy",
        true,
        (labels, p, classes, weights) => Metrics.BalancedAccuracy.Compute(labels, MostProbable(labels, p, classes), weights));

    /// <summary>
    /// The area under the ROC curve: of two classes that of the second, of more the mean of each against all others
    /// (<see cref="Metrics.AreaUnderRoc"/>).
    /// </summary>
    public static ClassificationMetric AreaUnderRoc { get; } = new(
        "ROC AUC",
        true,
        (labels, p, classes, weights) => classes == 2
            ? Metrics.AreaUnderRoc.Compute(labels, OfSecond(labels, p), weights)
            : Metrics.AreaUnderRoc.OneVsRest(labels, p, classes, weights));

    /// <summary>The mean area under the ROC curve over all pairs of classes (<see cref="AreaUnderRoc.OneVsOne"/>).</summary>
    public static ClassificationMetric AreaUnderRocOneVsOne { get; } = new(
        "ROC AUC, one versus one", true, (labels, p, classes, weights) => Metrics.AreaUnderRoc.OneVsOne(labels, p, classes, weights));

    /// <summary>The average precision of the second of two classes (<see cref="Metrics.AveragePrecision"/>).</summary>
    public static ClassificationMetric AveragePrecision { get; } = new(
        "average precision",
        true,
        (labels, p, classes, weights) => classes == 2
            ? Metrics.AveragePrecision.Compute(labels, OfSecond(labels, p), weights)
            : throw new ArgumentException(MetricArguments.Text($"The average precision is defined for two classes; there are {classes}."), nameof(classes)));

    /// <summary>The Brier score: of two classes the mean of (p − y)², of more that of Σₖ (pₖ − yₖ)² (<see cref="Metrics.BrierScore"/>).</summary>
    public static ClassificationMetric BrierScore { get; } = new(
        "Brier score",
        false,
        (labels, p, classes, weights) => classes == 2
            ? Metrics.BrierScore.Compute(labels, OfSecond(labels, p), weights)
            : Metrics.BrierScore.Compute(labels, p, classes, weights));

    /// <summary>
    /// The expected calibration error by 15 bins: of two classes that of the probability of the second, of more that of the most probable
    /// class (<see cref="Metrics.ExpectedCalibrationError"/>).
    /// </summary>
    public static ClassificationMetric ExpectedCalibrationError { get; } = new(
        "expected calibration error",
        false,
        (labels, p, classes, weights) => classes == 2
            ? Metrics.ExpectedCalibrationError.Compute(labels, OfSecond(labels, p), weights: weights)
            : Metrics.ExpectedCalibrationError.OfMostProbable(labels, p, classes, weights: weights));

    /// <summary>Matthews' correlation of true and most probable classes (<see cref="Metrics.MatthewsCorrelation"/>).</summary>
    public static ClassificationMetric MatthewsCorrelation { get; } = new(
        "Matthews correlation",
        true,
        (labels, p, classes, weights) => Metrics.MatthewsCorrelation.Compute(labels, MostProbable(labels, p, classes), weights));

    /// <summary>A metric of one's own.</summary>
    /// <param name="name">What it is called; not empty.</param>
    /// <param name="function">What computes it. It must give the same value for the same arguments, else fits do not repeat.</param>
    /// <param name="higherIsBetter">Whether larger values are better.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static ClassificationMetric Of(string name, ClassificationMetricFunction function, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new ClassificationMetric(name, higherIsBetter, function);
    }

    /// <summary>Computes the metric.</summary>
    /// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="probabilities">Row-major: <paramref name="classCount"/> probabilities for each row, that add up to 1.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <exception cref="ArgumentException">
    /// The arguments do not fit together, or the metric is not defined for them; the static class of the metric says when.
    /// </exception>
    public double Evaluate(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classCount, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireClassCount(classCount);
        MetricArguments.RequireRows(labels.Length, nameof(labels));
        if (probabilities.Length != (long)labels.Length * classCount)
        {
            throw new ArgumentException(
                MetricArguments.Text($"{labels.Length} rows of {classCount} classes have {(long)labels.Length * classCount} probabilities, not {probabilities.Length}."),
                nameof(probabilities));
        }

        return _function(labels, probabilities, classCount, weights);
    }

    private static int[] MostProbable(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classCount)
    {
        MetricArguments.RequireProbabilityRows(probabilities, labels.Length, classCount);
        var classes = new int[labels.Length];
        for (int row = 0; row < classes.Length; row++)
        {
            ReadOnlySpan<double> given = probabilities.Slice(row * classCount, classCount);
            for (int k = 1; k < classCount; k++)
            {
                classes[row] = given[k] > given[classes[row]] ? k : classes[row];
            }
        }

        return classes;
    }

    private static double[] OfSecond(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        var second = new double[labels.Length];
        for (int row = 0; row < second.Length; row++)
        {
            second[row] = probabilities[(2 * row) + 1];
        }

        return second;
    }
}
