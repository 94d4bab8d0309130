namespace Ensembles.LinearBoosting;

/// <summary>In which order a round of coordinate descent visits the coefficients, named as XGBoost's <c>feature_selector</c>.</summary>
public enum FeatureSelector
{
    /// <summary>All, in the order of the columns.</summary>
    Cyclic,

    /// <summary>All, in an order drawn anew each round.</summary>
    Shuffle,

    /// <summary>As many draws with replacement as there are coefficients.</summary>
    Random,

    /// <summary>
    /// Each time the one that would change most, found anew after every change: as many passes over the data as coefficients are visited.
    /// </summary>
    Greedy,

    /// <summary>All, by how much each would change at the start of the round, the largest first.</summary>
    Thrifty,
}
