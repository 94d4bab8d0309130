using Ensembles.Plots.Html;

namespace Ensembles.Plots;

/// <summary>
/// Where HTML loads from what draws its pictures: Vega, Vega-Lite and Vega-Embed for charts, Viz.js (Graphviz) for trees.
/// </summary>
public sealed class ChartScripts
{
    private readonly string? _folder;

    private ChartScripts(string? folder)
    {
        _folder = folder;
    }

    /// <summary>
    /// From the public jsDelivr network, in versions that are written into the HTML with their checksums, so that nothing else can come.
    /// </summary>
    public static ChartScripts JsDelivr { get; } = new("https://cdn.jsdelivr.net/npm/");

    /// <summary>From nowhere: the page around has them already, as <c>vegaEmbed</c> and <c>Viz</c>.</summary>
    public static ChartScripts None { get; } = new(folder: null);

    /// <summary>
    /// From a place of one's own, without the internet: a folder or an address that is laid out as npm's <c>node_modules</c>.
    /// </summary>
    /// <param name="folder">
    /// An address such as <c>/scripts/</c>, <c>https://example.org/js/</c> or <c>file:///home/me/node_modules/</c>, to which
    /// <c>vega/build/vega.min.js</c>, <c>vega-lite/build/vega-lite.min.js</c>, <c>vega-embed/build/vega-embed.min.js</c> and
    /// <c>@viz-js/viz/dist/viz-global.js</c> are appended.
    /// </param>
    public static ChartScripts At(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return new ChartScripts(folder.EndsWith('/') ? folder : folder + "/");
    }

    /// <summary>The addresses of files and, where the versions are ours, their checksums.</summary>
    internal IEnumerable<(string Address, string? Integrity)> Of(IReadOnlyList<ScriptFile> files)
    {
        if (_folder is null)
        {
            return [];
        }

        return this == JsDelivr
            ? files.Select(file => ($"{_folder}{file.Package}@{file.Version}/{file.Path}", (string?)file.Integrity))
            : files.Select(file => ($"{_folder}{file.Package}/{file.Path}", (string?)null));
    }
}
