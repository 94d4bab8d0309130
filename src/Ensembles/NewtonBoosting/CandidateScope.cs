namespace Ensembles.NewtonBoosting;

/// <summary>What the candidates of <see cref="BoostingSplitMethod.Approximate"/> are proposed for.</summary>
public enum CandidateScope
{
    /// <summary>Once for a whole tree (the paper's global proposal): it needs more candidates.</summary>
    Tree,

    /// <summary>Anew for every node (the paper's local proposal): candidates follow the rows that are left.</summary>
    Node,
}
