using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>
/// Extremely randomized trees that predict a number (Geurts, Ernst and Wehenkel 2006): each tree sees all rows, and each node
/// draws one random threshold for each feature and takes the best of these.
/// </summary>
public sealed record ExtraTreesRegressor : ForestRegressor
{
    /// <summary>The defaults: 100 unlimited trees on all rows, all features a node (the paper's K, and scikit-learn's).</summary>
    public ExtraTreesRegressor()
        : base(Splitter.Random)
    {
        MaxFeatures = FeatureCount.All;
    }
}
