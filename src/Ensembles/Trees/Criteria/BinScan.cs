using Ensembles.Data.Binning;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// Scores the thresholds between the bins of a feature. It takes up a node once, copying what the criterion needs of its rows, and then
/// feature by feature scores all thresholds at once. Few rows are moved one by one in the order of their bins; many are added up by bin.
/// </summary>
internal abstract class BinScan
{
    /// <summary>Room for all bins, and for a vector that begins at the last one.</summary>
    protected const int Room = BinnedTable.MaxBinsWithMissing + 8;

    /// <summary>S(node).</summary>
    public abstract double NodeScore { get; }

    /// <summary>The weight of the node.</summary>
    public double NodeWeight { get; protected set; }

    /// <summary>By place in the groups: the weight left of the threshold after it.</summary>
    public double[] LeftWeights { get; } = new double[Room];

    /// <summary>By place in the groups: S(left) + S(right) of the threshold after it; without meaning where either has no weight.</summary>
    public double[] Scores { get; } = new double[Room];

    /// <summary>Takes up a node.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="few">Whether <see cref="ScoreRows"/> follows, and not <see cref="AddToBins"/>.</param>
    public abstract void Enter(ReadOnlySpan<int> rows, bool few);

    /// <summary>Scores the thresholds after each of the first groups, row by row.</summary>
    /// <param name="groups">The rows in the order of their bins.</param>
    /// <param name="present">The number of groups, that of missing values not counted.</param>
    /// <param name="missingLeft">Whether rows of the group after them lie left of all thresholds.</param>
    public abstract void ScoreRows(BinGroups groups, int present, bool missingLeft);

    /// <summary>Adds up the rows of a node of many rows by bin.</summary>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="bins">The bin of each row of the table.</param>
    /// <param name="binCount">The number of bins of the feature, that of missing values among them.</param>
    /// <param name="groups">Receives the bins that have rows.</param>
    /// <param name="counted">Whether it needs the number of rows of each.</param>
    public abstract void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount, BinGroups groups, bool counted);

    /// <summary>The same as <see cref="ScoreRows"/> from what <see cref="AddToBins"/> added up.</summary>
    public abstract void ScoreBins(BinGroups groups, int present, bool missingLeft);
}
