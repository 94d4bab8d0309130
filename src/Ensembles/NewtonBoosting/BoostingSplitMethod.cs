namespace Ensembles.NewtonBoosting;

/// <summary>Which thresholds the trees of Newton boosting try.</summary>
public enum BoostingSplitMethod
{
    /// <summary>Between bins: at most 255 for the values of a column and one for missing ones. Much the fastest.</summary>
    Histogram,

    /// <summary>Between any two neighbouring values of the node, from columns sorted once, with sums in double precision.</summary>
    Exact,

    /// <summary>
    /// As <see cref="Exact"/>, but only between groups of rows of about the same hessian sum, found by a weighted quantile sketch for each
    /// tree or each node.
    /// </summary>
    Approximate,
}
