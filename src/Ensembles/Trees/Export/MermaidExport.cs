using System.Globalization;
using System.Text;

namespace Ensembles.Trees.Export;

/// <summary>A tree as a Mermaid flowchart.</summary>
internal static class MermaidExport
{
    private const string Harmless = " .,-+=:()/…";

    public static string Write(ITreeModel model, TreeExportOptions options)
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (NodeVisit visit in TreeWalk.Of(model.Tree, options.MaxDepth))
        {
            string label = string.Join("<br/>", NodeLines.Of(model, visit, options).Select(Escape));
            (string open, string close) = model.Tree.IsLeaf(visit.Node) ? ("([", "])") : visit.HiddenLeaves > 0 ? ("[[", "]]") : ("[", "]");
            text.Append(CultureInfo.InvariantCulture, $"    n{visit.Node}{open}\"{label}\"{close}\n");
            if (visit.Parent >= 0)
            {
                text.Append(
                    CultureInfo.InvariantCulture, $"    n{visit.Parent} -->|\"{TreeText.Answer(model, visit, options)}\"| n{visit.Node}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// Within a quoted label Mermaid reads HTML, Markdown, directives and its own #…; entities: letters, digits and harmless signs
    /// stay, everything else becomes such an entity.
    /// </summary>
    /// <remarks>Surrogates are halves of letters and signs beyond the basic plane.</remarks>
    private static string Escape(string line)
    {
        var text = new StringBuilder(line.Length);
        foreach (char c in line)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || Harmless.Contains(c))
            {
                text.Append(c);
            }
            else
            {
                text.Append(c switch
                {
                    '<' => "#lt;",
                    '>' => "#gt;",
                    '&' => "#amp;",
                    '"' => "#quot;",
                    _ => string.Create(CultureInfo.InvariantCulture, $"#{(int)c};"),
                });
            }
        }

        return text.ToString();
    }
}
