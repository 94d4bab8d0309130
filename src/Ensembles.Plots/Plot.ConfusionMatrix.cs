using System.Text.Json.Nodes;
using Ensembles.Metrics;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    // With more classes the cells are too small for numbers.
    private const int MaxClassesWithText = 26;

    // From this share on white is easier to read on the blue of a cell than the dark colour of text.
    private const string IsDark = "datum.share > 0.85";

    private const int MaxCell = 72;
    private const int LargestMatrix = 560;

    /// <summary>How many rows of each class were given each class; the fuller a cell, the larger its share of its class.</summary>
    /// <param name="matrix">The matrix.</param>
    public static Chart ConfusionMatrix(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int size = matrix.ClassCount * Math.Min(MaxCell, Math.Max(1, LargestMatrix / matrix.ClassCount));
        return new Chart(chart => Cells(chart, matrix))
        {
            Title = "Confusion matrix",
            Subtitle = $"rows by class; accuracy {Spec.Text(matrix.Accuracy, 3)}",
            Width = size,
            Height = size,
        };
    }

    private static JsonObject Cells(Chart chart, ConfusionMatrix matrix)
    {
        IReadOnlyList<string> names = Labels.Distinct(matrix.ClassNames);
        IEnumerable<JsonObject> rows =
            from actual in Enumerable.Range(0, matrix.ClassCount)
            from predicted in Enumerable.Range(0, matrix.ClassCount)
            let total = matrix.ActualTotal(actual)
            select new JsonObject
            {
                ["actual"] = names[actual],
                ["predicted"] = names[predicted],
                ["rows"] = Spec.Number(matrix[actual, predicted]),
                ["share"] = Spec.Number(total > 0 ? matrix[actual, predicted] / total : 0),
            };
        var cells = new JsonObject
        {
            ["mark"] = Spec.Mark("rect"),
            ["encoding"] = new JsonObject
            {
                ["color"] = new JsonObject
                {
                    ["field"] = "share",
                    ["type"] = "quantitative",
                    ["scale"] = new JsonObject { ["domain"] = new JsonArray(0, 1), ["range"] = new JsonArray("#F4F8FB", Theme.Blue) },
                    ["legend"] = new JsonObject { ["title"] = "share of the class", ["format"] = ".0%", ["tickCount"] = 3 },
                },
                ["tooltip"] = new JsonArray(
                    Spec.TipName("actual", "actual"),
                    Spec.TipName("predicted", "predicted"),
                    Spec.Tip("rows", "rows", ",.6~g"),
                    Spec.Tip("share", "share of the class", ".1%")),
            },
        };
        var layers = new JsonArray(cells);
        if (matrix.ClassCount <= MaxClassesWithText)
        {
            layers.Add((JsonNode)new JsonObject
            {
                ["mark"] = Spec.Mark("text").With("fontSize", matrix.ClassCount > 10 ? 10 : 13),
                ["encoding"] = new JsonObject
                {
                    ["text"] = new JsonObject { ["field"] = "rows", ["type"] = "quantitative", ["format"] = ",.6~g" },
                    ["color"] = new JsonObject
                    {
                        ["condition"] = new JsonObject { ["test"] = IsDark, ["value"] = "#FFFFFF" },
                        ["value"] = "#1F2328",
                    },
                },
            });
        }

        return Spec.View(chart)
            .With("data", Spec.Data(rows))
            .With("encoding", new JsonObject
            {
                ["x"] = Spec.Name("predicted", "predicted")
                    .With("axis", new JsonObject { ["labelAngle"] = matrix.ClassCount > 6 ? -40 : 0 }),
                ["y"] = Spec.Name("actual", "actual"),
            })
            .With("layer", layers);
    }
}
