using BenchmarkDotNet.Attributes;
using Ensembles.GradientBoosting;
using Ensembles.Trees;

namespace Ensembles.Benchmarks.Training;

/// <summary>Ten rounds of gradient boosting by histograms.</summary>
public class GradientBoostingBenchmarks : TrainingBenchmarks
{
    private const int Rounds = 10;

    /// <summary>The depth of the trees.</summary>
    [Params(3, 6)]
    [Quick(3)]
    public int Depth { get; set; }

    /// <summary>Two classes, binomial deviance.</summary>
    [Benchmark]
    public object Classifier() =>
        new GradientBoostingClassifier { Rounds = Rounds, MaxDepth = Depth, SplitMethod = SplitMethod.Histogram }.Fit(Classes, Options);

    /// <summary>Squared error.</summary>
    [Benchmark]
    public object Regressor() =>
        new GradientBoostingRegressor { Rounds = Rounds, MaxDepth = Depth, SplitMethod = SplitMethod.Histogram }.Fit(Numbers, Options);
}
