namespace Ensembles.Trees;

/// <summary>Which thresholds are tried.</summary>
public enum SplitMethod
{
    /// <summary><see cref="Exact"/> up to 10,000 rows, <see cref="Histogram"/> beyond.</summary>
    Auto,

    /// <summary>Between any two neighbouring values of the node, from columns sorted once.</summary>
    Exact,

    /// <summary>Between bins: at most 255 for the values of a column and one for missing ones. Much faster on many rows.</summary>
    Histogram,
}
