using Ensembles.Data;
using Ensembles.Datasets;

namespace Ensembles.Peers.ForestQuality;

/// <summary>A set to compare on: its name, how often it is split, and the set itself, one of two kinds.</summary>
internal sealed record QualitySet(string Name, int Seeds, ClassificationDataset? Classification, RegressionDataset? Regression)
{
    public Dataset Data => (Dataset?)Classification ?? Regression!;

    /// <summary>The sets of the comparison with other libraries: numbers only, nothing missing. Small ones are split more often.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="missing">Told the name of a set that is not there.</param>
    public static IEnumerable<QualitySet> Compared(RunOptions options, Action<string> missing)
    {
        yield return new("breast-cancer", 100, SampleData.BreastCancer(), null);
        yield return new("digits", 60, SampleData.Digits(), null);
        const string Letters = "letter-recognition";
        if (options.PathOf(Letters) is string path)
        {
            yield return new(Letters, 10, ClassificationDataset.FromCsv(path, "lettr"), null);
        }
        else
        {
            missing(Letters);
        }

        yield return new("diabetes", 200, null, SampleData.Diabetes());

        // As many rows and columns as the California housing data.
        yield return new("friedman1-20640x8", 10, null, SyntheticData.Friedman1(20_640, seed: 1, noise: 1, features: 8));
    }
}
