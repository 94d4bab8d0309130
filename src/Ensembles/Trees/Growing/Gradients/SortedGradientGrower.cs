using Ensembles.Data;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>
/// Grows trees on gradients from columns sorted once (Chen and Guestrin 2016, section 4.1: the column blocks), with sums in double
/// precision. The sorted entries are parted as nodes split, and the columns of a node are scanned in parallel. It tries all thresholds of a
/// node (exact) or those that a sketch proposes (approximate).
/// </summary>
internal sealed class SortedGradientGrower : IGradientTreeGrower
{
    private readonly GrowthLimits _limits;
    private readonly ColumnSampler _columns;
    private readonly GrowthBuffers _buffers;
    private readonly NewtonCriterion _criterion;
    private readonly ExactSplitFinder<NewtonAccumulator> _finder;
    private readonly double _pruningGain;
    private readonly List<LeafRange> _leaves = [];
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
            MinCategoryWeight = limits.MinCategoryWeight,
            MinGain = limits.MinGain,
            Columns = columns,
            Constraints = limits.Constraints,
        };
        _buffers = new GrowthBuffers(table.RowCount);
        _criterion = new NewtonCriterion(table.RowCount, limits.Score, limits.Constraints);
        _finder = new ExactSplitFinder<NewtonAccumulator>(
            _criterion.Accumulator,
            table.Schema,
            table.Sorted(threads, cancellationToken),
            _limits,
            table.RowCount,
            threads,
            limits.SketchError > 0 ? _criterion.Proposer(limits.SketchError, limits.ProposesPerNode) : null);
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
        if (_pruningGain > 0)
        {
            (tree, statistics) = GainPruner.Prune(tree, statistics, _pruningGain, out int[][] grownLeaves);
            Join(grownLeaves);
        }

        return (tree.WithLeafValues(Weights()), statistics);
    }

    public void AddToScores(double[] leafValues, double[] scores)
    {
        for (int leaf = 0; leaf < leafValues.Length; leaf++)
        {
            foreach (int row in RowsOf(leaf))
            {
                scores[row] += leafValues[leaf];
            }
        }
    }

    private ReadOnlySpan<int> RowsOf(int leaf) => _grown!.PartitionedRows(_leaves[leaf].Start, _leaves[leaf].Count);

    /// <summary>The leaves below a node own neighbouring ranges of the rows.</summary>
    private void Join(int[][] grownLeaves)
    {
        LeafRange[] grown = [.. _leaves];
        _leaves.Clear();
        foreach (int[] parts in grownLeaves)
        {
            LeafRange all = grown[parts[0]];
            foreach (int part in parts.AsSpan(1))
            {
                all = new LeafRange(
                    Math.Min(all.Start, grown[part].Start),
                    all.Count + grown[part].Count,
                    NodeConstraints.Join(all.Constraints, grown[part].Constraints));
            }

            _leaves.Add(all);
        }
    }

    private double[] Weights()
    {
        var weights = new double[_leaves.Count];
        for (int leaf = 0; leaf < weights.Length; leaf++)
        {
            _criterion.Value(RowsOf(leaf), weights.AsSpan(leaf, 1));
            weights[leaf] = _leaves[leaf].Constraints?.Clamp(weights[leaf]) ?? weights[leaf];
        }

        return weights;
    }
}
