using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>How well models do with a value of a hyper-parameter.</summary>
/// <typeparam name="TValue">The type of the hyper-parameter.</typeparam>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public sealed class ValidationCurvePoint<TValue, TMetric> : CurvePoint<TMetric>
    where TMetric : Metric
{
    internal ValidationCurvePoint(TValue value, MetricScores<TMetric>[] training, MetricScores<TMetric>[] test)
        : base(training, test)
    {
        Value = value;
    }

    /// <summary>The value of the hyper-parameter.</summary>
    public TValue Value { get; }

    internal static TextTable Table(IReadOnlyList<ValidationCurvePoint<TValue, TMetric>> points) =>
        Table("value", points, point => Convert.ToString(point.Value, CultureInfo.InvariantCulture) ?? "null");
}

/// <summary>Scores by the value of a hyper-parameter: where a model begins to fit too closely.</summary>
/// <typeparam name="TValue">The type of the hyper-parameter.</typeparam>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public sealed class ValidationCurve<TValue, TMetric>
    where TMetric : Metric
{
    internal ValidationCurve(ValidationCurvePoint<TValue, TMetric>[] points)
    {
        Points = Array.AsReadOnly(points);
    }

    /// <summary>The points, in the order of the values.</summary>
    public IReadOnlyList<ValidationCurvePoint<TValue, TMetric>> Points { get; }

    /// <summary>The point of the best mean test score by the first metric; of equals the first.</summary>
    public ValidationCurvePoint<TValue, TMetric> Best
    {
        get
        {
            ValidationCurvePoint<TValue, TMetric> best = Points[0];
            foreach (ValidationCurvePoint<TValue, TMetric> point in Points)
            {
                best = point.Test[0].Metric.IsBetter(point.Test[0].Mean, best.Test[0].Mean) ? point : best;
            }

            return best;
        }
    }

    /// <summary>A line a point.</summary>
    public override string ToString() => ValidationCurvePoint<TValue, TMetric>.Table(Points).ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => ValidationCurvePoint<TValue, TMetric>.Table(Points).ToHtml("validation curve");
}

/// <summary>Makes validation curves.</summary>
public static class ValidationCurve
{
    /// <summary>Cross-validates a classifier with each value of a hyper-parameter.</summary>
    /// <typeparam name="TLearner">The kind of recipe.</typeparam>
    /// <typeparam name="TValue">The type of the hyper-parameter.</typeparam>
    /// <param name="learner">The recipe.</param>
    /// <param name="values">The values, at least one.</param>
    /// <param name="set">Gives the recipe a value: <c>(recipe, value) => recipe with { MaxDepth = value }</c>.</param>
    /// <param name="data">The rows.</param>
    /// <param name="folds">How the rows are parted; null for five folds.</param>
    /// <param name="metrics">What is measured; null or empty for log loss and accuracy.</param>
    /// <param name="options">How to run it; its units of work are the fits. The result is the same at any number of threads.</param>
    /// <param name="cancellationToken">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// There is no value, the plan does not fit the data, a recipe cannot work on them, or a metric is not defined for a fold.
    /// </exception>
    public static ValidationCurve<TValue, ClassificationMetric> Run<TLearner, TValue>(
        TLearner learner,
        IReadOnlyList<TValue> values,
        Func<TLearner, TValue, TLearner> set,
        ClassificationDataset data,
        FoldPlan? folds = null,
        MetricList<ClassificationMetric>? metrics = null,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
        where TLearner : Learner<ClassificationDataset, ClassificationModel> =>
        Run(learner, values, set, recipe => recipe.Fit, data, folds, Judge.Of(metrics), options, cancellationToken);

    /// <summary>Cross-validates a regressor with each value of a hyper-parameter.</summary>
    /// <typeparam name="TLearner">The kind of recipe.</typeparam>
    /// <typeparam name="TValue">The type of the hyper-parameter.</typeparam>
    /// <param name="learner">The recipe.</param>
    /// <param name="values">The values, at least one.</param>
    /// <param name="set">Gives the recipe a value: <c>(recipe, value) => recipe with { MaxDepth = value }</c>.</param>
    /// <param name="data">The rows.</param>
    /// <param name="folds">How the rows are parted; null for five folds.</param>
    /// <param name="metrics">What is measured; null or empty for the root mean squared error and R².</param>
    /// <param name="options">How to run it; its units of work are the fits. The result is the same at any number of threads.</param>
    /// <param name="cancellationToken">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// There is no value, the plan does not fit the data, a recipe cannot work on them, or a metric is not defined for a fold.
    /// </exception>
    public static ValidationCurve<TValue, RegressionMetric> Run<TLearner, TValue>(
        TLearner learner,
        IReadOnlyList<TValue> values,
        Func<TLearner, TValue, TLearner> set,
        RegressionDataset data,
        FoldPlan? folds = null,
        MetricList<RegressionMetric>? metrics = null,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
        where TLearner : Learner<RegressionDataset, RegressionModel> =>
        Run(learner, values, set, recipe => recipe.Fit, data, folds, Judge.Of(metrics), options, cancellationToken);

    private static ValidationCurve<TValue, TMetric> Run<TLearner, TValue, TDataset, TModel, TMetric>(
        TLearner learner,
        IReadOnlyList<TValue> values,
        Func<TLearner, TValue, TLearner> set,
        Func<TLearner, Fit<TDataset, TModel>> fit,
        TDataset data,
        FoldPlan? plan,
        Judge<TDataset, TModel, TMetric> judge,
        FitOptions? options,
        CancellationToken cancellationToken)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(data);
        if (values.Count == 0)
        {
            throw new ArgumentException("There is no value.", nameof(values));
        }

        // Values out of range throw here, before any work.
        TLearner[] recipes = [.. values.Select(value => set(learner, value))];
        IReadOnlyList<Fold> folds = (plan ?? FoldPlan.Standard()).Split(data);
        int[][] rows = [.. folds.Select(fold => fold.Train.ToArray())];
        var scores = CurveRun.Of(
            recipes.Length, data, folds, judge, options, point => fit(recipes[point]), (_, k) => rows[k], cancellationToken);
        return new ValidationCurve<TValue, TMetric>(
            [.. scores.Select((score, i) => new ValidationCurvePoint<TValue, TMetric>(values[i], score.Training, score.Test))]);
    }
}
