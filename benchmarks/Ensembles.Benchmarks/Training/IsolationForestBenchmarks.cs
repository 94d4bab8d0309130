using BenchmarkDotNet.Attributes;
using Ensembles.IsolationForests;

namespace Ensembles.Benchmarks.Training;

/// <summary>An isolation forest of 100 trees.</summary>
public class IsolationForestBenchmarks : TrainingBenchmarks
{
    /// <summary>The rows that a tree sees.</summary>
    [Params(256, 4096)]
    [Quick(256)]
    public int SampleSize { get; set; }

    /// <summary>All features at every node.</summary>
    [Benchmark]
    public object Forest() => new IsolationForest { SampleSize = SampleSize }.Fit(Classes.Features, Options);
}
