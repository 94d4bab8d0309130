using System.Text.Json.Nodes;
using Ensembles.Plots;

namespace Ensembles.Tests.Plots;

/// <summary>A specification as tests look at it.</summary>
internal static class Specification
{
    public static JsonObject Of(Chart chart) => JsonNode.Parse(chart.ToVegaLite())!.AsObject();

    /// <summary>The rows of the data of a chart, or of one of its layers.</summary>
    public static JsonObject[] Rows(JsonNode view) => [.. view["data"]!["values"]!.AsArray().Select(row => row!.AsObject())];

    public static double[] Numbers(IEnumerable<JsonObject> rows, string field) => [.. rows.Select(row => (double)row[field]!)];

    public static string[] Texts(IEnumerable<JsonObject> rows, string field) => [.. rows.Select(row => (string)row[field]!)];

    /// <summary>The layers that are drawn with a mark.</summary>
    public static JsonObject[] Layers(JsonNode view, string mark) =>
        [.. view["layer"]!.AsArray().Select(layer => layer!.AsObject())
            .Where(layer => string.Equals(MarkOf(layer), mark, StringComparison.Ordinal))];

    private static string MarkOf(JsonObject layer) => layer["mark"] is JsonObject mark ? (string)mark["type"]! : (string)layer["mark"]!;
}
