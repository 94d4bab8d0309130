using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>
/// Extremely randomized trees that classify (Geurts, Ernst and Wehenkel 2006): each tree sees all rows, and each node draws one
/// random threshold for each of √d features and takes the best of these.
/// </summary>
public sealed record ExtraTreesClassifier : ForestClassifier
{
    /// <summary>The defaults: 100 unlimited trees on all rows, √d features a node (the paper's K, and scikit-learn's).</summary>
    public ExtraTreesClassifier()
        : base(Splitter.Random)
    {
        MaxFeatures = FeatureCount.Sqrt;
    }
}
