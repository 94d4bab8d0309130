using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees;

/// <summary>What the learners that grow trees have in common, resolved for one training set, and the growing of a tree by it.</summary>
internal sealed record TreeOptions
{
    /// <summary>Up to this many rows <see cref="SplitMethod.Auto"/> means exact.</summary>
    public const int AutoExactRows = 10_000;

    public int? MaxDepth { get; init; }

    public int? MaxLeaves { get; init; }

    public SampleCount MinSamplesSplit { get; init; } = 2;

    public SampleCount MinSamplesLeaf { get; init; } = 1;

    public double MinWeightFractionLeaf { get; init; }

    public double MinImpurityDecrease { get; init; }

    public int MinSamplesPerCategory { get; init; }

    public FeatureCount MaxFeatures { get; init; }

    public Splitter Splitter { get; init; }

    public SplitMethod SplitMethod { get; init; }

    public int MaxBins { get; init; } = 255;

    public bool KeepNodeValues { get; init; }

    /// <inheritdoc cref="GrowthLimits.RandomTies"/>
    public bool RandomTies { get; init; }

    /// <summary>Makes what the trees of a fit derive from the table and share, so that each of them finds it made.</summary>
    public void Prepare(FeatureTable table, int threads, CancellationToken cancellationToken)
    {
        if (Splitter == Splitter.Random)
        {
            return;
        }

        if (SplitMethod == SplitMethod.Histogram)
        {
            BinnedTable binned = table.Binned(MaxBins, threads, cancellationToken);
            if (NodeCells.CopiesRows(MaxFeatures.Of(table.ColumnCount), table.ColumnCount))
            {
                binned.RowMajor(threads, cancellationToken);
            }
        }
        else
        {
            table.Sorted(threads, cancellationToken);
        }
    }

    /// <summary>Grows a tree on the rows of weight above 0.</summary>
    /// <param name="table">The features.</param>
    /// <param name="criterion">The targets and weights.</param>
    /// <param name="treeKey">The source of the random decisions.</param>
    /// <param name="threads">The most threads to use within the tree.</param>
    /// <param name="cancellationToken">Ends the growth.</param>
    public GrownTree Grow(FeatureTable table, Criterion criterion, ulong treeKey, int threads, CancellationToken cancellationToken) =>
        Grow(table, criterion, new GrowthBuffers(table.RowCount), treeKey, threads, cancellationToken);

    /// <summary>The same with the buffers of earlier trees, for a thread that grows tree after tree.</summary>
    /// <param name="table">The features.</param>
    /// <param name="criterion">The targets and weights.</param>
    /// <param name="buffers">For as many rows as the table has; the rows of the leaves of the tree before are lost.</param>
    /// <param name="treeKey">The source of the random decisions.</param>
    /// <param name="threads">The most threads to use within the tree.</param>
    /// <param name="cancellationToken">Ends the growth.</param>
    public GrownTree Grow(
        FeatureTable table, Criterion criterion, GrowthBuffers buffers, ulong treeKey, int threads, CancellationToken cancellationToken)
    {
        buffers.Take(criterion.Weights);
        int rowCount = buffers.RowCount;
        if (rowCount == 0)
        {
            throw new ArgumentException("No row has a weight above 0.", nameof(criterion));
        }

        var limits = new GrowthLimits
        {
            MaxDepth = MaxDepth ?? int.MaxValue,
            MaxLeaves = MaxLeaves,
            Order = MaxLeaves is null ? GrowthOrder.DepthFirst : GrowthOrder.BestFirst,
            MinSamplesSplit = MinSamplesSplit.Of(rowCount),
            MinSamplesLeaf = MinSamplesLeaf.Of(rowCount),
            MinWeightLeaf = MinWeightFractionLeaf * buffers.TotalWeight,
            MinGain = MinImpurityDecrease * criterion.ImpurityScale(buffers.TotalWeight),
            MinSamplesPerCategory = MinSamplesPerCategory,
            FeaturesPerNode = MaxFeatures.Of(table.ColumnCount),
            RandomTies = RandomTies,
        };
        SplitFinder finder = criterion.CreateFinder(
            new FinderFactory(this, table, limits, criterion.Weights, buffers, threads, cancellationToken));
        var grower = new TreeGrower(criterion, finder, limits, buffers, KeepNodeValues);
        (Tree tree, TreeStatistics statistics) = grower.Grow(treeKey, cancellationToken);
        return new GrownTree(tree, statistics, grower);
    }

    private sealed class FinderFactory(
        TreeOptions options,
        FeatureTable table,
        GrowthLimits limits,
        double[] weights,
        GrowthBuffers buffers,
        int threads,
        CancellationToken cancellationToken) : ISplitFinderFactory
    {
        public bool PacksSums => options.Splitter == Splitter.Best;

        public SplitFinder Create<TAccumulator>(TAccumulator accumulator)
            where TAccumulator : struct, ISplitAccumulator<TAccumulator>
        {
            if (options.Splitter == Splitter.Random)
            {
                return new RandomSplitFinder<TAccumulator>(accumulator, table, limits, weights, buffers.RowCount);
            }

            if (options.SplitMethod == SplitMethod.Histogram)
            {
                return new HistogramSplitFinder<TAccumulator>(
                    accumulator, table.Schema, table.Binned(options.MaxBins, threads, cancellationToken), limits, threads);
            }

            var finder = new ExactSplitFinder<TAccumulator>(
                accumulator, table.Schema, table.Sorted(threads, cancellationToken), limits, buffers.RowCount, threads);
            finder.Begin(buffers.InTree, buffers.RowCount);
            return finder;
        }
    }
}

/// <summary>A tree, what training knew of it, and the rows of its leaves.</summary>
internal readonly struct GrownTree(Tree tree, TreeStatistics statistics, TreeGrower grower)
{
    public Tree Tree { get; } = tree;

    public TreeStatistics Statistics { get; } = statistics;

    /// <summary>The training rows of a leaf.</summary>
    public ReadOnlySpan<int> LeafRows(int leaf) => grower.PartitionedRows(grower.LeafRanges[leaf].Start, grower.LeafRanges[leaf].Count);
}
