using System.Numerics;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.IsolationForests;

/// <summary>
/// Finds rows that differ from the others, without labels (Liu, Ting and Zhou 2008). Each tree parts a small sample of the rows
/// by random features at random thresholds; rows that few splits suffice to isolate are anomalous.
/// </summary>
/// <remarks>
/// A node draws a feature evenly among those that vary in it, and a threshold evenly between the least and the greatest value.
/// Of a categorical feature it draws a set that has each category with probability ½, but neither all nor none of those in the
/// node. Missing values go with the larger child, so that a missing value by itself is no anomaly; where a feature has one
/// value only besides missing ones, the split parts the missing rows from the others.
/// </remarks>
public sealed record IsolationForest : Learner
{
    private readonly int _treeCount = 100;
    private readonly int _sampleSize = 256;
    private readonly double? _contamination;

    /// <summary>The number of trees, at least 1 (default 100).</summary>
    public int TreeCount
    {
        get => _treeCount;
        init => _treeCount = CheckRange(value, 1);
    }

    /// <summary>
    /// The number of rows ψ that each tree draws, each at most once; at least 2 (default 256). Where there are fewer rows, each
    /// tree gets all. Trees end at depth ⌈log₂ ψ⌉.
    /// </summary>
    public int SampleSize
    {
        get => _sampleSize;
        init => _sampleSize = CheckRange(value, 2);
    }

    /// <summary>How many features a tree draws, each at most once (default: it gets all).</summary>
    public FeatureCount MaxFeatures { get; init; }

    /// <summary>
    /// The share of the training rows that are outliers, above 0 and at most 0.5: the threshold is then the 1 − share quantile of
    /// their scores. Null (default) for a threshold of 0.5, the score of a row of average path length.
    /// </summary>
    public double? Contamination
    {
        get => _contamination;
        init => _contamination = value is null or (> 0 and <= 0.5)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Contamination), value, "Contamination must be above 0 and at most 0.5, or null for a threshold of 0.5.");
    }

    /// <summary>Trains a model.</summary>
    /// <param name="table">The rows to learn from.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model that never changes and may be used by any number of threads.</returns>
    public IsolationForestModel Fit(FeatureTable table, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Grow(table, [], [], TreeCount, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Adds trees to those that there are.</summary>
    internal IsolationForestModel Grow(
        FeatureTable table,
        Tree[] trees,
        IReadOnlyList<TreeStatistics> statistics,
        int more,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        int sampleSize = Math.Min(SampleSize, table.RowCount);
        double[] pathLengths = AveragePathLength.UpTo(sampleSize);
        using FitLog<IsolationTree> log = options.OpenLog<IsolationTree>(
            new FitIdentity { Recipe = this, Table = table, First = trees.Length, Units = more });
        var progress = new ProgressCounter(options.Progress, more, log.KnownCount);
        IsolationTree?[] known = [.. Enumerable.Range(0, more).Select(log.Known)];
        IsolationTree[] added = new IsolationTree[more];
        ParallelWork.For(
            more,
            options.ResolvedThreads,
            cancellationToken,
            i =>
            {
                if (known[i] is IsolationTree tree)
                {
                    added[i] = tree;
                    return;
                }

                added[i] = GrowTree(table, trees.Length + i, sampleSize, pathLengths, cancellationToken);
                log.Add(i, added[i]);
                progress.Add();
            });
        var model = new IsolationForestModel(
            table,
            this,
            [.. trees, .. added.Select(grown => grown.Tree)],
            [.. statistics, .. added.Select(grown => grown.Statistics)],
            pathLengths[sampleSize],
            threshold: 0.5);
        model = Contamination is double share ? model.WithThreshold(table, share, options.ResolvedThreads) : model;
        log.Finish();
        return model;
    }

    private IsolationTree GrowTree(
        FeatureTable table, int number, int sampleSize, double[] pathLengths, CancellationToken cancellationToken)
    {
        var rows = new int[sampleSize];
        new RandomStream(TreeKeys.OfSample(Seed, number)).SampleWithoutReplacement(table.RowCount, rows);
        Array.Sort(rows);
        FeatureTable sample = table.SelectRows(rows);
        int[]? columns = MaxFeatures.Draw(table.ColumnCount, TreeKeys.OfFeatures(Seed, number));
        var options = new TreeOptions
        {
            MaxDepth = sampleSize == 1 ? 0 : BitOperations.Log2((uint)sampleSize - 1) + 1,
            MaxFeatures = FeatureCount.Exactly(1),
            Splitter = Splitter.Random,
            SplitMethod = SplitMethod.Exact,
        };
        GrownTree grown = options.Grow(
            columns is null ? sample : sample.SelectColumns(columns),
            new IsolationCriterion(sampleSize),
            TreeKeys.Of(Seed, number),
            threads: 1,
            cancellationToken);
        Tree tree = grown.Tree.WithLeafValues(PathLengths(grown, pathLengths));
        return new IsolationTree(columns is null ? tree : tree.WithFeatures(columns), grown.Statistics);
    }

    /// <summary>By leaf its depth and what the splits that were not made would add on average.</summary>
    private static double[] PathLengths(GrownTree grown, double[] averages)
    {
        int[] depths = grown.Tree.NodeDepths();
        var lengths = new double[grown.Tree.LeafCount];
        for (int leaf = 0; leaf < lengths.Length; leaf++)
        {
            int node = grown.Tree.InnerCount + leaf;
            lengths[leaf] = depths[node] + averages[grown.Statistics.RowCount(node)];
        }

        return lengths;
    }
}
