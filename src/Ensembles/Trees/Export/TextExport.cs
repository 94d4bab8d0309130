using System.Globalization;
using System.Text;

namespace Ensembles.Trees.Export;

/// <summary>A tree as indented text, a line a node: how it is reached, what is known of it, and of a leaf what it predicts.</summary>
internal static class TextExport
{
    // Deeper lines say their depth instead of showing it, or a chain of n nodes would take n² characters.
    private const int MaxBars = 40;

    public static string Write(ITreeModel model, TreeExportOptions options)
    {
        var text = new StringBuilder();
        foreach (NodeVisit visit in TreeWalk.Of(model.Tree, options.MaxDepth))
        {
            for (int bar = 0; bar < Math.Min(visit.Depth, MaxBars); bar++)
            {
                text.Append("|  ");
            }

            if (visit.Depth > MaxBars)
            {
                text.Append(CultureInfo.InvariantCulture, $"({visit.Depth}) ");
            }

            text.Append(visit.Parent < 0
                ? "all"
                : FeatureCondition.Of(model, visit.Parent, visit.IsLeft).ToText(options.MaxCategories, options.ShowMissing));
            text.Append(": ").AppendJoin(", ", TreeText.Facts(model, visit, options));
            if (model.Tree.IsLeaf(visit.Node) && model.ClassNames.Count > 0)
            {
                text.Append(" => ").Append(TreeText.Prediction(model, visit.Node, options.Digits));
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
