using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>A recipe resolved for one training set: all that says which trees grow.</summary>
internal sealed record ForestPlan
{
    public required FeatureTable Table { get; init; }

    public required TreeOptions Tree { get; init; }

    /// <summary>How many columns a tree is limited to.</summary>
    public required FeatureCount FeaturesPerTree { get; init; }

    public required RowSampler Rows { get; init; }

    /// <summary>The weight of each row, by which the counts of a sample are multiplied.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Whether the forest keeps which rows its leaves have.</summary>
    public bool KeepLeafSamples { get; init; }

    public required ulong Seed { get; init; }
}
