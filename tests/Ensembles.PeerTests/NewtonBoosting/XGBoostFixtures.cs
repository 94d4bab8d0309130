using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ensembles.Data;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>What XGBoost grew, read from the fixture that Fixtures/make_newton_fixtures.py wrote; the script says what it holds.</summary>
internal sealed record XGBoostFixtures(Dictionary<string, XGBoostData> Data, XGBoostCase[] Cases)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Lazy<XGBoostFixtures> File = new(Read);

    public static XGBoostFixtures All => File.Value;

    private static XGBoostFixtures Read()
    {
        const string Name = "newton.json.gz";
        using Stream file = typeof(XGBoostFixtures).Assembly.GetManifestResourceStream(Name)
            ?? throw new FileNotFoundException("The fixture is not embedded.", Name);
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<XGBoostFixtures>(text, Options)!;
    }
}

/// <summary>Training rows; no class where the target is a number.</summary>
internal sealed record XGBoostData(int Classes, double?[][] Columns, double[] Target, double[] Weights)
{
    public FeatureTable Table() => FeatureTable.FromColumns(
        [.. Columns.Select(column => Array.ConvertAll(column, cell => (float)(cell ?? double.NaN)))]);
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
    [property: JsonPropertyName("scale_pos_weight")] double? ScalePositiveWeight);

/// <summary>XGBoost's arrays of nodes, the root at 0; a leaf has −1 as its children. Rows has the leaf of every training row.</summary>
internal sealed record XGBoostTree(int[] Left, int[] Right, int[] Feature, double[] Gain, double[] Value, int[] Rows)
{
    public bool IsLeaf(int node) => Left[node] < 0;
}
