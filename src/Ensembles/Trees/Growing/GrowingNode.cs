using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing;

/// <summary>A node that is not closed yet: its place in the tree and the range of rows that it owns.</summary>
internal struct GrowingNode
{
    /// <summary>The number of the inner node above, or −1 for the root.</summary>
    public int Parent { get; init; }

    public bool IsLeft { get; init; }

    public int Depth { get; init; }

    /// <summary>Names the node by its path from the root: the source of its random decisions.</summary>
    public ulong Key { get; init; }

    /// <summary>The first place of the node in the row partition.</summary>
    public int Start { get; init; }

    /// <summary>The number of rows of the node.</summary>
    public int Count { get; init; }

    /// <summary>What the splits above leave to the node; null where the fit has no constraints.</summary>
    public NodeConstraints? Constraints { get; init; }

    public NodeSummary Summary { get; set; }

    /// <summary>The best split found; its feature is −1 where there is none.</summary>
    public SplitCandidate Split { get; set; }

    /// <summary>The left child of a node that was split.</summary>
    /// <param name="number">The number of the node in the tree.</param>
    /// <param name="leftCount">How many of its rows went left.</param>
    /// <param name="constraints">What its split leaves to the child.</param>
    public readonly GrowingNode LeftChild(int number, int leftCount, NodeConstraints? constraints) => new()
    {
        Parent = number,
        IsLeft = true,
        Depth = Depth + 1,
        Key = KeyedRandom.Mix(Key, 1),
        Start = Start,
        Count = leftCount,
        Constraints = constraints,
    };

    /// <summary>The right child of a node that was split.</summary>
    /// <inheritdoc cref="LeftChild"/>
    public readonly GrowingNode RightChild(int number, int leftCount, NodeConstraints? constraints) => new()
    {
        Parent = number,
        IsLeft = false,
        Depth = Depth + 1,
        Key = KeyedRandom.Mix(Key, 2),
        Start = Start + leftCount,
        Count = Count - leftCount,
        Constraints = constraints,
    };
}

/// <summary>What is known of the rows of a node.</summary>
/// <param name="Weight">Their weight.</param>
/// <param name="RowCount">Their number.</param>
/// <param name="Impurity">Their impurity, by the criterion.</param>
/// <param name="IsPure">Whether all have the same target, so that no split can gain.</param>
internal readonly record struct NodeSummary(double Weight, int RowCount, double Impurity, bool IsPure);
