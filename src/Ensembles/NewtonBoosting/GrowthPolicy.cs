namespace Ensembles.NewtonBoosting;

/// <summary>Which node of a tree is split next.</summary>
public enum GrowthPolicy
{
    /// <summary>Level by level, as XGBoost by default.</summary>
    DepthWise,

    /// <summary>The node of the largest gain, as LightGBM.</summary>
    LeafWise,
}
