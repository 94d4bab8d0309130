using System.Globalization;

namespace Ensembles.Trees.Export;

/// <summary>Words and numbers of trees.</summary>
internal static class TreeText
{
    /// <summary>A tree in a line.</summary>
    public static string Summary(ITreeModel model) =>
        $"decision tree: {Count(model.Tree.LeafCount, "leaf", "leaves")}, depth {Number(model.Tree.Depth)}, "
        + Count(model.Schema.Count, "feature", "features");

    /// <summary>A count of things.</summary>
    public static string Count(int count, string one, string many) => $"{Number(count)} {(count == 1 ? one : many)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
