namespace Ensembles.Plots.Html;

/// <summary>A script that draws.</summary>
/// <param name="Package">Its package in npm.</param>
/// <param name="Version">The version of the package.</param>
/// <param name="Path">The file within the package.</param>
/// <param name="Integrity">Its checksum (W3C: <i>Subresource Integrity</i>).</param>
internal sealed record ScriptFile(string Package, string Version, string Path, string Integrity)
{
    /// <summary>What draws a specification of Vega-Lite, in the order in which it must be loaded.</summary>
    public static IReadOnlyList<ScriptFile> VegaLite { get; } =
    [
        new("vega", "5.33.1", "build/vega.min.js", "sha384-NMXhl2TbCXxcN7o4ROC56Funm78m4AylL8gMg/7Kn4YU+wrm23K9l7cY8lDRXQ9d"),
        new("vega-lite", "5.23.0", "build/vega-lite.min.js", "sha384-D9LYH0esGjcxQJsBuxOuXtCDJGXRWW1+KhluzWPqi0rLJmiR/ygPChefaD+rFFDQ"),
        new("vega-embed", "6.29.0", "build/vega-embed.min.js", "sha384-M+Ax7e/WFJpxSOF09HzI+Sj4wg9ottVd/uxmV2ItGGh02fLH28t2FAOJx3TJBap5"),
    ];

    /// <summary>What draws the DOT language.</summary>
    public static IReadOnlyList<ScriptFile> Graphviz { get; } =
        [new("@viz-js/viz", "3.31.0", "dist/viz-global.js", "sha384-iX6VK6ib27dxYB4T470zbHOsDDoLewuYvrIgv2B3XXe8kgfKsGMf8QIleFy6VPi4")];
}
