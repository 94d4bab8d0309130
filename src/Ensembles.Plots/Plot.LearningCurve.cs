using System.Globalization;
using System.Text.Json.Nodes;
using Ensembles.Evaluation;
using Ensembles.Metrics;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    private const string FoldsNote = "mean of the folds ± one standard error";

    /// <summary>What a metric is on the training and the test sets of folds by the number of rows learned from.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="rows">The numbers of rows learned from.</param>
    /// <param name="training">For each of these, the values on the training sets; null for none.</param>
    /// <param name="test">For each, the values on the test sets.</param>
    /// <exception cref="ArgumentException">There is nothing, or the lists have different lengths.</exception>
    public static Chart LearningCurve(
        string metric,
        IReadOnlyList<double> rows,
        IReadOnlyList<IReadOnlyList<double>>? training,
        IReadOnlyList<IReadOnlyList<double>> test)
    {
        ArgumentNullException.ThrowIfNull(rows);
        LineChart body = Folds(metric, rows, training, test) with { XTitle = "rows learned from", IsCounted = true };
        return new Chart(body.Build) { Title = $"Learning curve: {metric}", Subtitle = FoldsNote };
    }

    /// <summary>What a metric is on the training and the test sets of folds by the value of a hyper-parameter.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="parameter">The name of the hyper-parameter.</param>
    /// <param name="values">Its values; the axis is logarithmic where they are positive and span more than a factor of 20.</param>
    /// <param name="training">For each of these, the values on the training sets; null for none.</param>
    /// <param name="test">For each, the values on the test sets.</param>
    /// <exception cref="ArgumentException">There is nothing, or the lists have different lengths.</exception>
    public static Chart ValidationCurve(
        string metric,
        string parameter,
        IReadOnlyList<double> values,
        IReadOnlyList<IReadOnlyList<double>>? training,
        IReadOnlyList<IReadOnlyList<double>> test)
    {
        const double span = 20;
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(values);
        LineChart body = Folds(metric, values, training, test) with { XTitle = parameter };
        if (values.Min() > 0 && values.Max() > span * values.Min())
        {
            body = body with { XScale = () => new JsonObject { ["type"] = "log", ["nice"] = false } };
        }

        return new Chart(body.Build) { Title = $"Validation curve: {metric}", Subtitle = FoldsNote };
    }

    /// <summary>A learning curve by one of its metrics, with bands of one standard error over the folds.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="metric">The number of the metric, from 0 (default).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    public static Chart LearningCurve<TMetric>(LearningCurve<TMetric> curve, int metric = 0)
        where TMetric : Metric
    {
        ArgumentNullException.ThrowIfNull(curve);
        CheckMetric(curve.Points[0], metric);
        return LearningCurve(
            curve.Points[0].Test[metric].Metric.Name,
            [.. curve.Points.Select(point => point.TrainingRows)],
            Values(curve.Points, point => point.Training[metric]),
            Values(curve.Points, point => point.Test[metric]));
    }

    /// <summary>A validation curve by one of its metrics, with bands of one standard error over the folds.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="parameter">The name of the hyper-parameter.</param>
    /// <param name="metric">The number of the metric, from 0 (default).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    public static Chart ValidationCurve<TValue, TMetric>(ValidationCurve<TValue, TMetric> curve, string parameter, int metric = 0)
        where TMetric : Metric
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(parameter);
        CheckMetric(curve.Points[0], metric);
        string name = curve.Points[0].Test[metric].Metric.Name;
        IReadOnlyList<IReadOnlyList<double>> training = Values(curve.Points, point => point.Training[metric]);
        IReadOnlyList<IReadOnlyList<double>> test = Values(curve.Points, point => point.Test[metric]);
        if (curve.Points.All(point => point.Value is int or long or uint or ulong or float or double))
        {
            double[] values = [.. curve.Points.Select(point => Convert.ToDouble(point.Value, CultureInfo.InvariantCulture))];
            return ValidationCurve(name, parameter, values, training, test);
        }

        string[] names =
        [
            .. curve.Points.Select(point => point.Value is null ? "null" : Convert.ToString(point.Value, CultureInfo.InvariantCulture)!),
        ];
        double[] places = [.. names.Select((_, i) => (double)i)];
        LineChart body = Folds(name, places, training, test) with { XTitle = parameter, XNames = Labels.Distinct(names) };
        return new Chart(body.Build) { Title = $"Validation curve: {name}", Subtitle = FoldsNote };
    }

    private static void CheckMetric<TMetric>(CurvePoint<TMetric> point, int metric)
        where TMetric : Metric
    {
        ArgumentOutOfRangeException.ThrowIfNegative(metric);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(metric, point.Test.Count);
    }

    private static List<IReadOnlyList<double>> Values<TPoint, TMetric>(
        IReadOnlyList<TPoint> points, Func<TPoint, MetricScores<TMetric>> scores)
        where TMetric : Metric =>
        [.. points.Select(point => scores(point).Values.ToArray())];

    private static LineChart Folds(
        string metric, IReadOnlyList<double> x, IReadOnlyList<IReadOnlyList<double>>? training, IReadOnlyList<IReadOnlyList<double>> test)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(test);
        CheckLengths(x.Count, test.Count, nameof(test));
        CheckLengths(x.Count, training?.Count ?? x.Count, nameof(training));
        var lines = new List<Line> { Mean("test", x, test) };
        if (training is not null)
        {
            lines.Add(Mean("training", x, training));
        }

        return new LineChart(lines) { YTitle = metric, HasPoints = true };
    }

    private static Line Mean(string name, IReadOnlyList<double> x, IReadOnlyList<IReadOnlyList<double>> values)
    {
        double[] means = [.. values.Select(of => of.Count == 0 ? double.NaN : of.Average())];
        double[] errors =
        [
            .. values.Select((of, i) => of.Count < 2
                ? double.NaN
                : Math.Sqrt(of.Sum(value => (value - means[i]) * (value - means[i])) / (of.Count - 1) / of.Count)),
        ];
        return new Line(name, x, means) { Errors = errors };
    }
}
