using System.Text.Json.Nodes;

namespace Ensembles.Plots.Specs;

/// <summary>What all charts look like.</summary>
internal static class Theme
{
    // M. Okabe, K. Ito: Color Universal Design, 2008. Without black, which is the colour of the text, and with yellow last, which is hard
    // to see on white.
    public const string Blue = "#0072B2";
    public const string Orange = "#E69F00";
    public const string Green = "#009E73";
    public const string Vermillion = "#D55E00";
    public const string SkyBlue = "#56B4E9";
    public const string Purple = "#CC79A7";
    public const string Grey = "#999999";
    public const string Yellow = "#F0E442";

    /// <summary>The colour of text: that of the page around.</summary>
    public const string Text = "currentColor";

    private const double GridOpacity = 0.15;

    /// <summary>The colours of series, in their order.</summary>
    public static IReadOnlyList<string> Categories { get; } = [Blue, Orange, Green, Vermillion, SkyBlue, Purple, Grey, Yellow];

    /// <summary>A scale of colours from low to high.</summary>
    public static JsonObject LowToHigh() => new() { ["range"] = new JsonArray(Blue, "#8C8C9C", Orange), ["interpolate"] = "rgb" };

    public static JsonObject Config() => new()
    {
        ["font"] = "system-ui, \"Segoe UI\", \"Liberation Sans\", sans-serif",
        ["background"] = "transparent",
        ["view"] = new JsonObject { ["stroke"] = null },
        ["title"] = new JsonObject
        {
            ["anchor"] = "start",
            ["frame"] = "group",
            ["color"] = Text,
            ["subtitleColor"] = Text,
            ["fontSize"] = 15,
            ["subtitleFontSize"] = 12,
            ["subtitlePadding"] = 4,
            ["offset"] = 12,
        },
        ["axis"] = new JsonObject
        {
            ["labelColor"] = Text,
            ["titleColor"] = Text,
            ["domainColor"] = Text,
            ["tickColor"] = Text,
            ["gridColor"] = Text,
            ["domainOpacity"] = 0.5,
            ["tickOpacity"] = 0.5,
            ["gridOpacity"] = GridOpacity,
            ["labelFontSize"] = 12,
            ["titleFontSize"] = 12,
            ["titleFontWeight"] = "normal",
            ["titlePadding"] = 8,
            ["labelLimit"] = 240,
        },
        ["axisQuantitative"] = new JsonObject { ["labelFlush"] = false },
        ["axisXQuantitative"] = new JsonObject { ["tickCount"] = 8 },
        ["legend"] = new JsonObject
        {
            ["labelColor"] = Text,
            ["titleColor"] = Text,
            ["labelFontSize"] = 12,
            ["titleFontSize"] = 12,
            ["titleFontWeight"] = "normal",
            ["labelLimit"] = 240,
            ["symbolOpacity"] = 1,
        },
        ["header"] = new JsonObject
        {
            ["labelColor"] = Text,
            ["titleColor"] = Text,
            ["labelFontSize"] = 12,
            ["labelFontWeight"] = "bold",
        },
        ["text"] = new JsonObject { ["color"] = Text, ["fontSize"] = 12 },
        ["rule"] = new JsonObject { ["color"] = Text },
        ["range"] = new JsonObject { ["category"] = Spec.Strings(Categories) },
    };
}
