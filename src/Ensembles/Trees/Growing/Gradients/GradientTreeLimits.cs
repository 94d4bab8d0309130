namespace Ensembles.Trees.Growing.Gradients;

/// <summary>What a tree on gradients is allowed to be.</summary>
internal sealed record GradientTreeLimits
{
    public int MaxDepth { get; init; } = int.MaxValue;

    public int MaxLeaves { get; init; } = int.MaxValue;

    /// <summary>Whether the node of the largest gain is split first; otherwise level by level.</summary>
    public bool LeafWise { get; init; }

    public double MinChildWeight { get; init; }

    /// <summary>The least hessian sum of a category in a node; those with less go together.</summary>
    public double MinCategoryWeight { get; init; }

    /// <summary>The fewest rows of a leaf.</summary>
    public int MinSamplesLeaf { get; init; } = 1;

    /// <summary>The fewest rows of a node that is split.</summary>
    public int MinSamplesSplit { get; init; } = 2;

    /// <summary>
    /// A split must gain more than this share of its score beyond <see cref="MinGain"/>: what rounding may leave of no gain.
    /// </summary>
    public double GainTolerance { get; init; }

    /// <summary>A split must gain more than this to be made.</summary>
    public double MinGain { get; init; }

    /// <summary>Once the tree is grown, a split without splits below it must have gained more than this to stay.</summary>
    public double PruningGain { get; init; }

    public NewtonScore Score { get; init; }

    /// <summary>From sorted columns: the share of the hessian sum between two candidates; 0 where all thresholds are tried.</summary>
    public double SketchError { get; init; }

    /// <summary>Whether candidates are proposed for each node, not for the tree.</summary>
    public bool ProposesPerNode { get; init; }

    /// <summary>Monotone and interaction constraints, or null.</summary>
    public GrowthConstraints? Constraints { get; init; }
}
