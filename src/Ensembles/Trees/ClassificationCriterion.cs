namespace Ensembles.Trees;

/// <summary>What the splits of a classification tree make small.</summary>
public enum ClassificationCriterion
{
    /// <summary>Gini's impurity 1 − Σp² (Breiman et al. 1984).</summary>
    Gini,

    /// <summary>The entropy −Σ p·log₂ p, in bits (Quinlan 1986).</summary>
    Entropy,
}
