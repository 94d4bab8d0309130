using System.Globalization;
using System.Text;

namespace Ensembles.Trees.Export;

/// <summary>A tree in the DOT language of Graphviz.</summary>
internal static class DotExport
{
    public static string Write(ITreeModel model, TreeExportOptions options)
    {
        var text = new StringBuilder("digraph tree {\n");
        text.Append("    node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        text.Append("    edge [fontname=\"sans-serif\"];\n");
        foreach (NodeVisit visit in TreeWalk.Of(model.Tree, options.MaxDepth))
        {
            string label = string.Join("\\n", NodeLines.Of(model, visit, options).Select(Escape));
            string style = visit.HiddenLeaves > 0 ? ", style=\"rounded,dashed\""
                : model.Tree.IsLeaf(visit.Node) ? ", style=\"rounded,bold\""
                : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"    n{visit.Node} [label=\"{label}\"{style}];\n");
            if (visit.Parent >= 0)
            {
                string answer = TreeText.Answer(model, visit, options);
                text.Append(CultureInfo.InvariantCulture, $"    n{visit.Parent} -> n{visit.Node} [label=\"{answer}\"];\n");
            }
        }

        return text.Append("}\n").ToString();
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
