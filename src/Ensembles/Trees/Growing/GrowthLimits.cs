using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing;

/// <summary>Which node of a tree is split next.</summary>
internal enum GrowthOrder
{
    /// <summary>The node made last: few nodes wait.</summary>
    DepthFirst,

    /// <summary>The node made first, so that levels follow each other.</summary>
    LevelByLevel,

    /// <summary>The node of the largest gain.</summary>
    BestFirst,
}

/// <summary>The limits of one fit, in rows and weight (fractions are resolved).</summary>
internal sealed record GrowthLimits
{
    // Sets this use of the key of a node apart from its other uses.
    private const ulong TieKeyId = 0x54494553;

    public int MaxDepth { get; init; } = int.MaxValue;

    public int? MaxLeaves { get; init; }

    public GrowthOrder Order { get; init; }

    public int MinSamplesSplit { get; init; } = 2;

    public int MinSamplesLeaf { get; init; } = 1;

    public double MinWeightLeaf { get; init; }

    /// <summary>
    /// The least weight of a category in a node, for criteria whose first sum is the weight; those with less go together. 0: each on its own.
    /// </summary>
    public double MinCategoryWeight { get; init; }

    /// <summary>
    /// The fewest rows a category, the mean over those of a node, with which the node orders them by its own rows; with fewer it takes
    /// the order of the tree. 0: always by its own.
    /// </summary>
    public int MinSamplesPerCategory { get; init; }

    /// <summary>The least gain of a split, in the units of <see cref="SplitCandidate.Gain"/>; 0 allows a split that gains nothing.</summary>
    public double MinGain { get; init; }

    /// <summary>How many features each node draws; all of them where it is the number of columns.</summary>
    public int FeaturesPerNode { get; init; } = int.MaxValue;

    /// <summary>Where it is given: the columns that a node may use, drawn by tree, level and node.</summary>
    public ColumnSampler? Columns { get; init; }

    /// <summary>Monotone and interaction constraints, for criteria that keep them; or null.</summary>
    public GrowthConstraints? Constraints { get; init; }

    /// <summary>
    /// Whether each node takes features of equal score in a random order of its own, and not the lowest. Small nodes are full of ties (any
    /// feature parts two rows), and if these always fell to the lowest feature, the trees of a forest would be more alike than they need
    /// be, and the importances would favour it.
    /// </summary>
    public bool RandomTies { get; init; }

    /// <summary>The key of the order in which a node takes features of equal score; null: rising.</summary>
    public ulong? TieKey(in GrowingNode node) => RandomTies ? KeyedRandom.Mix(node.Key, TieKeyId) : null;

    /// <summary>Whether the limits allow that a node is split; its summary is known.</summary>
    public bool MaySplit(in GrowingNode node) =>
        !node.Summary.IsPure
        && node.Depth < MaxDepth
        && node.Count >= MinSamplesSplit
        && node.Count >= 2L * MinSamplesLeaf
        && node.Summary.Weight >= 2 * MinWeightLeaf;
}
