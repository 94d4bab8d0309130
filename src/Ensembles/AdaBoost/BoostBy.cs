namespace Ensembles.AdaBoost;

/// <summary>How a member of a boosted ensemble learns of the weights of the rows.</summary>
public enum BoostBy
{
    /// <summary>It is given the weights.</summary>
    Reweighting,

    /// <summary>It is given as many rows as there are, drawn with replacement by their weights.</summary>
    Resampling,
}
