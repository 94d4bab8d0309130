using BenchmarkDotNet.Attributes;
using Ensembles.LinearBoosting;

namespace Ensembles.Benchmarks.Training;

/// <summary>Ten rounds of linear boosting.</summary>
public class LinearBoostingBenchmarks : TrainingBenchmarks
{
    private const int Rounds = 10;

    /// <summary>Logistic regression.</summary>
    [Benchmark]
    public object Classifier() => new LinearBoostingClassifier { Rounds = Rounds }.Fit(Classes, Options);

    /// <summary>Linear regression.</summary>
    [Benchmark]
    public object Regressor() => new LinearBoostingRegressor { Rounds = Rounds }.Fit(Numbers, Options);
}
