using System.Text.Json.Nodes;
using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Plots.Specs;

/// <summary>SHAP values of a feature by its value.</summary>
internal static class Dependence
{
    public static JsonObject Build(Chart chart, FeatureTable table, int[] rows, double[] added, int column, int? color)
    {
        Feature feature = table.Schema[column];
        Feature? other = color is int c ? table.Schema[c] : null;
        IEnumerable<JsonObject> points = rows.Select((row, i) =>
        {
            var point = new JsonObject
            {
                ["x"] = feature.IsCategorical ? Cell.Text(feature, table[row, column]) : Spec.Number(table[row, column]),
                ["y"] = Spec.Number(added[i]),
                ["row"] = row,
            };
            if (feature.IsCategorical)
            {
                point["spread"] = Spec.Number(KeyedRandom.ToUnitDouble(KeyedRandom.Mix(0, (ulong)row)));
            }

            if (other is not null)
            {
                double cell = table[row, color!.Value];
                point["color"] = other.IsCategorical ? Cell.Text(other, cell) : Spec.Number(cell);
            }

            return point;
        });
        JsonObject mark = Spec.Mark("circle").With("size", 22).With("opacity", 0.7).With("aria", false);
        var tooltip = new JsonArray(
            feature.IsCategorical ? Spec.TipName("x", feature.Name) : Spec.Tip("x", feature.Name, ".6~g"),
            Spec.Tip("y", "SHAP value", "+.4~g"),
            Spec.Tip("row", "row", "d"));
        var encoding = new JsonObject
        {
            ["x"] = feature.IsCategorical
                ? Spec.Name("x", feature.Name).With("axis", new JsonObject { ["labelAngle"] = feature.Categories.Count > 6 ? -40 : 0 })
                : Spec.Quantity("x", feature.Name).With("scale", Spec.FreeScale()),
            ["y"] = Spec.Quantity("y", "SHAP value").With("scale", Spec.FreeScale()),
        };
        if (feature.IsCategorical)
        {
            encoding["xOffset"] = new JsonObject
            {
                ["field"] = "spread",
                ["type"] = "quantitative",
                ["scale"] = new JsonObject { ["domain"] = new JsonArray(-0.5, 1.5) },
            };
        }

        if (other is null)
        {
            mark["color"] = Theme.Blue;
        }
        else
        {
            encoding["color"] = new JsonObject
            {
                ["field"] = "color",
                ["type"] = other.IsCategorical ? "nominal" : "quantitative",
                ["title"] = other.Name,
                ["scale"] = other.IsCategorical ? new JsonObject() : Theme.LowToHigh().With("zero", false),
            };
            tooltip.Add((JsonNode)(other.IsCategorical ? Spec.TipName("color", other.Name) : Spec.Tip("color", other.Name, ".6~g")));
        }

        encoding["tooltip"] = tooltip;
        return Spec.View(chart).With("data", Spec.Data(points)).With("layer", new JsonArray(
            new JsonObject
            {
                ["data"] = Spec.Data([new JsonObject()]),
                ["mark"] = Spec.Mark("rule").With("opacity", 0.5),
                ["encoding"] = new JsonObject { ["y"] = Spec.Datum(0) },
            },
            new JsonObject { ["mark"] = mark, ["encoding"] = encoding }));
    }
}
