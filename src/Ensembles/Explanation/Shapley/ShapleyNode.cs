using Ensembles.Trees;

namespace Ensembles.Explanation.Shapley;

/// <summary>An inner node, as the walk through the tree meets it.</summary>
internal readonly record struct ShapleyNode
{
    /// <summary>The column that it reads.</summary>
    public required int Feature { get; init; }

    /// <summary>The number of splits above it.</summary>
    public required int Level { get; init; }

    /// <summary>Where its products and sums are kept: one past twice the level of its parent, and one more for a right child; 0 for the root.</summary>
    public required int Slot { get; init; }

    /// <summary>The left child if it is a leaf; −1 otherwise.</summary>
    public required int LeftLeaf { get; init; }

    /// <summary>The right child if it is a leaf; −1 otherwise.</summary>
    public required int RightLeaf { get; init; }

    /// <summary>The nearest node above that reads the same feature; −1 where there is none.</summary>
    public required int Ancestor { get; init; }

    /// <summary>Whether the node lies below the left child of that one.</summary>
    public required bool IsLeftOfAncestor { get; init; }

    public required double Threshold { get; init; }

    public required bool DefaultLeft { get; init; }

    public required CategorySet? Categories { get; init; }
}
