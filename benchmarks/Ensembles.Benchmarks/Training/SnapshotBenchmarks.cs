using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;

namespace Ensembles.Benchmarks.Training;

/// <summary>What snapshots cost: 500 rounds of 31 leaves that write none, or one every so many rounds.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class SnapshotBenchmarks
{
    private const int Rounds = 500;
    private const int None = 0;

    private ClassificationDataset _data = null!;
    private string _folder = string.Empty;

    /// <summary>The training rows.</summary>
    [Params(10_000, 100_000)]
    [Quick(10_000)]
    public int Rows { get; set; }

    /// <summary>After how many rounds a snapshot is written; 0 for none.</summary>
    [Params(None, 1, 10, 100)]
    [Quick(10)]
    public int Every { get; set; }

    /// <summary>Makes the data, their binned view and a folder.</summary>
    [GlobalSetup]
    public void Make()
    {
        _data = BenchmarkData.Classification(Rows);
        new NewtonBoostingClassifier { Rounds = 1 }.Fit(_data);
        _folder = Directory.CreateTempSubdirectory("ensembles-snapshots-").FullName;
    }

    /// <summary>Deletes the folder.</summary>
    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    /// <summary>On one thread.</summary>
    [Benchmark]
    public object Boost()
    {
        var snapshots = new SnapshotOptions(Path.Combine(_folder, "fit.snapshot")) { Every = Every == None ? null : Every, Interval = null };
        return new NewtonBoostingClassifier { Rounds = Rounds, GrowthPolicy = GrowthPolicy.LeafWise, MaxLeaves = 31, MaxDepth = null }
            .Fit(_data, new FitOptions { Threads = 1, Snapshots = Every == None ? null : snapshots });
    }
}
