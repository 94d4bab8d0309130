using BenchmarkDotNet.Attributes;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;

namespace Ensembles.Benchmarks;

/// <summary>Models of 100 trees saved to a file and loaded from it, as text and packed.</summary>
public class FileBenchmarks
{
    /// <summary>Boosted trees of 31 leaves.</summary>
    public const string Booster = "booster";

    /// <summary>Unpruned trees of a random forest, some two thousand leaves each.</summary>
    public const string Forest = "forest";

    private const int Trees = 100;
    private const int TrainingRows = 10_000;

    private ClassificationModel? _model;
    private string _folder = string.Empty;
    private string _path = string.Empty;

    /// <summary>What is saved.</summary>
    [Params(Booster, Forest)]
    [Quick(Booster)]
    public string Model { get; set; } = Booster;

    /// <summary>The ending of the file: text, or packed by gzip.</summary>
    [Params(".json", ".json.gz")]
    [Quick(".json")]
    public string Ending { get; set; } = ".json";

    /// <summary>Trains the model and saves it once.</summary>
    [GlobalSetup]
    public void Train()
    {
        ClassificationDataset data = BenchmarkData.Classification(TrainingRows);
        _model = string.Equals(Model, Forest, StringComparison.Ordinal)
            ? new RandomForestClassifier { TreeCount = Trees }.Fit(data)
            : new NewtonBoostingClassifier { Rounds = Trees, GrowthPolicy = GrowthPolicy.LeafWise, MaxLeaves = 31, MaxDepth = null }
                .Fit(data);
        _folder = Directory.CreateTempSubdirectory("ensembles-files-").FullName;
        _path = Path.Combine(_folder, "model" + Ending);
        _model.Save(_path);
    }

    /// <summary>Deletes the file.</summary>
    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    /// <summary>Written aside, flushed and renamed.</summary>
    [Benchmark]
    public void Save() => _model!.Save(_path);

    /// <summary>Read and checked.</summary>
    [Benchmark]
    public object Load() => ClassificationModel.Load(_path);
}
