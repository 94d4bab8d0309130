using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>
/// A random forest that predicts a number (Breiman 2001): each tree grows unpruned on a bootstrap of the rows, and each node takes
/// the best split of the features it draws: by default all, which is bagging, as scikit-learn; a third is Breiman's advice.
/// </summary>
public sealed record RandomForestRegressor : ForestRegressor
{
    /// <summary>The defaults: 100 unlimited trees on bootstraps, all features a node.</summary>
    public RandomForestRegressor()
        : base(Splitter.Best)
    {
        Bootstrap = true;
        MaxFeatures = FeatureCount.All;
    }
}
