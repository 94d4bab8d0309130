using BenchmarkDotNet.Attributes;
using Ensembles.NewtonBoosting;

namespace Ensembles.Benchmarks.Training;

/// <summary>Ten rounds of Newton boosting by histograms, best leaf first.</summary>
public class NewtonBoostingBenchmarks : TrainingBenchmarks
{
    private const int Rounds = 10;

    /// <summary>The most leaves of a tree.</summary>
    [Params(31, 255)]
    [Quick(31)]
    public int Leaves { get; set; }

    /// <summary>Two classes, log loss.</summary>
    [Benchmark]
    public object Classifier() => new NewtonBoostingClassifier
    {
        Rounds = Rounds,
        GrowthPolicy = GrowthPolicy.LeafWise,
        MaxLeaves = Leaves,
        MaxDepth = null,
    }.Fit(Classes, Options);

    /// <summary>Squared error.</summary>
    [Benchmark]
    public object Regressor() => new NewtonBoostingRegressor
    {
        Rounds = Rounds,
        GrowthPolicy = GrowthPolicy.LeafWise,
        MaxLeaves = Leaves,
        MaxDepth = null,
    }.Fit(Numbers, Options);
}
