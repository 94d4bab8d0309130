using System.IO.Compression;
using System.Text.Json;

namespace Ensembles.PeerTests.Evaluation;

/// <summary>What scikit-learn and SciPy gave, read from the fixture that Fixtures/make_evaluation_fixtures.py wrote.</summary>
internal sealed record EvaluationFixtures(
    CurveCase[] Curves,
    ReportCase[] Reports,
    IsotonicCase[] Isotonic,
    SigmoidCase[] Sigmoid,
    PairedCase[] Paired,
    McNemarCase[] McNemar,
    FoldCase Folds,
    TreeCase Trees)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Lazy<EvaluationFixtures> File = new(Read);

    public static EvaluationFixtures Instance => File.Value;

    private static EvaluationFixtures Read()
    {
        using Stream file = typeof(EvaluationFixtures).Assembly.GetManifestResourceStream("evaluation.json.gz")
            ?? throw new FileNotFoundException("The fixture is not embedded.", "evaluation.json.gz");
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<EvaluationFixtures>(text, Options)!;
    }
}

/// <summary>Points have the false and the true positive rate, or precision and recall, and the threshold.</summary>
internal sealed record CurveCase(
    int[] Labels,
    double[] Probabilities,
    double[]? Weights,
    double[][] Roc,
    double[][] RocThinned,
    double[][] PrecisionRecall,
    CalibrationCase[]? Calibration);

/// <summary>Points have the observed share and the mean probability.</summary>
internal sealed record CalibrationCase(int Bins, string Strategy, double[][] Points);

/// <summary>Lines have precision, recall, F1 and support.</summary>
internal sealed record ReportCase(
    int ClassCount,
    int[] Labels,
    int[] Predictions,
    double[]? Weights,
    double[][] Classes,
    double Accuracy,
    double[] Macro,
    double[] Weighted);

internal sealed record IsotonicCase(double[] X, double[] Y, double[]? Weights, double[] Probes, double[] Values);

internal sealed record SigmoidCase(int[] Labels, double[] Scores, double[]? Weights, double Slope, double Intercept);

/// <summary>T has the statistic, p and the interval of level 0.9; the others the statistic and p.</summary>
internal sealed record PairedCase(
    double[] First,
    double[] Second,
    double[] T,
    double Ratio,
    double[] CorrectedT,
    double? Scale,
    double[]? Wilcoxon,
    double[]? FiveByTwoT,
    double[]? FiveByTwoF);

internal sealed record McNemarCase(int[] Labels, int[] First, int[] Second, double[] Expected);

internal sealed record FoldCase(int[] Groups, int[] GroupSizes, int[][] Blocks, TimeCase[] Time);

internal sealed record TimeCase(int Count, int? TestRows, int Gap, int? MaxTrainRows, int[][][] Folds);

internal sealed record TreeCase(
    double[][] X,
    double[] Y,
    double[] Mse,
    double[] R2,
    double[] TrainingMse,
    int[] Depths,
    double[][] CurveTraining,
    double[][] CurveTest,
    int[] LearningSizes,
    int[] LearningShape);
