namespace Ensembles.NewtonBoosting;

/// <summary>What the score F of a regressor, the sum of its trees, is of its prediction.</summary>
public enum ScoreLink
{
    /// <summary>The prediction itself.</summary>
    Identity,

    /// <summary>Its logarithm: the prediction is e^F, above 0.</summary>
    Log,

    /// <summary>Its log-odds: the prediction is 1/(1 + e^−F), from 0 to 1.</summary>
    Logit,
}
