namespace Ensembles.Trees.Growing;

/// <summary>The limits of one fit, in rows and weight (fractions are resolved).</summary>
internal sealed record GrowthLimits
{
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>With a limit the tree grows best-first, otherwise depth-first.</summary>
    public int? MaxLeaves { get; init; }

    public int MinSamplesSplit { get; init; } = 2;

    public int MinSamplesLeaf { get; init; } = 1;

    public double MinWeightLeaf { get; init; }

    /// <summary>The least gain of a split, in the units of <see cref="SplitCandidate.Gain"/>; 0 allows a split that gains nothing.</summary>
    public double MinGain { get; init; }

    /// <summary>How many features each node draws; all of them where it is the number of columns.</summary>
    public int FeaturesPerNode { get; init; } = int.MaxValue;
}
