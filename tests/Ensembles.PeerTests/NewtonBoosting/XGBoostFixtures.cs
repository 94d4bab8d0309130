using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>What XGBoost grew, read from the fixtures that the scripts in Fixtures wrote; these say what they hold.</summary>
internal sealed record XGBoostFixtures(Dictionary<string, XGBoostData> Data, XGBoostCase[] Cases)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Lazy<XGBoostFixtures> HistFile = new(() => Read<XGBoostFixtures>("newton.json.gz"));
    private static readonly Lazy<XGBoostFixtures> ExactFile = new(() => Read<XGBoostFixtures>("newton-exact.json.gz"));

    /// <summary>Of <c>tree_method=hist</c>, by make_newton_fixtures.py.</summary>
    public static XGBoostFixtures All => HistFile.Value;

    /// <summary>Of <c>tree_method=exact</c>, by make_newton_exact_fixtures.py.</summary>
    public static XGBoostFixtures Exact => ExactFile.Value;

    public static TFixtures Read<TFixtures>(string name)
    {
        using Stream file = typeof(XGBoostFixtures).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The fixture is not embedded.", name);
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<TFixtures>(text, Options)!;
    }
}

/// <summary>Training rows; no class where the target is a number. Unseen rows in the fixture of the exact method.</summary>
internal sealed record XGBoostData(int Classes, double?[][] Columns, double[] Target, double[] Weights, double?[][] Unseen)
{
    public FeatureTable Table() => ToTable(Columns);

    public FeatureTable UnseenTable() => ToTable(Unseen);

    public RegressionDataset Regression(bool weighted) => RegressionDataset.Create(Table(), Target, weighted ? Weights : []);

    public ClassificationDataset Classification(bool weighted) => ClassificationDataset.FromIndices(
        Table(),
        new ClassLabels(Enumerable.Range(0, Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))),
        Array.ConvertAll(Target, y => (int)y),
        weighted ? Weights : []);

    private static FeatureTable ToTable(double?[][] columns) => FeatureTable.FromColumns(
        [.. columns.Select(column => Array.ConvertAll(column, cell => (float)(cell ?? double.NaN)))]);
}

/// <summary>One fit of XGBoost: trees, and predictions of the training rows and, of the exact method, of the unseen ones.</summary>
internal sealed record XGBoostCase(
    string Name,
    string Data,
    bool Weighted,
    int Rounds,
    XGBoostParameters Parameters,
    XGBoostTree[] Trees,
    double[] Predictions,
    double[] Unseen)
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
    [property: JsonPropertyName("scale_pos_weight")] double? ScalePositiveWeight,
    int[]? MonotoneConstraints,
    int[][]? InteractionConstraints)
{
    /// <summary>A recipe with these hyper-parameters.</summary>
    public NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted> Limit<TDataset, TModel, TMetric, TFitted>(
        NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted> recipe, int rounds)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel => recipe with
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
            MonotoneConstraints = MonotoneConstraints is null ? null : Ensembles.NewtonBoosting.MonotoneConstraints.Of(
                [.. MonotoneConstraints.Index().Where(pair => pair.Item != 0).Select(pair => (
                    (FeatureReference)pair.Index, pair.Item > 0 ? Monotonicity.Increasing : Monotonicity.Decreasing))]),
            InteractionConstraints = InteractionConstraints is null ? null : Ensembles.NewtonBoosting.InteractionConstraints.Of(
                [.. InteractionConstraints.Select(group => Array.ConvertAll(group, column => (FeatureReference)column))]),
        };
}

/// <summary>
/// XGBoost's arrays of nodes, the root at 0; a leaf has −1 as its children. Of hist: Rows has the leaf of every training row. Of exact:
/// thresholds (x &lt; t goes left), the side of missing values, and the hessian sums.
/// </summary>
internal sealed record XGBoostTree(
    int[] Left,
    int[] Right,
    int[] Feature,
    double[] Gain,
    double[] Value,
    int[] Rows,
    double[] Threshold,
    bool[] DefaultLeft,
    double[] Cover)
{
    public bool IsLeaf(int node) => Left[node] < 0;
}
