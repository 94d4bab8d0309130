namespace Ensembles.AdaBoost;

/// <summary>How AdaBoost.R2 counts the error of a row, |ŷ − y| as a share r of the largest error of all rows (Drucker 1997).</summary>
public enum AdaBoostLoss
{
    /// <summary>r.</summary>
    Linear,

    /// <summary>r².</summary>
    Square,

    /// <summary>1 − exp(−r).</summary>
    Exponential,
}
