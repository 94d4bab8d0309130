using System.Net;
using System.Text.Json.Nodes;
using Ensembles.Plots.Html;
using Ensembles.Trees;

namespace Ensembles.Plots;

/// <summary>The drawing of a single tree, laid out by Graphviz in the browser. <see cref="Plot.Tree"/> makes it.</summary>
public sealed record TreeDiagram : Figure
{
    private readonly ITreeModel _model;
    private readonly TreeExportOptions _options;

    internal TreeDiagram(ITreeModel model, TreeExportOptions options)
    {
        _model = model;
        _options = options;
    }

    internal override IReadOnlyList<ScriptFile> Libraries => ScriptFile.Graphviz;

    internal override string Content => new JsonObject
    {
        ["title"] = Title,
        ["subtitle"] = Subtitle,
        ["dot"] = _model.ToDot(_options),
    }.ToJsonString();

    // Graphviz knows no colour that follows the page: what it draws in black takes the colour of the text.
    internal override string DrawScript =>
        """
        const add = (text, style) => {
              if (!text) { return; }
              const line = document.createElement("div");
              line.textContent = text;
              line.style.cssText = style;
              element.append(line);
            };
            return Viz.instance().then(viz => {
              const svg = viz.renderSVGElement(content.dot);
              svg.querySelectorAll("text").forEach(node => node.setAttribute("fill", "currentColor"));
              svg.querySelectorAll("[stroke=black]").forEach(node => node.setAttribute("stroke", "currentColor"));
              svg.querySelectorAll("[fill=black]").forEach(node => node.setAttribute("fill", "currentColor"));
              svg.querySelectorAll("[fill=white]").forEach(node => node.setAttribute("fill", "none"));
              svg.style.maxWidth = "100%";
              svg.style.height = "auto";
              add(content.title, "font: bold 15px system-ui, sans-serif");
              add(content.subtitle, "font: 12px system-ui, sans-serif");
              element.append(svg);
            });
        """;

    private protected override string OwnExtensions => ".dot, .gv or .mmd";

    /// <summary>The tree in the language of Graphviz, with its title above it.</summary>
    public string ToDot()
    {
        string[] lines =
        [
            .. Title.Length > 0 ? [$"<font point-size=\"18\"><b>{WebUtility.HtmlEncode(Title)}</b></font>"] : Array.Empty<string>(),
            .. Subtitle is { Length: > 0 } ? [WebUtility.HtmlEncode(Subtitle)] : Array.Empty<string>(),
        ];
        string dot = _model.ToDot(_options);
        if (lines.Length == 0)
        {
            return dot;
        }

        int body = dot.IndexOf('\n', StringComparison.Ordinal) + 1;
        string label = string.Concat(lines.Select(line => line + "<br align=\"left\"/>"));
        return dot.Insert(body, $"    graph [label=<{label}>, labelloc=t, labeljust=l, fontname=\"Helvetica\"];\n");
    }

    /// <summary>The tree as a Mermaid flowchart, which Markdown viewers draw.</summary>
    public string ToMermaid() => _model.ToMermaid(_options);

    /// <summary>Whether the other diagram draws the same tree in the same way.</summary>
    /// <param name="other">The other diagram.</param>
    public bool Equals(TreeDiagram? other) => other is not null && string.Equals(Content, other.Content, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Content);

    /// <summary>The tree as indented text.</summary>
    public override string ToString() => _model.ToText(_options);

    private protected override string? ToText(string path) =>
        EndsWith(path, ".dot") || EndsWith(path, ".gv") ? ToDot() : EndsWith(path, ".mmd") ? ToMermaid() : null;
}
