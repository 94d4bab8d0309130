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
    private readonly double _pruningGain;
    private readonly List<(int Start, int Count)> _leaves = [];
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
        _pruningGain = limits.PruningGain;
        _limits = new GrowthLimits
        {
            MaxDepth = limits.MaxDepth,
            MaxLeaves = limits.MaxLeaves,
            Order = limits.LeafWise ? GrowthOrder.BestFirst : GrowthOrder.LevelByLevel,
            MinSamplesLeaf = limits.MinSamplesLeaf,
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
        (Tree tree, TreeStatistics statistics) = _grown.Grow(treeKey, cancellationToken);
        _leaves.Clear();
        _leaves.AddRange(_grown.LeafRanges);
        return _pruningGain > 0 ? Prune(tree, statistics) : (tree, statistics);
    }

    public void AddToScores(double[] leafValues, double[] scores)
    {
        for (int leaf = 0; leaf < leafValues.Length; leaf++)
        {
            (int start, int count) = _leaves[leaf];
            foreach (int row in _grown!.PartitionedRows(start, count))
            {
                scores[row] += leafValues[leaf];
            }
        }
    }

    private (Tree Tree, TreeStatistics Statistics) Prune(Tree grown, TreeStatistics statistics)
    {
        (Tree tree, TreeStatistics known) = GainPruner.Prune(grown, statistics, _pruningGain, out int[][] grownLeaves);
        if (tree.LeafCount == grown.LeafCount)
        {
            return (grown, statistics);
        }

        // The leaves below a node own neighbouring ranges of the rows.
        (int Start, int Count)[] ranges = [.. _leaves];
        _leaves.Clear();
        var weights = new double[tree.LeafCount];
        for (int leaf = 0; leaf < weights.Length; leaf++)
        {
            int start = grownLeaves[leaf].Min(old => ranges[old].Start);
            int count = grownLeaves[leaf].Sum(old => ranges[old].Count);
            _leaves.Add((start, count));
            _criterion.Value(_grown!.PartitionedRows(start, count), weights.AsSpan(leaf, 1));
        }

        return (tree.WithLeafValues(weights), known);
    }
}
