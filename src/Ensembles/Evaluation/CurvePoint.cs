using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>What models of one kind score on the rows that they learned from and on others.</summary>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public abstract class CurvePoint<TMetric>
    where TMetric : Metric
{
    private protected CurvePoint(MetricScores<TMetric>[] training, MetricScores<TMetric>[] test)
    {
        Training = Array.AsReadOnly(training);
        Test = Array.AsReadOnly(test);
    }

    /// <summary>The scores on what was learned from, in the order of the metrics; by fold.</summary>
    public IReadOnlyList<MetricScores<TMetric>> Training { get; }

    /// <summary>The scores on the test sets, in the order of the metrics; by fold.</summary>
    public IReadOnlyList<MetricScores<TMetric>> Test { get; }

    /// <summary>A table with a line a point and, for each metric, the means and the standard error of the test.</summary>
    private protected static TextTable Table<TPoint>(string name, IReadOnlyList<TPoint> points, Func<TPoint, string> label)
        where TPoint : CurvePoint<TMetric>
    {
        var table = new TextTable(
        [
            name,
            .. points[0].Test.SelectMany(scores => new[] { $"{scores.Metric.Name}: training", "test", "std. error" }),
        ]);
        foreach (TPoint point in points)
        {
            table.Add(
            [
                label(point),
                .. point.Test.SelectMany((test, m) => new[]
                {
                    TextTable.Short(point.Training[m].Mean), TextTable.Short(test.Mean), TextTable.Short(test.StandardError, 2),
                }),
            ]);
        }

        return table;
    }
}
