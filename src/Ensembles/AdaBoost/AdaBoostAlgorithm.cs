namespace Ensembles.AdaBoost;

/// <summary>How the members of a boosted classifier count (Zhu, Zou, Rosset and Hastie 2009).</summary>
public enum AdaBoostAlgorithm
{
    /// <summary>A member votes for one class, with the weight that follows from its error. For two classes it is AdaBoost itself.</summary>
    Samme,

    /// <summary>
    /// A member adds the logarithms of its probabilities. Kept to compare with older work: with unlimited probabilities a few sure
    /// members outvote all others, and it is no longer in scikit-learn.
    /// </summary>
    SammeR,
}
