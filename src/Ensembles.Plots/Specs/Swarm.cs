using System.Text.Json.Nodes;
using Ensembles.Data;
using Ensembles.Explanation;

namespace Ensembles.Plots.Specs;

/// <summary>SHAP values of many rows: points beside each other where they would lie on one another.</summary>
internal static class Swarm
{
    // Places along the axis: points of one place are stacked about the middle.
    private const int Places = 120;

    // The colours go from one of these quantiles of a feature to the other, so that a far value does not take them all.
    private const double Low = 0.05;
    private const double High = 0.95;

    public static JsonObject Build(Chart chart, ShapValues values, int output, int[] features, int[] rows)
    {
        double[] shown = [.. features.SelectMany(f => rows.Select(row => values[row, f, output]))];
        double least = shown.Min();
        double width = Math.Max((shown.Max() - least) / Places, double.Epsilon);
        IReadOnlyList<string> names = Labels.Distinct(values.FeatureNames);
        var points = new List<JsonObject>();
        foreach (int f in features)
        {
            Feature feature = values.Rows.Schema[f];
            double[] cells = [.. rows.Select(row => values.Rows[row, f])];
            double[] added = [.. rows.Select(row => values[row, f, output])];
            double[] colors = Colors(feature, cells);
            double[] offsets = Offsets([.. added.Select(value => (int)((value - least) / width))]);
            for (int i = 0; i < rows.Length; i++)
            {
                points.Add(new JsonObject
                {
                    ["feature"] = names[f],
                    ["shap"] = Spec.Number(added[i]),
                    ["value"] = Cell.Text(feature, cells[i]),
                    ["color"] = Spec.Number(colors[i]),
                    ["offset"] = Spec.Number(offsets[i]),
                    ["row"] = rows[i],
                });
            }
        }

        var layers = new JsonArray(
            new JsonObject
            {
                ["mark"] = Spec.Mark("rule").With("opacity", 0.5),
                ["data"] = Spec.Data([new JsonObject()]),
                ["encoding"] = new JsonObject { ["x"] = Spec.Datum(0) },
            });

        // A scale of colours takes what has none as a low value, so that grey points are a layer of their own.
        if (points.Any(point => point["color"] is null))
        {
            layers.Add((JsonNode)Points("!isValid(datum.color)", Spec.Value(Theme.Grey)));
        }

        if (points.Any(point => point["color"] is not null))
        {
            layers.Add((JsonNode)Points("isValid(datum.color)", Color()));
        }

        return Spec.View(chart).With("data", Spec.Data(points)).With("layer", layers);

        // Each layer knows its own features only, so that it is told the order of all.
        JsonObject Points(string which, JsonObject color) => new()
        {
            ["transform"] = new JsonArray(new JsonObject { ["filter"] = which }),
            ["mark"] = Spec.Mark("circle").With("size", 16).With("opacity", 0.85).With("aria", false),
            ["encoding"] = new JsonObject
            {
                ["y"] = Spec.Name("feature")
                    .With("scale", new JsonObject { ["domain"] = Spec.Strings(features.Select(f => names[f])) }),
                ["yOffset"] = new JsonObject
                {
                    ["field"] = "offset",
                    ["type"] = "quantitative",
                    ["scale"] = new JsonObject { ["domain"] = new JsonArray(-1.15, 1.15) },
                },
                ["x"] = Spec.Quantity("shap", $"SHAP value: what the feature adds{Unit(values)}"),
                ["color"] = color,
                ["tooltip"] = new JsonArray(
                    Spec.TipName("feature", "feature"),
                    Spec.TipName("value", "value"),
                    Spec.Tip("shap", "SHAP value", "+.4~g"),
                    Spec.Tip("row", "row", "d")),
            },
        };
    }

    /// <summary>From low to high values; categories and what is missing have no such colour.</summary>
    private static JsonObject Color() => new()
    {
        ["field"] = "color",
        ["type"] = "quantitative",
        ["scale"] = Theme.LowToHigh().With("domain", new JsonArray(0, 1)),
        ["legend"] = new JsonObject
        {
            ["title"] = "value of the feature",
            ["values"] = new JsonArray(0, 1),
            ["labelExpr"] = "datum.value < 0.5 ? 'low' : 'high'",
            ["gradientLength"] = 120,
        },
    };

    private static string Unit(ShapValues values) => values.Scale == ExplainedScale.Score ? " to the score" : " to the prediction";

    /// <summary>Where each value lies between low and high ones; NaN, which has no colour, of categories and where missing.</summary>
    private static double[] Colors(Feature feature, double[] cells)
    {
        double[] sorted = [.. cells.Where(double.IsFinite).Order()];
        if (feature.IsCategorical || sorted.Length == 0)
        {
            return [.. cells.Select(_ => double.NaN)];
        }

        double low = sorted[(int)(Low * (sorted.Length - 1))];
        double high = sorted[(int)(High * (sorted.Length - 1))];
        if (!(high > low))
        {
            low = sorted[0];
            high = sorted[^1];
        }

        return [.. cells.Select(cell => high > low ? Math.Clamp((cell - low) / (high - low), 0, 1) : 0.5 + (0 * cell))];
    }

    /// <summary>
    /// −1 to 1: the points of a place stand about the middle, the farther out the more there are, in the most crowded place to the rim.
    /// </summary>
    private static double[] Offsets(int[] places)
    {
        var counts = new Dictionary<int, int>();
        var ranks = new int[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            ranks[i] = counts.GetValueOrDefault(places[i]);
            counts[places[i]] = ranks[i] + 1;
        }

        // Few points lie near the middle, not at the rim.
        const int fullPlace = 12;
        double rim = Math.Max(counts.Values.Max(), fullPlace) / 2.0;
        return [.. ranks.Select(rank => (rank % 2 == 0 ? 1 : -1) * ((rank + 1) / 2) / rim)];
    }
}
