using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Benchmarks.Training;

/// <summary>
/// One CART tree, on one thread. The sorted and binned views of the table are made before, as they are for all but the first fit.
/// </summary>
[SimpleJob(RunStrategy.Throughput, launchCount: 1, warmupCount: 2, iterationCount: 5)]
public class TreeBenchmarks
{
    /// <summary>Grown until the leaves are pure.</summary>
    public const int Unpruned = 0;

    private static readonly FitOptions OneThread = new() { Threads = 1 };

    private ClassificationDataset? _classes;
    private RegressionDataset? _numbers;

    /// <summary>The training rows.</summary>
    [Params(10_000, 100_000, 1_000_000)]
    [Quick(10_000)]
    public int Rows { get; set; }

    /// <summary>The columns.</summary>
    [Params(10, 28, 100)]
    [Quick(28)]
    public int Features { get; set; }

    /// <summary>The greatest depth of the tree; 0 for none.</summary>
    [Params(6, Unpruned)]
    [Quick(Unpruned)]
    public int Depth { get; set; }

    /// <summary>Which thresholds are tried.</summary>
    [Params(SplitMethod.Exact, SplitMethod.Histogram)]
    [Quick(SplitMethod.Exact)]
    public SplitMethod Method { get; set; }

    private int? MaxDepth => Depth == Unpruned ? null : Depth;

    /// <summary>Makes the data and their derived views.</summary>
    [GlobalSetup]
    public void Make()
    {
        _classes = BenchmarkData.Classification(Rows, Features);
        _numbers = BenchmarkData.Regression(Rows, Features);
        new DecisionTreeClassifier { SplitMethod = Method, MaxDepth = 1 }.Fit(_classes);
        new DecisionTreeRegressor { SplitMethod = Method, MaxDepth = 1 }.Fit(_numbers);
    }

    /// <summary>Two classes, Gini.</summary>
    [Benchmark]
    public object Classifier() => new DecisionTreeClassifier { SplitMethod = Method, MaxDepth = MaxDepth }.Fit(_classes!, OneThread);

    /// <summary>Squared error.</summary>
    [Benchmark]
    public object Regressor() => new DecisionTreeRegressor { SplitMethod = Method, MaxDepth = MaxDepth }.Fit(_numbers!, OneThread);
}
