using Ensembles.Data.Sorting;

namespace Ensembles.Trees.Growing;

/// <summary>The entries of the rows of a node in the order of a feature's values, for one tree after the other.</summary>
internal abstract class NodeEntries
{
    // From about so many columns for each that a node draws on, sorting the rows of a node anew costs less than keeping all columns sorted.
    private const int ColumnsPerDrawn = 6;

    /// <summary>Keeps the columns sorted by node, or sorts those that a node draws: both give the same entries.</summary>
    /// <param name="sorted">The sorted columns of the table.</param>
    /// <param name="limits">How many columns a node draws.</param>
    /// <param name="maxRows">The most rows of a tree.</param>
    /// <param name="threads">The most threads to use.</param>
    public static NodeEntries Of(SortedColumns sorted, GrowthLimits limits, int maxRows, int threads) =>
        (long)limits.FeaturesPerNode * ColumnsPerDrawn < sorted.ColumnCount
            ? new GatheredEntries(sorted, maxRows)
            : new KeptEntries(sorted, maxRows, threads);

    /// <summary>Begins a tree.</summary>
    /// <param name="inTree">For each row of the table whether the tree has it: 1, or 0.</param>
    /// <param name="rowCount">The number of rows of the tree.</param>
    public abstract void Begin(byte[] inTree, int rowCount);

    /// <summary>The entries of a node, rising; those of another call may be lost.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="node">The node.</param>
    /// <param name="rows">Its rows, rising.</param>
    public abstract ReadOnlySpan<long> Sorted(int feature, in GrowingNode node, ReadOnlySpan<int> rows);

    /// <summary>The entries of a node in any order.</summary>
    /// <inheritdoc cref="Sorted"/>
    public abstract ReadOnlySpan<long> Unsorted(int feature, in GrowingNode node, ReadOnlySpan<int> rows);

    /// <summary>Told that the rows of a node were parted.</summary>
    /// <param name="node">The node.</param>
    /// <param name="goesLeft">By row: 1 where the row goes left, else 0.</param>
    public abstract void Split(in GrowingNode node, byte[] goesLeft);
}
