using System.Globalization;
using System.Text.Json.Nodes;
using Ensembles.Explanation;

namespace Ensembles.Plots.Specs;

/// <summary>Bars from where the one below ends, the greatest at the top.</summary>
internal sealed class Waterfall
{
    private readonly List<(string Label, double From, double To)> _bars = [];
    private readonly string _unit;

    private Waterfall(string unit)
    {
        _unit = unit;
    }

    /// <summary>The number of bars.</summary>
    public int Count => _bars.Count;

    public static Waterfall Of(ShapValues values, int row, int output, int top)
    {
        double[] added = values.Row(row, output).ToArray();
        int[] order = [.. Enumerable.Range(0, added.Length).OrderByDescending(f => Math.Abs(added[f]))];
        int own = order.Length > top + 1 ? top : order.Length;
        var waterfall = new Waterfall(values.Scale == ExplainedScale.Score ? "score" : "prediction");
        double at = values.BaseValues[output];
        if (own < order.Length)
        {
            double others = order.Skip(own).Sum(f => added[f]);
            waterfall._bars.Add(($"{Spec.Whole(order.Length - own)} other features", at, at + others));
            at += others;
        }

        foreach (int f in order.Take(own).Reverse())
        {
            string cell = Cell.Text(values.Rows.Schema[f], values.Rows[row, f]);
            waterfall._bars.Add(($"{values.FeatureNames[f]} = {cell}", at, at + added[f]));
            at += added[f];
        }

        waterfall._bars.Reverse();
        return waterfall;
    }

    public JsonObject Build(Chart chart)
    {
        IReadOnlyList<string> labels = Labels.Distinct([.. _bars.Select(bar => bar.Label)]);
        double middle = (_bars.Min(bar => Math.Min(bar.From, bar.To)) + _bars.Max(bar => Math.Max(bar.From, bar.To))) / 2;
        IEnumerable<JsonObject> rows = _bars.Select((bar, i) => new JsonObject
        {
            ["feature"] = labels[i],
            ["from"] = Spec.Number(bar.From),
            ["to"] = Spec.Number(bar.To),
            ["added"] = Spec.Number(bar.To - bar.From),
            ["text"] = (bar.To < bar.From ? "−" : "+") + Math.Abs(bar.To - bar.From).ToString("G3", CultureInfo.InvariantCulture),
            ["up"] = bar.To >= bar.From,

            // The text stands on the side with room for it.
            ["left"] = Spec.Number(Math.Min(bar.From, bar.To)),
            ["right"] = Spec.Number(Math.Max(bar.From, bar.To)),
            ["early"] = (bar.From + bar.To) / 2 < middle,
        });
        JsonObject Ends(double at) => new()
        {
            ["data"] = Spec.Data([new JsonObject()]),
            ["mark"] = Spec.Mark("rule").With("strokeDash", new JsonArray(4, 4)).With("opacity", 0.6),
            ["encoding"] = new JsonObject { ["x"] = Spec.Datum(at) },
        };
        return Spec.View(chart).With("data", Spec.Data(rows)).With("layer", new JsonArray(
            Ends(_bars[^1].From),
            Ends(_bars[0].To),
            new JsonObject
            {
                ["mark"] = Spec.Mark("bar"),
                ["encoding"] = new JsonObject
                {
                    ["y"] = Spec.Name("feature"),
                    ["x"] = X("from"),
                    ["x2"] = Spec.Field("to"),
                    ["color"] = new JsonObject
                    {
                        ["field"] = "up",
                        ["type"] = "nominal",
                        ["scale"] = new JsonObject
                        {
                            ["domain"] = new JsonArray(true, false),
                            ["range"] = new JsonArray(Theme.Orange, Theme.Blue),
                        },
                        ["legend"] = Spec.LegendOnTop().With("labelExpr", "datum.value ? 'raises' : 'lowers'"),
                    },
                    ["tooltip"] = new JsonArray(
                        Spec.TipName("feature", "feature"),
                        Spec.Tip("added", "adds", "+.4~g"),
                        Spec.Tip("from", "from", ".4~g"),
                        Spec.Tip("to", "to", ".4~g")),
                },
            },
            Text("right", "datum.early", "left", 5),
            Text("left", "!datum.early", "right", -5)));
    }

    private JsonObject X(string field) => Spec.Quantity(field, _unit).With("scale", Spec.FreeScale());

    private JsonObject Text(string field, string filter, string align, int dx) => new()
    {
        ["transform"] = new JsonArray(new JsonObject { ["filter"] = filter }),
        ["mark"] = Spec.Mark("text").With("align", align).With("dx", dx).With("fontSize", 11),
        ["encoding"] = new JsonObject
        {
            ["y"] = Spec.Name("feature"),
            ["x"] = X(field),
            ["text"] = new JsonObject { ["field"] = "text", ["type"] = "nominal" },
        },
    };
}
