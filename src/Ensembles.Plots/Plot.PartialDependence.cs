using System.Text.Json.Nodes;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    /// <summary>
    /// What a model predicts on average when a feature is set to each of some values (J. Friedman 2001), and for single rows (individual
    /// conditional expectation, A. Goldstein et al. 2015).
    /// </summary>
    /// <param name="feature">The name of the feature.</param>
    /// <param name="grid">The values that it is set to.</param>
    /// <param name="average">The mean prediction at each of these.</param>
    /// <param name="individual">The prediction of single rows: rows × values; null for none.</param>
    /// <param name="prediction">What is predicted, with its unit (default "prediction").</param>
    /// <param name="mostLines">How many single rows are drawn at most, at least 1 (default 50); the subtitle says so.</param>
    /// <param name="seed">Other seeds draw other rows.</param>
    /// <exception cref="ArgumentException">There are no values, or the lists have different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mostLines"/> is below 1.</exception>
    public static Chart PartialDependence(
        string feature,
        IReadOnlyList<double> grid,
        IReadOnlyList<double> average,
        double[,]? individual = null,
        string prediction = "prediction",
        int mostLines = 50,
        ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return Dependences(feature, grid, names: null, average, individual, prediction, mostLines, seed);
    }

    /// <summary>The same of a feature that is a category.</summary>
    /// <param name="feature">The name of the feature.</param>
    /// <param name="categories">The categories that it is set to.</param>
    /// <param name="average">The mean prediction at each of these.</param>
    /// <param name="individual">The prediction of single rows: rows × categories; null for none.</param>
    /// <param name="prediction">What is predicted, with its unit (default "prediction").</param>
    /// <param name="mostLines">How many single rows are drawn at most, at least 1 (default 50); the subtitle says so.</param>
    /// <param name="seed">Other seeds draw other rows.</param>
    /// <exception cref="ArgumentException">There are no categories, or the lists have different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mostLines"/> is below 1.</exception>
    public static Chart PartialDependence(
        string feature,
        IReadOnlyList<string> categories,
        IReadOnlyList<double> average,
        double[,]? individual = null,
        string prediction = "prediction",
        int mostLines = 50,
        ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(categories);
        double[] grid = [.. Enumerable.Range(0, categories.Count).Select(i => (double)i)];
        return Dependences(feature, grid, Labels.Distinct(categories), average, individual, prediction, mostLines, seed);
    }

    /// <summary>What a model predicts on average when two features are set to each of some values, as colours.</summary>
    /// <param name="first">The name of the feature along the x axis, and the values that it is set to.</param>
    /// <param name="second">The same of the feature along the y axis.</param>
    /// <param name="average">The mean predictions: values of the first × values of the second.</param>
    /// <param name="prediction">What is predicted, with its unit (default "prediction").</param>
    /// <exception cref="ArgumentException">There are no values, or the lengths differ.</exception>
    public static Chart PartialDependence(
        (string Feature, IReadOnlyList<double> Grid) first,
        (string Feature, IReadOnlyList<double> Grid) second,
        double[,] average,
        string prediction = "prediction")
    {
        ArgumentNullException.ThrowIfNull(average);
        CheckLengths(first.Grid.Count, average.GetLength(0), nameof(average));
        CheckLengths(second.Grid.Count, average.GetLength(1), nameof(average));
        return new Chart(chart => Surface(chart, first, second, average, prediction))
        {
            Title = $"Partial dependence on {first.Feature} and {second.Feature}",
            Height = SquareSize,
            Width = SquareSize,
        };
    }

    private static Chart Dependences(
        string feature,
        IReadOnlyList<double> grid,
        IReadOnlyList<string>? names,
        IReadOnlyList<double> average,
        double[,]? individual,
        string prediction,
        int mostLines,
        ulong seed)
    {
        ArgumentNullException.ThrowIfNull(feature);
        ArgumentNullException.ThrowIfNull(average);
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostLines, 1);
        CheckLengths(grid.Count, average.Count, nameof(average));
        CheckLengths(grid.Count, individual?.GetLength(1) ?? grid.Count, nameof(individual));
        int count = individual?.GetLength(0) ?? 0;
        var background = new List<Line>();
        foreach (int row in Sample.Rows(count, mostLines, seed))
        {
            background.Add(new Line(string.Empty, grid, [.. Enumerable.Range(0, grid.Count).Select(i => individual![row, i])]));
        }

        var body = new LineChart([new Line("average", grid, average)])
        {
            XTitle = feature,
            YTitle = prediction,
            XNames = names,
            HasPoints = names is not null,
            Background = background,
        };
        return new Chart(body.Build)
        {
            Title = $"Partial dependence on {feature}",
            Subtitle = count == 0 ? null : Sample.Notes("the mean, and single rows in grey", Sample.Note(count, mostLines, "rows")),
        };
    }

    private static JsonObject Surface(
        Chart chart,
        (string Feature, IReadOnlyList<double> Grid) first,
        (string Feature, IReadOnlyList<double> Grid) second,
        double[,] average,
        string prediction)
    {
        IEnumerable<JsonObject> cells =
            from i in Enumerable.Range(0, first.Grid.Count)
            from j in Enumerable.Range(0, second.Grid.Count)
            select new JsonObject
            {
                ["x"] = Spec.Number(first.Grid[i]),
                ["y"] = Spec.Number(second.Grid[j]),
                ["x1"] = Spec.Number(Edge(first.Grid, i)),
                ["x2"] = Spec.Number(Edge(first.Grid, i + 1)),
                ["y1"] = Spec.Number(Edge(second.Grid, j)),
                ["y2"] = Spec.Number(Edge(second.Grid, j + 1)),
                ["value"] = Spec.Number(average[i, j]),
            };
        JsonObject Tight() => new() { ["zero"] = false, ["nice"] = false };
        JsonObject Colors() => Spec.Quantity("value", prediction)
            .With("scale", new JsonObject { ["scheme"] = "viridis", ["zero"] = false });
        return Spec.View(chart)
            .With("data", Spec.Data(cells))
            .With("mark", Spec.Mark("rect"))
            .With("encoding", new JsonObject
            {
                ["x"] = Spec.Quantity("x1", first.Feature).With("scale", Tight()),
                ["x2"] = Spec.Field("x2"),
                ["y"] = Spec.Quantity("y1", second.Feature).With("scale", Tight()),
                ["y2"] = Spec.Field("y2"),
                ["fill"] = Colors(),

                // Else light shines through between the cells.
                ["stroke"] = Colors().With("legend", null),
                ["tooltip"] = new JsonArray(
                    Spec.Tip("x", first.Feature, ".4~g"), Spec.Tip("y", second.Feature, ".4~g"), Spec.Tip("value", prediction, ".4~g")),
            });
    }

    /// <summary>The place midway between a value of the grid and the one before; at the ends the value itself.</summary>
    private static double Edge(IReadOnlyList<double> grid, int index) =>
        index == 0 ? grid[0] : index == grid.Count ? grid[^1] : (grid[index - 1] + grid[index]) / 2;
}
