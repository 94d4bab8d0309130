using System.IO.Compression;
using System.Text.Json;

namespace Ensembles.PeerTests.Metrics;

/// <summary>What scikit-learn's metrics gave, read from the fixture that Fixtures/make_metric_fixtures.py wrote.</summary>
internal sealed record MetricFixtures(BinaryCase[] Binary, MulticlassCase[] Multiclass, RegressionCase[] Regression)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Lazy<MetricFixtures> File = new(Read);

    public static MetricFixtures Instance => File.Value;

    private static MetricFixtures Read()
    {
        using Stream file = typeof(MetricFixtures).Assembly.GetManifestResourceStream("metrics.json.gz")
            ?? throw new FileNotFoundException("The fixture is not embedded.", "metrics.json.gz");
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<MetricFixtures>(text, Options)!;
    }
}

internal sealed record BinaryCase(
    int[] Labels,
    double[] Probabilities,
    double[]? Weights,
    double LogLoss,
    double Brier,
    double AreaUnderRoc,
    double AveragePrecision);

internal sealed record MulticlassCase(
    int ClassCount,
    int[] Labels,
    double[] Probabilities,
    int[] Predictions,
    double[]? Weights,
    double LogLoss,
    double AreaOneVsRest,
    double? AreaOneVsOne,
    double Accuracy,
    double BalancedAccuracy,
    double Matthews,
    double[] Confusion,
    double[] Precision,
    double[] Recall,
    double[] F1,
    double MacroF1);

internal sealed record RegressionCase(
    double[] Targets,
    double[] Predictions,
    double[]? Weights,
    double MeanSquaredError,
    double RootMeanSquaredError,
    double MeanAbsoluteError,
    double MedianAbsoluteError,
    double RSquared,
    double Pinball10,
    double Pinball75,
    double PoissonDeviance);
