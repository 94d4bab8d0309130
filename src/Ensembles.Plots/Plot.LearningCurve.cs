using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
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
            body = body with { XScale = () => new System.Text.Json.Nodes.JsonObject { ["type"] = "log", ["nice"] = false } };
        }

        return new Chart(body.Build) { Title = $"Validation curve: {metric}", Subtitle = FoldsNote };
    }

    private const string FoldsNote = "mean of the folds ± one standard error";

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
