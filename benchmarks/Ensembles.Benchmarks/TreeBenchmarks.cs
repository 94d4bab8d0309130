using BenchmarkDotNet.Attributes;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Benchmarks;

/// <summary>
/// One CART tree on 28 float features, all defaults (grown until the leaves are pure), on one thread. The sorted and binned views
/// of the table are made before, as they are for all but the first fit.
/// </summary>
public class TreeBenchmarks
{
    private static readonly FitOptions OneThread = new() { Threads = 1 };

    private ClassificationDataset? _classes;
    private RegressionDataset? _numbers;

    /// <summary>The training rows.</summary>
    [Params(10_000, 100_000)]
    public int Rows { get; set; }

    /// <summary>Which thresholds are tried.</summary>
    [Params(SplitMethod.Exact, SplitMethod.Histogram)]
    public SplitMethod Method { get; set; }

    /// <summary>Makes the data and their derived views.</summary>
    [GlobalSetup]
    public void Make()
    {
        _classes = BenchmarkData.Classification(Rows);
        _numbers = BenchmarkData.Regression(Rows);
        new DecisionTreeClassifier { SplitMethod = Method, MaxDepth = 1 }.Fit(_classes);
        new DecisionTreeRegressor { SplitMethod = Method, MaxDepth = 1 }.Fit(_numbers);
    }

    /// <summary>Two classes, Gini.</summary>
    [Benchmark]
    public object Classifier() => new DecisionTreeClassifier { SplitMethod = Method }.Fit(_classes!, OneThread);

    /// <summary>Squared error.</summary>
    [Benchmark]
    public object Regressor() => new DecisionTreeRegressor { SplitMethod = Method }.Fit(_numbers!, OneThread);
}
