using BenchmarkDotNet.Attributes;
using Ensembles.Bagging;
using Ensembles.Trees;

namespace Ensembles.Benchmarks.Training;

/// <summary>Ten bagged trees by histograms, all features at every node.</summary>
public class BaggingBenchmarks : TrainingBenchmarks
{
    private const int Members = 10;

    /// <summary>The depth of the trees.</summary>
    [Params(6, 12)]
    [Quick(6)]
    public int Depth { get; set; }

    /// <summary>Two classes.</summary>
    [Benchmark]
    public object Classifier() =>
        new BaggingClassifier(new DecisionTreeClassifier { MaxDepth = Depth, SplitMethod = SplitMethod.Histogram }) { Count = Members }
            .Fit(Classes, Options);

    /// <summary>Squared error.</summary>
    [Benchmark]
    public object Regressor() =>
        new BaggingRegressor(new DecisionTreeRegressor { MaxDepth = Depth, SplitMethod = SplitMethod.Histogram }) { Count = Members }
            .Fit(Numbers, Options);
}
