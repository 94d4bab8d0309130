using BenchmarkDotNet.Attributes;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Benchmarks.Training;

/// <summary>Ten trees on bootstraps, a tree a thread.</summary>
public class ForestBenchmarks : TrainingBenchmarks
{
    /// <summary>Grown until the leaves are pure.</summary>
    public const int Unpruned = 0;

    private const int Trees = 10;

    /// <summary>The greatest depth of a tree; 0 for none.</summary>
    [Params(10, Unpruned)]
    [Quick(Unpruned)]
    public int Depth { get; set; }

    private int? MaxDepth => Depth == Unpruned ? null : Depth;

    /// <summary>Two classes, splits between bins among √d features a node.</summary>
    [Benchmark]
    public object Classifier() => new RandomForestClassifier
    {
        TreeCount = Trees,
        MaxDepth = MaxDepth,
        SplitMethod = SplitMethod.Histogram,
    }.Fit(Classes, Options);

    /// <summary>Squared error, splits between bins among a third of the features a node.</summary>
    [Benchmark]
    public object Regressor() => new RandomForestRegressor
    {
        TreeCount = Trees,
        MaxDepth = MaxDepth,
        MaxFeatures = FeatureCount.Fraction(1.0 / 3),
        SplitMethod = SplitMethod.Histogram,
    }.Fit(Numbers, Options);

    /// <summary>Two classes, one random threshold a feature, no bootstrap.</summary>
    [Benchmark]
    public object ExtraTrees() => new ExtraTreesClassifier { TreeCount = Trees, MaxDepth = MaxDepth }.Fit(Classes, Options);
}
