using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>What XGBoost grew, read from the fixture that Fixtures/make_newton_fixtures.py wrote; the script says what it holds.</summary>
internal sealed record XGBoostFixtures(Dictionary<string, XGBoostData> Data, XGBoostCase[] Cases)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Lazy<XGBoostFixtures> File = new(() => Read<XGBoostFixtures>("newton.json.gz"));

    public static XGBoostFixtures All => File.Value;

    public static TFixtures Read<TFixtures>(string name)
    {
        using Stream file = typeof(XGBoostFixtures).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The fixture is not embedded.", name);
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<TFixtures>(text, Options)!;
    }
}

/// <summary>Training rows; no class where the target is a number.</summary>
internal sealed record XGBoostData(int Classes, double?[][] Columns, double[] Target, double[] Weights)
{
    public FeatureTable Table() => FeatureTable.FromColumns(
        [.. Columns.Select(column => Array.ConvertAll(column, cell => (float)(cell ?? double.NaN)))]);

    public RegressionDataset Regression(bool weighted) => RegressionDataset.Create(Table(), Target, weighted ? Weights : []);

    public ClassificationDataset Classification(bool weighted) => ClassificationDataset.FromIndices(
        Table(),
        new ClassLabels(Enumerable.Range(0, Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))),
        Array.ConvertAll(Target, y => (int)y),
        weighted ? Weights : []);
}

/// <summary>One fit of XGBoost: trees, and predictions of the training rows.</summary>
internal sealed record XGBoostCase(
    string Name, string Data, bool Weighted, int Rounds, XGBoostParameters Parameters, XGBoostTree[] Trees, double[] Predictions)
{
    public override string ToString() => Name;
}

/// <summary>XGBoost's hyper-parameters; null is its default.</summary>
internal sealed record XGBoostParameters(
    string GrowPolicy,
    int MaxDepth,
    int? MaxLeaves,
    double Eta,
    double BaseScore,
    double? Gamma,
    [property: JsonPropertyName("reg_lambda")] double? Lambda,
    [property: JsonPropertyName("reg_alpha")] double? Alpha,
    double? MaxDeltaStep,
    double? MinChildWeight,
    [property: JsonPropertyName("scale_pos_weight")] double? ScalePositiveWeight)
{
    /// <summary>A recipe with these hyper-parameters.</summary>
    public NewtonBoostingLearner<TDataset, TModel> Limit<TDataset, TModel>(NewtonBoostingLearner<TDataset, TModel> recipe, int rounds)
        where TDataset : Dataset<TDataset>
        where TModel : Model => recipe with
        {
            Rounds = rounds,
            LearningRate = Eta,
            GrowthPolicy = string.Equals(GrowPolicy, "lossguide", StringComparison.Ordinal) ? GrowthPolicy.LeafWise : GrowthPolicy.DepthWise,
            MaxDepth = MaxDepth > 0 ? MaxDepth : null,
            MaxLeaves = MaxLeaves,
            MinSplitGain = Gamma ?? 0,
            L1 = Alpha ?? 0,
            L2 = Lambda ?? 1,
            MaxDeltaStep = MaxDeltaStep ?? 0,
            MinChildWeight = MinChildWeight ?? 1,
            BaseScore = BaseScore,
        };
}

/// <summary>XGBoost's arrays of nodes, the root at 0; a leaf has −1 as its children. Rows has the leaf of every training row.</summary>
internal sealed record XGBoostTree(int[] Left, int[] Right, int[] Feature, double[] Gain, double[] Value, int[] Rows)
{
    public bool IsLeaf(int node) => Left[node] < 0;
}
