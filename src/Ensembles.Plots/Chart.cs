using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Ensembles.Plots.Html;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

/// <summary>
/// A chart, written down in the grammar of Vega-Lite 5 (A. Satyanarayan, D. Moritz, K. Wongsuphasawat, J. Heer: <i>Vega-Lite: A Grammar of
/// Interactive Graphics</i>, 2017). <see cref="Plot"/> makes them; <c>with</c> gives one another title or size. Charts are equal when their
/// specifications are.
/// </summary>
public sealed record Chart : Figure
{
    private const int MaxSize = 10_000;

    private readonly Func<Chart, JsonObject> _body;
    private readonly int _width = 560;
    private readonly int _height = 320;

    /// <param name="body">Gives the specification without what all charts have: the schema, the title and the theme.</param>
    internal Chart(Func<Chart, JsonObject> body)
    {
        _body = body;
    }

    /// <summary>The width of the area that data are drawn in, in pixels, 1 to 10,000 (default 560); axes and titles come on top.</summary>
    public int Width
    {
        get => _width;
        init => _width = CheckSize(value);
    }

    /// <summary>The height of the area that data are drawn in, in pixels, 1 to 10,000 (default 320, or by the number of bars).</summary>
    public int Height
    {
        get => _height;
        init => _height = CheckSize(value);
    }

    internal override IReadOnlyList<ScriptFile> Libraries => ScriptFile.VegaLite;

    internal override string Content => ToVegaLite();

    // The text of the page gives the colour, which SVG can take and a canvas cannot.
    internal override string DrawScript =>
        "return vegaEmbed(element, content, {mode: \"vega-lite\", renderer: \"svg\", "
        + "actions: {export: true, source: false, compiled: false, editor: false}});";

    private protected override string OwnExtensions => ".vl.json or .json";

    /// <summary>The specification, JSON in ASCII: the same chart gives the same bytes. Numbers have up to nine digits.</summary>
    public string ToVegaLite() => Build().ToJsonString();

    /// <summary>Whether the other chart has the same specification.</summary>
    /// <param name="other">The other chart.</param>
    public bool Equals(Chart? other) =>
        other is not null && string.Equals(ToVegaLite(), other.ToVegaLite(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToVegaLite());

    /// <summary>The title and the size.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"chart '{Title}', {Width} × {Height}: ToHtml() shows it, ToVegaLite() is its text");

    private protected override string? ToText(string path) => EndsWith(path, ".json") ? ToVegaLite() : null;

    private static int CheckSize(int value, [CallerMemberName] string name = "") =>
        value is >= 1 and <= MaxSize
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 1 to 10,000 pixels.");

    private JsonObject Build()
    {
        var spec = new JsonObject { ["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json" };
        string description = string.Join(": ", new[] { Title, Subtitle }.Where(text => !string.IsNullOrEmpty(text)));
        if (description.Length > 0)
        {
            spec["description"] = description;
        }

        if (Title.Length > 0 || !string.IsNullOrEmpty(Subtitle))
        {
            var title = new JsonObject { ["text"] = Title };
            if (!string.IsNullOrEmpty(Subtitle))
            {
                title["subtitle"] = Subtitle;
            }

            spec["title"] = title;
        }

        foreach ((string name, JsonNode? value) in _body(this).ToArray())
        {
            spec[name] = value?.DeepClone();
        }

        spec["config"] = Theme.Config();
        return spec;
    }
}
