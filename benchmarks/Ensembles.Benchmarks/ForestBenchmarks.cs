using BenchmarkDotNet.Attributes;
using Ensembles.Data;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Benchmarks;

/// <summary>Ten unpruned trees on bootstraps of 28 float features, a tree a thread on all processors.</summary>
public class ForestBenchmarks
{
    private const int Trees = 10;

    private ClassificationDataset? _classes;
    private RegressionDataset? _numbers;

    /// <summary>The training rows.</summary>
    [Params(10_000, 100_000)]
    public int Rows { get; set; }

    /// <summary>Makes the data and their derived views.</summary>
    [GlobalSetup]
    public void Make()
    {
        _classes = BenchmarkData.Classification(Rows);
        _numbers = BenchmarkData.Regression(Rows);
        foreach (SplitMethod method in (SplitMethod[])[SplitMethod.Exact, SplitMethod.Histogram])
        {
            new RandomForestClassifier { TreeCount = 1, MaxDepth = 1, SplitMethod = method }.Fit(_classes);
            new RandomForestRegressor { TreeCount = 1, MaxDepth = 1, SplitMethod = method }.Fit(_numbers);
        }
    }

    /// <summary>Two classes, exact splits among log₂ d features a node.</summary>
    [Benchmark]
    public object ClassifierExact() => new RandomForestClassifier { TreeCount = Trees, SplitMethod = SplitMethod.Exact }.Fit(_classes!);

    /// <summary>Two classes, splits between bins among log₂ d features a node.</summary>
    [Benchmark]
    public object ClassifierHistogram() =>
        new RandomForestClassifier { TreeCount = Trees, SplitMethod = SplitMethod.Histogram }.Fit(_classes!);

    /// <summary>Squared error, splits between bins among a third of the features a node.</summary>
    [Benchmark]
    public object RegressorHistogram() => new RandomForestRegressor
    {
        TreeCount = Trees,
        MaxFeatures = FeatureCount.Fraction(1.0 / 3),
        SplitMethod = SplitMethod.Histogram,
    }.Fit(_numbers!);

    /// <summary>Two classes, one random threshold a feature, no bootstrap.</summary>
    [Benchmark]
    public object ExtraTrees() => new ExtraTreesClassifier { TreeCount = Trees }.Fit(_classes!);
}
