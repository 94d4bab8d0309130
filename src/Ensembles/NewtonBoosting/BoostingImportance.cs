namespace Ensembles.NewtonBoosting;

/// <summary>How the importance of a feature is counted, as XGBoost names it.</summary>
public enum BoostingImportance
{
    /// <summary>The mean gain of its splits.</summary>
    Gain,

    /// <summary>The number of its splits.</summary>
    Weight,

    /// <summary>The mean hessian sum of the nodes that it splits.</summary>
    Cover,

    /// <summary>The gain of all its splits.</summary>
    TotalGain,

    /// <summary>The hessian sum of all nodes that it splits.</summary>
    TotalCover,
}
