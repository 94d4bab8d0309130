namespace Ensembles.PeerTests.GradientBoosting;

/// <summary>Boosting by R's gbm, read from the fixture that Fixtures/make_gbm_fixtures.R wrote.</summary>
internal sealed record GbmFixtures(GbmCase[] Whole, SampledGbmCase[] Sampled)
{
    private static readonly Lazy<GbmFixtures> File = new(() => FixtureFile.Read<GbmFixtures>("gbm.json.gz"));

    public static GbmFixtures All => File.Value;
}

/// <summary>A fit with all rows in every round: the loss of the training rows after each, and their scores after the last.</summary>
internal sealed record GbmCase(
    string Name,
    string Distribution,
    int Splits,
    double Rate,
    int Rounds,
    double[][] Columns,
    double[] Targets,
    double[]? Weights,
    double Start,
    double[] Losses,
    double[] Scores);

/// <summary>
/// Fits by half of the rows: by seed, after every tenth round, the sum of the out-of-bag improvements and the mean loss of the test rows.
/// </summary>
internal sealed record SampledGbmCase(
    string Name,
    string Distribution,
    int Splits,
    int Rounds,
    int TrainRows,
    double[][] Columns,
    double[] Targets,
    double[][] Improvements,
    double[][] TestLosses);
