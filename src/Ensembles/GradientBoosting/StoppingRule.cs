namespace Ensembles.GradientBoosting;

/// <summary>What early stopping goes by.</summary>
public enum StoppingRule
{
    /// <summary>The first of the evaluation metrics on a validation set.</summary>
    Validation,

    /// <summary>The sum of the out-of-bag improvements, where rounds draw a share of the rows.</summary>
    OutOfBag,
}
