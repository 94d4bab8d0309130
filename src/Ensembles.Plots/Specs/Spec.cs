using System.Globalization;
using System.Text.Json.Nodes;

namespace Ensembles.Plots.Specs;

/// <summary>
/// Pieces of a specification. Names and texts of users only ever become values of data, titles and lists of a domain, which Vega takes as
/// they are; fields and expressions are our own.
/// </summary>
internal static class Spec
{
    /// <summary>A number in up to nine significant digits; null, which is not drawn, where it is not finite.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value)
        ? JsonValue.Create(double.Parse(value.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : null;

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    public static JsonArray Strings(IEnumerable<string> items) => Array(items.Select(item => (JsonNode?)item));

    /// <summary>Rows of data.</summary>
    public static JsonObject Data(IEnumerable<JsonObject> rows) => new() { ["values"] = Array(rows) };

    /// <summary>A channel of numbers.</summary>
    public static JsonObject Quantity(string field, string? title = null) =>
        new() { ["field"] = field, ["type"] = "quantitative", ["title"] = title };

    /// <summary>A channel of names, in the order of the data.</summary>
    public static JsonObject Name(string field, string? title = null) =>
        new() { ["field"] = field, ["type"] = "nominal", ["sort"] = null, ["title"] = title };

    /// <summary>A second channel of numbers, where a mark ends.</summary>
    public static JsonObject Field(string field) => new() { ["field"] = field };

    /// <summary>A constant of a channel, in units of the data.</summary>
    public static JsonObject Datum(double value) => new() { ["datum"] = Number(value) };

    /// <summary>A constant of a channel, in units of the screen.</summary>
    public static JsonObject Value(JsonNode value) => new() { ["value"] = value };

    /// <summary>A field with the format of its numbers, for a tooltip.</summary>
    public static JsonObject Tip(string field, string title, string format) =>
        new() { ["field"] = field, ["type"] = "quantitative", ["title"] = title, ["format"] = format };

    public static JsonObject TipName(string field, string title) => new() { ["field"] = field, ["type"] = "nominal", ["title"] = title };

    /// <summary>The object with one more property.</summary>
    public static JsonObject With(this JsonObject target, string name, JsonNode? value)
    {
        target[name] = value;
        return target;
    }

    /// <summary>A scale that need not begin at 0.</summary>
    public static JsonObject FreeScale() => new() { ["zero"] = false, ["nice"] = true };

    /// <summary>A scale from one number to another.</summary>
    public static JsonObject Domain(double first, double last) =>
        new() { ["domain"] = new JsonArray(Number(first), Number(last)), ["nice"] = false };

    public static JsonObject Mark(string type) => new() { ["type"] = type };

    /// <summary>A legend above the data, without a title.</summary>
    public static JsonObject LegendOnTop() => new() { ["orient"] = "top", ["direction"] = "horizontal", ["title"] = null };

    /// <summary>A chart of one view.</summary>
    public static JsonObject View(Chart chart) => new() { ["width"] = chart.Width, ["height"] = chart.Height };

    /// <summary>A whole number in words that every culture writes alike.</summary>
    public static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number in so many significant digits, with the minus sign that axes have.</summary>
    public static string Text(double value, int digits = 4) =>
        value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '\u2212');
}
