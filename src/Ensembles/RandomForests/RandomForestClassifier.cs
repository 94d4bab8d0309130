using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>
/// A random forest that classifies (Breiman 2001): each tree grows unpruned on a bootstrap of the rows, and each node takes the
/// best split of a few features drawn at random, max(1, ⌊log₂ d⌋) by default.
/// </summary>
public sealed record RandomForestClassifier : ForestClassifier
{
    /// <summary>The defaults: 100 unlimited trees on bootstraps, log₂ d features a node.</summary>
    public RandomForestClassifier()
        : base(Splitter.Best)
    {
        Bootstrap = true;
        MaxFeatures = FeatureCount.Log2;
    }
}
