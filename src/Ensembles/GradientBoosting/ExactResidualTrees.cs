using Ensembles.Data;
using Ensembles.Trees;
using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.GradientBoosting;

/// <summary>Regression trees on residuals from columns sorted once, with sums in double precision.</summary>
internal sealed class ExactResidualTrees : IResidualTrees
{
    private readonly GrowthLimits _limits;
    private readonly ColumnSampler _columns;
    private readonly GrowthBuffers _buffers;
    private readonly FinderFactory _factory;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly MeanCriterion _criterion;
    private TreeGrower? _grown;

    /// <param name="plan">The recipe and the rows.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the sorting.</param>
    public ExactResidualTrees(BoostingPlan plan, int threads, CancellationToken cancellationToken)
    {
        FeatureTable table = plan.Table;
        (int rowCount, double weight) = plan.Present();
        _columns = plan.Columns();
        _limits = new GrowthLimits
        {
            MaxDepth = plan.Tree.MaxDepth ?? int.MaxValue,
            MaxLeaves = plan.Tree.MaxLeaves,
            Order = plan.Tree.MaxLeaves is null ? GrowthOrder.DepthFirst : GrowthOrder.BestFirst,
            MinSamplesSplit = plan.Tree.MinSamplesSplit.Of(rowCount),
            MinSamplesLeaf = plan.Tree.MinSamplesLeaf.Of(rowCount),
            MinWeightLeaf = plan.Tree.MinWeightFractionLeaf * weight,
            MinCategoryWeight = plan.MinCategoryWeight,
            MinGain = plan.Tree.MinImpurityDecrease * weight,
            Columns = _columns,
        };
        _buffers = new GrowthBuffers(table.RowCount);
        _targets = new double[table.RowCount];
        _weights = new double[table.RowCount];
        _criterion = new MeanCriterion(_targets, _weights, RegressionCriterion.SquaredError);
        table.Sorted(threads, cancellationToken);
        _factory = new FinderFactory(table, _limits, _buffers, threads, cancellationToken);
    }

    public (Tree Tree, TreeStatistics Statistics) Grow(
        double[] residuals, double[] weights, ulong treeKey, CancellationToken cancellationToken)
    {
        residuals.CopyTo(_targets, 0);
        weights.CopyTo(_weights, 0);
        _columns.Enter(treeKey);
        _buffers.Take(_weights);
        SplitFinder finder = _criterion.CreateFinder(_factory);
        _grown = new TreeGrower(_criterion, finder, _limits, _buffers, keepNodeValues: false);
        return _grown.Grow(treeKey, cancellationToken);
    }

    public ReadOnlySpan<int> LeafRows(int leaf) => _grown!.PartitionedRows(_grown.LeafRanges[leaf].Start, _grown.LeafRanges[leaf].Count);

    /// <summary>Makes one finder for all trees: its accumulator reads the array that the criterion fills anew for each of them.</summary>
    private sealed class FinderFactory(
        FeatureTable table,
        GrowthLimits limits,
        GrowthBuffers buffers,
        int threads,
        CancellationToken cancellationToken) : ISplitFinderFactory
    {
        public bool PacksSums => false;

        private SplitFinder? _made;

        public SplitFinder Create<TAccumulator>(TAccumulator accumulator)
            where TAccumulator : struct, ISplitAccumulator<TAccumulator>
        {
            if (_made is not ExactSplitFinder<TAccumulator> finder)
            {
                finder = new ExactSplitFinder<TAccumulator>(
                    accumulator, table.Schema, table.Sorted(threads, cancellationToken), limits, table.RowCount, threads);
                _made = finder;
            }

            finder.Begin(buffers.InTree, buffers.RowCount);
            return finder;
        }
    }
}
