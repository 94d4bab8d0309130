namespace Ensembles.Trees;

/// <summary>What the splits of a regression tree make small.</summary>
public enum RegressionCriterion
{
    /// <summary>The squared error from the mean (Breiman et al. 1984).</summary>
    SquaredError,

    /// <summary>
    /// Friedman's improvement w_l·w_r/(w_l + w_r)·(ȳ_l − ȳ_r)² (Friedman 2001, equation 35). It takes the splits that squared
    /// error takes; only <c>MinImpurityDecrease</c> is in another unit, not divided by the weight of the training set.
    /// </summary>
    FriedmanImprovement,

    /// <summary>The absolute error from the median; with <c>SplitMethod.Exact</c> only.</summary>
    AbsoluteError,

    /// <summary>Half the Poisson deviance from the mean, for counts: targets must not be negative, nor all zero.</summary>
    Poisson,
}
