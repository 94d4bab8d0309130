namespace Ensembles.GradientBoosting;

/// <summary>What a <see cref="GradientBoostingClassifier"/> makes small.</summary>
public enum ClassificationLoss
{
    /// <summary>The deviance: binomial with one tree a round for two classes, multinomial with K trees a round for K.</summary>
    Deviance,

    /// <summary>e^(−yF), the loss of AdaBoost; for two classes.</summary>
    Exponential,
}
