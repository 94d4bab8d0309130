using Ensembles.NewtonBoosting;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Training;

/// <summary>How trees grow: level by level to a depth, or best leaf first to a number of leaves.</summary>
internal sealed record TrainingSetting(string Name, GrowthPolicy Policy, int Size)
{
    public const double LearningRate = 0.1;
    public const double L2 = 1;
    public const double MinChildWeight = 1;
    public const int MaxBins = 255;

    /// <summary>All settings, in the order of their measurement.</summary>
    public static IReadOnlyList<TrainingSetting> All { get; } =
    [
        new("depth-6", GrowthPolicy.DepthWise, 6),
        new("leaves-31", GrowthPolicy.LeafWise, 31),
        new("leaves-255", GrowthPolicy.LeafWise, 255),
        new("depth-8", GrowthPolicy.DepthWise, 8),
        new("leaves-63", GrowthPolicy.LeafWise, 63),
    ];

    private bool IsLeafWise => Policy == GrowthPolicy.LeafWise;

    public NewtonBoostingClassifier Recipe(int rounds) => new()
    {
        Rounds = rounds,
        LearningRate = LearningRate,
        L2 = L2,
        MinChildWeight = MinChildWeight,
        MaxBins = MaxBins,
        GrowthPolicy = Policy,
        MaxDepth = IsLeafWise ? null : Size,
        MaxLeaves = IsLeafWise ? Size : null,
    };

    /// <summary>The same for the script of another library.</summary>
    public IEnumerable<(string Name, string Value)> PeerParameters(int rounds) =>
    [
        ("policy", IsLeafWise ? "leaf-wise" : "depth-wise"),
        ("size", ResultStore.Text(Size)),
        ("rounds", ResultStore.Text(rounds)),
        ("learning_rate", ResultStore.Text(LearningRate)),
        ("l2", ResultStore.Text(L2)),
        ("min_child_weight", ResultStore.Text(MinChildWeight)),
        ("bins", ResultStore.Text(MaxBins)),
    ];
}
