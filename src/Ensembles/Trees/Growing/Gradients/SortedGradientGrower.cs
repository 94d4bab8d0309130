using Ensembles.Data;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>
/// Grows trees on gradients from columns sorted once (Chen and Guestrin 2016, section 4.1: the column blocks), with sums in double
/// precision. The sorted entries are parted as nodes split, and the columns of a node are scanned in parallel.
/// </summary>
internal sealed class SortedGradientGrower : IGradientTreeGrower
{
    private readonly GrowthLimits _limits;
    private readonly ColumnSampler _columns;
    private readonly GrowthBuffers _buffers;
    private readonly NewtonCriterion _criterion;
    private readonly ExactSplitFinder<NewtonAccumulator> _finder;
    private TreeGrower? _grown;

    /// <param name="table">The features.</param>
    /// <param name="limits">What a tree may be.</param>
    /// <param name="columns">Which columns a node may split on.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the sorting.</param>
    public SortedGradientGrower(
        FeatureTable table, GradientTreeLimits limits, ColumnSampler columns, int threads, CancellationToken cancellationToken)
    {
        _columns = columns;
        _limits = new GrowthLimits
        {
            MaxDepth = limits.MaxDepth,
            MaxLeaves = limits.MaxLeaves,
            Order = limits.LeafWise ? GrowthOrder.BestFirst : GrowthOrder.LevelByLevel,
            MinWeightLeaf = limits.MinChildWeight,
            MinGain = limits.MinGain,
            Columns = columns,
        };
        _buffers = new GrowthBuffers(table.RowCount);
        _criterion = new NewtonCriterion(table.RowCount, limits.Score);
        _finder = new ExactSplitFinder<NewtonAccumulator>(
            _criterion.Accumulator, table.Schema, table.Sorted(threads, cancellationToken), _limits, table.RowCount, threads);
    }

    public (Tree Tree, TreeStatistics Statistics) Grow(
        float[] gradients, float[] hessians, bool[] inSample, ulong treeKey, CancellationToken cancellationToken)
    {
        _criterion.Take(gradients, hessians);
        _columns.Enter(treeKey);
        _buffers.Take(inSample);
        _finder.Begin(_buffers.InTree, _buffers.RowCount);
        _grown = new TreeGrower(_criterion, _finder, _limits, _buffers, keepNodeValues: false);
        return _grown.Grow(treeKey, cancellationToken);
    }

    public void AddToScores(double[] leafValues, double[] scores)
    {
        for (int leaf = 0; leaf < leafValues.Length; leaf++)
        {
            (int start, int count) = _grown!.LeafRanges[leaf];
            foreach (int row in _grown.PartitionedRows(start, count))
            {
                scores[row] += leafValues[leaf];
            }
        }
    }
}
