namespace Ensembles.Learners;

/// <summary>The ways that batches of rows can go through the trees of a model. All give the same bits.</summary>
public enum PredictionPath
{
    /// <summary>Row by row and node by node: nothing to prepare. The reference that the others are tested against.</summary>
    PlainLoop,

    /// <summary>Hundreds of rows at a time, a bit for each row and node: for trees of up to some hundred leaves.</summary>
    BitSlices,

    /// <summary>Several rows at a time from node to node, on cells that are ranks among the thresholds: for larger trees.</summary>
    RankWalk,

    /// <summary>Members of one ensemble go different ways.</summary>
    Mixed,
}
