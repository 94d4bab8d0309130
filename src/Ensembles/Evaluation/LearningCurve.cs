using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>How well models do that learned from so many rows.</summary>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public sealed class LearningCurvePoint<TMetric> : CurvePoint<TMetric>
    where TMetric : Metric
{
    internal LearningCurvePoint(double share, double trainingRows, MetricScores<TMetric>[] training, MetricScores<TMetric>[] test)
        : base(training, test)
    {
        Share = share;
        TrainingRows = trainingRows;
    }

    /// <summary>The share of the rows of a training set that were learned from.</summary>
    public double Share { get; }

    /// <summary>How many rows that are: the mean over the folds.</summary>
    public double TrainingRows { get; }

    internal static TextTable Table(IReadOnlyList<LearningCurvePoint<TMetric>> points) =>
        Table("rows", points, point => point.TrainingRows.ToString("0.#", CultureInfo.InvariantCulture));
}

/// <summary>Scores by the number of rows learned from: whether more data would help, and whether a model fits too closely.</summary>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public sealed class LearningCurve<TMetric>
    where TMetric : Metric
{
    internal LearningCurve(LearningCurvePoint<TMetric>[] points)
    {
        Points = Array.AsReadOnly(points);
    }

    /// <summary>The points, in the order of the shares.</summary>
    public IReadOnlyList<LearningCurvePoint<TMetric>> Points { get; }

    /// <summary>A line a point.</summary>
    public override string ToString() => LearningCurvePoint<TMetric>.Table(Points).ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => LearningCurvePoint<TMetric>.Table(Points).ToHtml("learning curve");
}

/// <summary>Makes learning curves.</summary>
public static class LearningCurve
{
    private static readonly double[] DefaultShares = [0.1, 0.325, 0.55, 0.775, 1];

    /// <summary>Trains a classifier on ever more rows of each fold.</summary>
    /// <param name="learner">The recipe.</param>
    /// <param name="data">The rows.</param>
    /// <param name="shares">
    /// The shares of each training set to learn from, above 0 and at most 1; null for 0.1, 0.325, 0.55, 0.775 and 1. The rows of a share,
    /// drawn at random with the classes in nearly the same shares, are among those of a larger one.
    /// </param>
    /// <param name="folds">How the rows are parted; null for five folds.</param>
    /// <param name="metrics">What is measured; null or empty for log loss and accuracy.</param>
    /// <param name="seed">Other seeds draw other rows.</param>
    /// <param name="options">How to run it; its units of work are the fits. The result is the same at any number of threads.</param>
    /// <param name="cancellationToken">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// The plan does not fit the data, the recipe cannot work on them, or a metric is not defined for a fold.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is out of range.</exception>
    public static LearningCurve<ClassificationMetric> Run(
        Learner<ClassificationDataset, ClassificationModel> learner,
        ClassificationDataset data,
        IReadOnlyList<double>? shares = null,
        FoldPlan? folds = null,
        MetricList<ClassificationMetric>? metrics = null,
        ulong seed = 0,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        return Run(learner.Fit, data, shares, folds, Judge.Of(metrics), seed, options, cancellationToken);
    }

    /// <summary>Trains a regressor on ever more rows of each fold.</summary>
    /// <param name="learner">The recipe.</param>
    /// <param name="data">The rows.</param>
    /// <param name="shares">
    /// The shares of each training set to learn from, above 0 and at most 1; null for 0.1, 0.325, 0.55, 0.775 and 1. The rows of a share,
    /// drawn at random, are among those of a larger one.
    /// </param>
    /// <param name="folds">How the rows are parted; null for five folds.</param>
    /// <param name="metrics">What is measured; null or empty for the root mean squared error and R².</param>
    /// <param name="seed">Other seeds draw other rows.</param>
    /// <param name="options">How to run it; its units of work are the fits. The result is the same at any number of threads.</param>
    /// <param name="cancellationToken">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// The plan does not fit the data, the recipe cannot work on them, or a metric is not defined for a fold.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is out of range.</exception>
    public static LearningCurve<RegressionMetric> Run(
        Learner<RegressionDataset, RegressionModel> learner,
        RegressionDataset data,
        IReadOnlyList<double>? shares = null,
        FoldPlan? folds = null,
        MetricList<RegressionMetric>? metrics = null,
        ulong seed = 0,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        return Run(learner.Fit, data, shares, folds, Judge.Of(metrics), seed, options, cancellationToken);
    }

    private static LearningCurve<TMetric> Run<TDataset, TModel, TMetric>(
        Fit<TDataset, TModel> fit,
        TDataset data,
        IReadOnlyList<double>? shares,
        FoldPlan? plan,
        Judge<TDataset, TModel, TMetric> judge,
        ulong seed,
        FitOptions? options,
        CancellationToken cancellationToken)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
    {
        ArgumentNullException.ThrowIfNull(data);
        double[] checkedShares = [.. shares ?? DefaultShares];
        foreach (double share in checkedShares)
        {
            if (!(share > 0 && share <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(shares), share, "A share must be above 0 and at most 1.");
            }
        }

        IReadOnlyList<Fold> folds = (plan ?? FoldPlan.Standard()).Split(data);
        int[][] orders = [.. folds.Select((fold, k) => NestedRows.Order(data, fold.Train, KeyedRandom.Mix(seed, (ulong)k)))];
        var scores = CurveRun.Of(
            checkedShares.Length,
            data,
            folds,
            judge,
            options,
            _ => fit,
            (point, k) => NestedRows.Take(orders[k], checkedShares[point]),
            cancellationToken);
        return new LearningCurve<TMetric>(
        [
            .. scores.Select((score, i) => new LearningCurvePoint<TMetric>(
                checkedShares[i], orders.Average(order => NestedRows.Take(order, checkedShares[i]).Length), score.Training, score.Test)),
        ]);
    }
}
