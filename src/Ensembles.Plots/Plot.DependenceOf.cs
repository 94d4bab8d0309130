using System.Text.Json.Nodes;
using Ensembles.Explanation;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    /// <summary>
    /// The partial dependence of a model as it was computed: a line over the values of one feature, with single rows behind it where their
    /// curves were kept, or colours over those of two.
    /// </summary>
    /// <param name="dependence">The dependence.</param>
    /// <param name="output">The output, from 0; null for the second of two classes, else for the first.</param>
    /// <param name="prediction">What is predicted, with its unit; null for what the dependence says of itself.</param>
    /// <param name="mostLines">How many single rows are drawn at most, at least 1 (default 50); the subtitle says so.</param>
    /// <param name="seed">Other seeds draw other rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output, or <paramref name="mostLines"/> is below 1.</exception>
    public static Chart PartialDependence(
        PartialDependence dependence, int? output = null, string? prediction = null, int mostLines = 50, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dependence);
        int shown = output ?? (dependence.OutputNames.Count == 2 ? 1 : 0);
        double[] average = dependence.Values(shown);
        string said = prediction ?? Said(dependence, shown);
        if (dependence.FeatureNames.Count == 2)
        {
            return dependence.IsCategorical(0) || dependence.IsCategorical(1)
                ? NamedSurface(dependence, average, said)
                : PartialDependence(
                    (dependence.FeatureNames[0], dependence.Grid(0)),
                    (dependence.FeatureNames[1], dependence.Grid(1)),
                    dependence.Matrix(shown),
                    said);
        }

        double[,]? individual = Individual(dependence, shown);
        return dependence.IsCategorical()
            ? PartialDependence(dependence.FeatureNames[0], dependence.Labels(), average, individual, said, mostLines, seed)
            : PartialDependence(dependence.FeatureNames[0], dependence.Grid(), average, individual, said, mostLines, seed);
    }

    private static string Said(PartialDependence dependence, int output)
    {
        string of = dependence.OutputNames is ["value"] ? string.Empty : $" of {dependence.OutputNames[output]}";
        string what = dependence.Scale == ExplainedScale.Score ? "score" : of.Length == 0 ? "prediction" : "probability";
        return $"mean {what}{of}";
    }

    /// <summary>The curves of single rows; null where none were kept.</summary>
    private static double[,]? Individual(PartialDependence dependence, int output)
    {
        if (dependence.RowCount == 0)
        {
            return null;
        }

        var curves = new double[dependence.RowCount, dependence.Grid().Count];
        for (int row = 0; row < dependence.RowCount; row++)
        {
            double[] curve = dependence.Individual(row, output);
            Buffer.BlockCopy(curve, 0, curves, row * curve.Length * sizeof(double), curve.Length * sizeof(double));
        }

        return curves;
    }

    /// <summary>A cell for each pair of values, of which those of one feature at least are names.</summary>
    private static Chart NamedSurface(PartialDependence dependence, double[] average, string prediction)
    {
        IReadOnlyList<string> first = Labels.Distinct(dependence.Labels(0));
        IReadOnlyList<string> second = Labels.Distinct(dependence.Labels(1));
        return new Chart(chart => NamedCells(chart, dependence.FeatureNames, first, second, average, prediction))
        {
            Title = $"Partial dependence on {dependence.FeatureNames[0]} and {dependence.FeatureNames[1]}",
            Height = SquareSize,
            Width = SquareSize,
        };
    }

    private static JsonObject NamedCells(
        Chart chart,
        IReadOnlyList<string> features,
        IReadOnlyList<string> first,
        IReadOnlyList<string> second,
        double[] average,
        string prediction)
    {
        IEnumerable<JsonObject> cells =
            from i in Enumerable.Range(0, first.Count)
            from j in Enumerable.Range(0, second.Count)
            select new JsonObject
            {
                ["x"] = first[i],
                ["y"] = second[j],
                ["value"] = Spec.Number(average[(i * second.Count) + j]),
            };
        return Spec.View(chart)
            .With("data", Spec.Data(cells))
            .With("mark", Spec.Mark("rect"))
            .With("encoding", new JsonObject
            {
                ["x"] = Spec.Name("x", features[0]),

                // As on an axis of numbers, the first value is the lowest.
                ["y"] = Spec.Name("y", features[1]).With("sort", Spec.Strings(second.Reverse())),
                ["color"] = Spec.Quantity("value", prediction).With("scale", new JsonObject { ["scheme"] = "viridis", ["zero"] = false }),
                ["tooltip"] = new JsonArray(
                    Spec.TipName("x", features[0]), Spec.TipName("y", features[1]), Spec.Tip("value", prediction, ".4~g")),
            });
    }
}
