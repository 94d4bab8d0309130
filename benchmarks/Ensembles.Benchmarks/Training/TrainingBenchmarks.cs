using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Benchmarks.Training;

/// <summary>
/// What the benchmarks of training have in common: two classes or numbers in normal and log-normal columns, and five iterations only. The
/// binned view of the table is made before, as it is for all but the first fit; <see cref="BinningBenchmarks"/> times it.
/// </summary>
[SimpleJob(RunStrategy.Throughput, launchCount: 1, warmupCount: 2, iterationCount: 5)]
public abstract class TrainingBenchmarks
{
    /// <summary>The training rows.</summary>
    [Params(10_000, 100_000, 1_000_000)]
    [Quick(10_000)]
    public int Rows { get; set; }

    /// <summary>The columns.</summary>
    [Params(10, 28, 100)]
    [Quick(28)]
    public int Features { get; set; }

    /// <summary>The threads of a fit.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    [Quick(1)]
    public int Threads { get; set; }

    /// <summary>One thread, and one for each processor.</summary>
    public static IEnumerable<int> ThreadCounts => new[] { 1, Environment.ProcessorCount }.Distinct();

    private protected ClassificationDataset Classes { get; private set; } = null!;

    private protected RegressionDataset Numbers { get; private set; } = null!;

    private protected FitOptions Options => new() { Threads = Threads };

    /// <summary>Makes the data and their binned views.</summary>
    [GlobalSetup]
    public void Make()
    {
        Classes = BenchmarkData.Classification(Rows, Features);
        Numbers = BenchmarkData.Regression(Rows, Features);
        new DecisionTreeClassifier { SplitMethod = SplitMethod.Histogram, MaxDepth = 1 }.Fit(Classes);
        new DecisionTreeRegressor { SplitMethod = SplitMethod.Histogram, MaxDepth = 1 }.Fit(Numbers);
    }
}
