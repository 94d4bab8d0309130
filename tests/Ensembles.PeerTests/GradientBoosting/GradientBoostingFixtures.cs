namespace Ensembles.PeerTests.GradientBoosting;

/// <summary>scikit-learn's gradient boosting, read from the fixture that Fixtures/make_gradient_boosting_fixtures.py wrote.</summary>
internal sealed record GradientBoostingFixtures(BoostingCase[] Cases, SampledCase[] Sampled)
{
    private static readonly Lazy<GradientBoostingFixtures> File = new(() => FixtureFile.Read<GradientBoostingFixtures>("gradient-boosting.json.gz"));

    public static GradientBoostingFixtures All => File.Value;
}

/// <summary>A fit with all rows in every round: the first rows are for training, all for prediction.</summary>
internal sealed record BoostingCase(
    string Name,
    string Kind,
    string Loss,
    int Classes,
    int TrainRows,
    int Rounds,
    double Rate,
    int? Depth,
    int? Leaves,
    int MinLeaf,
    int MinSplit,
    double Alpha,
    double MinWeight,
    double MinDecrease,
    float[][] Columns,
    double[] Targets,
    double[]? RowWeights,
    double[] Losses,
    double[] Raw,
    double[] Output,
    double[][] Staged,
    double[] Importances);

/// <summary>
/// Fits by sampled rows: after every tenth round, by seed, the squared error of the test rows and the out-of-bag improvement.
/// </summary>
internal sealed record SampledCase(
    string Name,
    double Share,
    int TrainRows,
    int Rounds,
    float[][] Columns,
    double[] Targets,
    double[][] TestErrors,
    double[][] Improvements);
