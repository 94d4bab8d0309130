using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Quality;

/// <summary>A set to compare on.</summary>
/// <param name="Name">What the results call it.</param>
/// <param name="Task">What is learned.</param>
/// <param name="Source">bundled, generated or file.</param>
/// <param name="Load">Reads or makes it; null where its file is not there.</param>
internal sealed record ComparedSet(string Name, LearningTask Task, string Source, Func<Dataset>? Load)
{
    private const int GeneratedRowCount = 12_000;

    /// <summary>
    /// Those that the library brings, and those of the files: by the manifest of the folder, where it has one, or by ours.
    /// </summary>
    public static IEnumerable<ComparedSet> All(Repository repository, MeasureOptions options)
    {
        string? own = options.DataFolder is null ? null : Path.Combine(options.DataFolder, SetManifest.FileName);
        string manifest = File.Exists(own) ? own : repository.PeerScript("quality", "sets.tsv");
        return Bundled().Concat(SetManifest.Read(manifest, options.DataFolder));
    }

    private static IEnumerable<ComparedSet> Bundled() =>
    [
        Classes("breast-cancer", "bundled", SampleData.BreastCancer),
        Classes("credit-data", "bundled", SampleData.CreditData),
        Classes("telco-churn", "bundled", SampleData.TelcoChurn),
        Classes("digits", "bundled", SampleData.Digits),
        Classes("higgs-like", "generated", () => SyntheticData.HiggsLike(GeneratedRowCount, seed: 1)),
        Classes("hypercube", "generated", () => SyntheticData.Hypercube(
            GeneratedRowCount, new HypercubeOptions { Classes = 5, Informative = 8, Redundant = 4, Noise = 8 }, seed: 1)),
        Numbers("diabetes", "bundled", SampleData.Diabetes),
        Numbers("diamonds", "bundled", SampleData.Diamonds),
        Numbers("friedman1", "generated", () => SyntheticData.Friedman1(GeneratedRowCount, seed: 1, noise: 1)),
    ];

    private static ComparedSet Classes(string name, string source, Func<ClassificationDataset> load) =>
        new(name, LearningTask.Classification, source, load);

    private static ComparedSet Numbers(string name, string source, Func<RegressionDataset> load) =>
        new(name, LearningTask.Regression, source, load);
}
