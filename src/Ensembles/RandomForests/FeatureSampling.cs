namespace Ensembles.RandomForests;

/// <summary>When the features are drawn of which the best split is taken.</summary>
public enum FeatureSampling
{
    /// <summary>Each node draws its own features (Breiman 2001).</summary>
    PerNode,

    /// <summary>Each tree draws its features once and tries all of them at every node (the random subspaces of Ho 1998).</summary>
    PerTree,
}
