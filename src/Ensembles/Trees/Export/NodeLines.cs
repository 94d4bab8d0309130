namespace Ensembles.Trees.Export;

/// <summary>What stands in the box of a node.</summary>
internal static class NodeLines
{
    /// <summary>The question of an inner node, what is known of it, and of a leaf of a classifier the class.</summary>
    public static IEnumerable<string> Of(ITreeModel model, NodeVisit visit, TreeExportOptions options)
    {
        bool isLeaf = model.Tree.IsLeaf(visit.Node);
        if (!isLeaf)
        {
            yield return TreeText.Question(model, visit.Node, options);
        }

        foreach (string fact in TreeText.Facts(model, visit, options))
        {
            yield return fact;
        }

        if (isLeaf && model.ClassNames.Count > 0)
        {
            yield return $"=> {TreeText.Prediction(model, visit.Node, options.Digits)}";
        }
    }
}
