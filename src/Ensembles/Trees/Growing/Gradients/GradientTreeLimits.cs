namespace Ensembles.Trees.Growing.Gradients;

/// <summary>What a tree on gradients is allowed to be.</summary>
internal sealed record GradientTreeLimits
{
    public int MaxDepth { get; init; } = int.MaxValue;

    public int MaxLeaves { get; init; } = int.MaxValue;

    /// <summary>Whether the node of the largest gain is split first; otherwise level by level.</summary>
    public bool LeafWise { get; init; }

    public double MinChildWeight { get; init; }

    /// <summary>A split must gain more than this.</summary>
    public double MinGain { get; init; }

    public NewtonScore Score { get; init; }
}
