using System.Text.Json.Nodes;
using Ensembles.Plots;
using Ensembles.Plots.Specs;

namespace Ensembles.Peers.Performance;

/// <summary>
/// How the library stands, drawn: for each kind of work a bar from the least ratio to the greatest, and a point at the median.
/// </summary>
internal static class StandingChart
{
    private const int LineHeight = 30;

    public static Chart Draw(IReadOnlyList<Standing.Kind> kinds) => new(chart => Body(chart, kinds))
    {
        Title = "How many times our time others take",
        Subtitle = "least to greatest of all comparisons, a point at the median; left of the line ours is the slower",
        Height = LineHeight * kinds.Count,
    };

    private static JsonObject Body(Chart chart, IReadOnlyList<Standing.Kind> kinds) => Spec.View(chart)
        .With("data", Spec.Data(kinds.Select(kind => new JsonObject
        {
            ["kind"] = kind.Name,
            ["least"] = Spec.Number(kind.Least),
            ["median"] = Spec.Number(kind.Median),
            ["most"] = Spec.Number(kind.Greatest),
            ["count"] = kind.Ratios.Length,
        })))
        .With("layer", new JsonArray(
            new JsonObject
            {
                ["mark"] = Spec.Mark("bar").With("color", Theme.SkyBlue).With("opacity", 0.6).With("height", LineHeight / 3),
                ["encoding"] = Encoding("least").With("x2", Spec.Field("most")).With("tooltip", Tips()),
            },
            new JsonObject
            {
                ["mark"] = Spec.Mark("point").With("filled", true).With("size", 80).With("color", Theme.Text).With("opacity", 1),
                ["encoding"] = Encoding("median").With("tooltip", Tips()),
            },
            new JsonObject
            {
                ["data"] = Spec.Data([new JsonObject()]),
                ["mark"] = Spec.Mark("rule").With("color", Theme.Vermillion).With("strokeWidth", 2),
                ["encoding"] = new JsonObject { ["x"] = Spec.Datum(1) },
            }));

    private static JsonObject Encoding(string field) => new()
    {
        ["y"] = Spec.Name("kind"),
        ["x"] = Spec.Quantity(field, "times our time").With("scale", new JsonObject { ["type"] = "log" }),
    };

    private static JsonArray Tips() => new(
        Spec.TipName("kind", "work"),
        Spec.Tip("count", "comparisons", ",d"),
        Spec.Tip("least", "least", ".3~g"),
        Spec.Tip("median", "median", ".3~g"),
        Spec.Tip("most", "greatest", ".3~g"));
}
