namespace Ensembles.Data;

/// <summary>How the cells of a feature are read.</summary>
public enum FeatureKind
{
    /// <summary>An ordered number; <see cref="double.NaN"/> where it is missing.</summary>
    Numeric,

    /// <summary>One of a fixed list of names, held as its index (its code); no code where it is missing.</summary>
    Categorical,
}
