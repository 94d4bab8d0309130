using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Trees;
using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing;

namespace Ensembles.RandomForests;

/// <summary>
/// Grows the trees of a forest, one a thread. What a tree becomes is a function of the plan and its number, so it does not matter
/// which thread grows it, or in which fit.
/// </summary>
internal sealed class ForestGrower
{
    private readonly ForestPlan _plan;
    private readonly Func<double[], Criterion> _createCriterion;
    private readonly Action<double[]>? _reweight;

    /// <param name="plan">Which trees grow.</param>
    /// <param name="createCriterion">
    /// Makes a criterion over an array of weights; called once a worker, which then writes the weights of each of its trees into the array.
    /// </param>
    /// <param name="reweight">Changes the weights of a sample, or null.</param>
    public ForestGrower(ForestPlan plan, Func<double[], Criterion> createCriterion, Action<double[]>? reweight)
    {
        _plan = plan;
        _createCriterion = createCriterion;
        _reweight = reweight;
    }

    /// <summary>Grows the trees of some numbers.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="log">Keeps the trees, and has those of an earlier run.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the growth between two nodes.</param>
    public Forest Grow(int first, int count, FitLog<ForestTree> log, FitOptions options, CancellationToken cancellationToken)
    {
        int threads = options.ResolvedThreads;
        _plan.Tree.Prepare(_plan.Table, threads, cancellationToken);
        ForestTree?[] trees = [.. Enumerable.Range(0, count).Select(log.Known)];
        int[] missing = [.. Enumerable.Range(0, count).Where(index => trees[index] is null)];
        var progress = new ProgressCounter(options.Progress, count, count - missing.Length);

        // Fewer trees than threads: the threads left over work inside the trees.
        int threadsPerTree = Math.Max(1, threads / Math.Max(1, missing.Length));
        ParallelWork.For(
            missing.Length,
            threads,
            cancellationToken,
            () => new Worker(this),
            (i, worker) =>
            {
                GrownTree grown = worker.Grow(first + missing[i], threadsPerTree, cancellationToken);
                var tree = new ForestTree(
                    worker.Columns is int[] columns ? grown.Tree.WithFeatures(columns) : grown.Tree,
                    grown.Statistics,
                    _plan.KeepLeafSamples ? LeafSamples.Of(grown, worker.Weights) : null);
                trees[missing[i]] = tree;
                log.Add(missing[i], tree);
                progress.Add();
            });
        return new Forest(
            Array.ConvertAll(trees, tree => tree!.Tree),
            Array.ConvertAll(trees, tree => tree!.Statistics),
            _plan.KeepLeafSamples ? Array.ConvertAll(trees, tree => tree!.Samples!) : []);
    }

    /// <summary>What one thread needs to grow tree after tree.</summary>
    private sealed class Worker
    {
        private readonly ForestGrower _forest;
        private readonly ForestPlan _plan;
        private readonly Criterion _criterion;
        private readonly GrowthBuffers _buffers;
        private readonly int[] _counts;

        public Worker(ForestGrower forest)
        {
            _forest = forest;
            _plan = forest._plan;
            _buffers = new GrowthBuffers(_plan.Weights.Length);
            _counts = new int[_plan.Weights.Length];
            Weights = [.. _plan.Weights];
            _criterion = forest._createCriterion(Weights);
        }

        /// <summary>The weight of each row in the tree grown last.</summary>
        public double[] Weights { get; }

        /// <summary>The columns that the tree grown last was limited to, or null for all.</summary>
        public int[]? Columns { get; private set; }

        public GrownTree Grow(int number, int threads, CancellationToken cancellationToken)
        {
            _plan.Rows.Draw(number, _counts);
            for (int r = 0; r < Weights.Length; r++)
            {
                Weights[r] = _counts[r] * _plan.Weights[r];
            }

            _forest._reweight?.Invoke(Weights);
            Columns = _plan.FeaturesPerTree.Draw(_plan.Table.ColumnCount, TreeKeys.OfFeatures(_plan.Seed, number));
            FeatureTable table = Columns is null ? _plan.Table : _plan.Table.SelectColumns(Columns);
            return _plan.Tree.Grow(table, _criterion, _buffers, TreeKeys.Of(_plan.Seed, number), threads, cancellationToken);
        }
    }
}
