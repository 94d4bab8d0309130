namespace Ensembles.PeerTests.AdaBoost;

/// <summary>scikit-learn's boosted classifiers, read from the fixture that Fixtures/make_adaboost_fixtures.py wrote.</summary>
internal sealed record AdaBoostFixtures(GeneratedCase[] Generated, BundledCase[] Bundled, RegressionCase[] Regression)
{
    private static readonly Lazy<AdaBoostFixtures> File = new(() => FixtureFile.Read<AdaBoostFixtures>("adaboost.json.gz"));

    public static AdaBoostFixtures All => File.Value;
}

/// <summary>A fit on rows that the fixture holds: the first for training, all for prediction.</summary>
internal sealed record GeneratedCase(
    string Name,
    int Classes,
    int TrainRows,
    int Depth,
    int Requested,
    double Rate,
    string Algorithm,
    float[][] Columns,
    int[] Labels,
    double[]? RowWeights,
    double[] Decision,
    double[] Importances,
    double[] Weights,
    double[] Errors,
    string[] Staged);

/// <summary>A fit on a bundled set, up to the round before scikit-learn's own choice depends on its random state.</summary>
internal sealed record BundledCase(
    string Data, int Depth, bool Weighted, int Rounds, double[] Weights, double[] Errors, string[] Staged);

/// <summary>The mean squared errors of AdaBoost.R2 on test rows, by seed.</summary>
internal sealed record RegressionCase(
    string Loss,
    int TrainRows,
    int Rounds,
    double Rate,
    float[][] Columns,
    double[] Targets,
    double[]? RowWeights,
    double[] TestErrors);
