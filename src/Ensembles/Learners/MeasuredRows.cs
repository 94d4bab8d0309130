using Ensembles.Data;
using Ensembles.Metrics;

namespace Ensembles.Learners;

/// <summary>Rows that are measured after every round.</summary>
/// <param name="Rows">Which they are.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Width">The number of values predicted for a row.</param>
/// <param name="Evaluate">A metric, by its number, of all predictions, row after row.</param>
internal sealed record MeasuredRows(EvaluatedRows Rows, int Count, int Width, Func<int, double[], double> Evaluate)
{
    public static MeasuredRows Of(MetricList<ClassificationMetric> metrics, ClassificationDataset data, EvaluatedRows rows) => new(
        rows,
        data.RowCount,
        data.ClassCount,
        (m, predictions) => metrics[m].Evaluate(data.Labels, predictions, data.ClassCount, data.Weights));

    public static MeasuredRows Of(MetricList<RegressionMetric> metrics, RegressionDataset data, EvaluatedRows rows) => new(
        rows, data.RowCount, 1, (m, predictions) => metrics[m].Evaluate(data.Targets, predictions, data.Weights));
}
