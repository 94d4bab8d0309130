using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>Trains a model on rows.</summary>
internal delegate TModel Fit<in TDataset, out TModel>(TDataset train, FitOptions options, CancellationToken cancellationToken);

/// <summary>Scores models of one kind by metrics.</summary>
/// <param name="Metrics">At least one.</param>
/// <param name="Measure">How metrics see the rows of a dataset.</param>
internal sealed record Judge<TDataset, TModel, TMetric>(
    MetricList<TMetric> Metrics, Func<MetricList<TMetric>, TDataset, EvaluatedRows, MeasuredRows> Measure)
    where TDataset : Dataset<TDataset>
    where TModel : Model
    where TMetric : Metric
{
    /// <summary>The values of the metrics on rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows.</param>
    /// <param name="rows">What the rows are to the model.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="fold">The number of the fold, for messages.</param>
    /// <returns>The values, and what the model predicts, row after row.</returns>
    public (double[] Values, double[] Predictions) Score(TModel model, TDataset data, EvaluatedRows rows, int? threads, int fold)
    {
        double[] predictions = model.PredictRows(data.Features, threads);
        MeasuredRows measured = Measure(Metrics, data, rows);
        var values = new double[Metrics.Count];
        for (int m = 0; m < values.Length; m++)
        {
            try
            {
                values[m] = measured.Evaluate(m, predictions);
            }
            catch (ArgumentException refused)
            {
                string set = rows == EvaluatedRows.Validation ? "test" : "training";
                throw new ArgumentException(FormattableString.Invariant($"{Metrics[m]} of the {set} set of fold {fold}: {refused.Message}"), refused);
            }
        }

        return (values, predictions);
    }

    /// <summary>One table of values turned round: by metric the values of all folds.</summary>
    /// <param name="values">By fold the values of the metrics.</param>
    /// <param name="testRatio">The mean number of rows tested on, for each row learned from.</param>
    public MetricScores<TMetric>[] ByMetric(IReadOnlyList<double[]> values, double testRatio) =>
        [.. Metrics.Select((metric, m) => new MetricScores<TMetric>(metric, [.. values.Select(fold => fold[m])], testRatio))];
}

/// <summary>The judges of the two kinds of models.</summary>
internal static class Judge
{
    /// <summary>The judge of classifiers; by default log loss and accuracy.</summary>
    public static Judge<ClassificationDataset, ClassificationModel, ClassificationMetric> Of(MetricList<ClassificationMetric>? metrics) =>
        new(metrics is { Count: > 0 } ? metrics : [ClassificationMetric.LogLoss, ClassificationMetric.Accuracy], MeasuredRows.Of);

    /// <summary>The judge of regressors; by default the root mean squared error and R².</summary>
    public static Judge<RegressionDataset, RegressionModel, RegressionMetric> Of(MetricList<RegressionMetric>? metrics) =>
        new(metrics is { Count: > 0 } ? metrics : [RegressionMetric.RootMeanSquaredError, RegressionMetric.RSquared], MeasuredRows.Of);

    /// <summary>The mean number of rows tested on, for each row learned from.</summary>
    public static double TestRatio(IReadOnlyList<Fold> folds) => folds.Sum(fold => (double)fold.Test.Length / fold.Train.Length) / folds.Count;
}
