using System.Globalization;
using System.Text;

namespace Ensembles.Trees.Export;

/// <summary>A tree in the DOT language of Graphviz.</summary>
internal static class DotExport
{
    // One of those whose letters Graphviz knows the widths of, so that it makes room for them.
    private const string Font = "Helvetica";

    public static string Write(ITreeModel model, TreeExportOptions options)
    {
        var text = new StringBuilder("digraph tree {\n");
        text.Append(FormattableString.Invariant($"    node [shape=box, style=rounded, fontname=\"{Font}\", margin=\"0.15,0.08\"];\n"));
        text.Append(FormattableString.Invariant($"    edge [fontname=\"{Font}\"];\n"));
        NodeFill? fill = options.FillColors.Count > 0 ? new NodeFill(model, options.FillColors) : null;
        foreach (NodeVisit visit in TreeWalk.Of(model.Tree, options.MaxDepth))
        {
            string label = string.Join("\\n", NodeLines.Of(model, visit, options).Select(Escape));
            string? color = fill?.Of(visit.Node);
            string style = Style(visit.HiddenLeaves > 0 ? "dashed" : model.Tree.IsLeaf(visit.Node) ? "bold" : null, color);
            text.Append(CultureInfo.InvariantCulture, $"    n{visit.Node} [label=\"{label}\"{style}];\n");
            if (visit.Parent >= 0)
            {
                // The spaces keep the word off the line.
                string answer = TreeText.Answer(model, visit, options);
                text.Append(CultureInfo.InvariantCulture, $"    n{visit.Parent} -> n{visit.Node} [label=\"  {answer}  \"];\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    private static string Style(string? line, string? color)
    {
        if (line is null && color is null)
        {
            return string.Empty;
        }

        string words = string.Join(',', new[] { "rounded", line, color is null ? null : "filled" }.Where(word => word is not null));
        return $", style=\"{words}\"" + (color is null ? string.Empty : $", fillcolor=\"{color}\"");
    }

    /// <summary>
    /// Within a quoted label: quotes and backslashes get a backslash, and an ampersand, which would begin a character entity,
    /// becomes one.
    /// </summary>
    private static string Escape(string line) => line
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);
}
