namespace Ensembles.NewtonBoosting;

/// <summary>When splits that gain no more than <c>MinSplitGain</c> are refused.</summary>
public enum GainPruning
{
    /// <summary>
    /// After growth with <see cref="BoostingSplitMethod.Exact"/>, while growing with the other methods, as XGBoost does.
    /// </summary>
    ByMethod,

    /// <summary>At once: what lies below a weak split is never seen.</summary>
    WhileGrowing,

    /// <summary>Bottom-up, once the tree is grown: a weak split stays where a split below it is strong.</summary>
    AfterGrowth,
}
