using Ensembles.Peers.Boosting;
using Ensembles.Peers.Explanation;
using Ensembles.Peers.Forests;
using Ensembles.Peers.Growth;
using Ensembles.Peers.Kernels;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Performance;
using Ensembles.Peers.Prediction;
using Ensembles.Peers.Quality;
using Ensembles.Peers.Training;

namespace Ensembles.Peers;

/// <summary>A command that measures and then writes what it has found into its document.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Measure">Measures.</param>
/// <param name="Write">Writes the tables, or shows those of a folder of results.</param>
internal sealed record MeasureCommand(
    string Name, Action<Repository, MeasureOptions> Measure, Action<Repository, string?> Write)
{
    private const string ScikitLearn = "scikit-learn";
    private const string XGBoost = "XGBoost";

    public static IReadOnlyList<MeasureCommand> All { get; } =
    [
        Speed("training", TrainingRun.Run) with
        {
            Settings = [.. TrainingSetting.All.Select(setting => setting.Name)],
            Sets = TrainingSet.Names,
            Peers = [XGBoost, ScikitLearn, "LightGBM"],
        },
        Speed("training-growth", GrowthRun.Run) with { Settings = [.. GrowthCurve.All.Select(curve => curve.Name)] },
        Speed("training-kernels", KernelRun.Run),
        Speed("prediction", PredictionRun.Run) with
        {
            Settings = [.. PredictionSetting.All.Select(setting => setting.Name)],
            Peers = [XGBoost, ScikitLearn],
        },
        Speed("shap", ShapRun.Run) with { Settings = [.. ShapSetting.All.Select(setting => setting.Name)], Peers = [XGBoost] },
        Speed("forest-speed", ForestSpeedRun.Run) with
        {
            Settings = [.. ForestTask.All.Select(task => task.Name)],
            Peers = [ScikitLearn, ForestSpeedRun.Ranger],
        },
        Speed("boosting-speed", BoostingSpeedRun.Run) with
        {
            Settings = [.. BoostingTask.All.Select(task => task.Name)],
            Peers = [BoostingSpeedRun.Peer],
        },
        new("quality", QualityComparison.Run, QualityPage.Write)
        {
            Settings = [.. ComparedLearner.All.Select(learner => learner.Name)],
            Peers = [ScikitLearn, XGBoost],
        },
    ];

    /// <summary>The settings there are; null where it has none.</summary>
    public string[]? Settings { get; private init; }

    /// <summary>The sets there are; null where these depend on a folder.</summary>
    public string[]? Sets { get; private init; }

    /// <summary>The other libraries there are; null where it has none.</summary>
    public string[]? Peers { get; private init; }

    /// <summary>What is wrong with options; null where nothing is.</summary>
    public string? Problem(MeasureOptions options) =>
        Unknown("setting", options.Settings, Settings ?? [])
        ?? (Sets is null ? null : Unknown("set", options.Sets, Sets))
        ?? Unknown("library", options.Peers?.Where(peer => peer != "none"), Peers ?? []);

    private static MeasureCommand Speed(string name, Action<Repository, MeasureOptions> measure) =>
        new(name, measure, PerformancePage.Write);

    private string? Unknown(string what, IEnumerable<string>? asked, string[] known) =>
        asked?.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is not { } unknown
            ? null
            : known.Length == 0
                ? $"{Name} has no choice of a {what}."
                : $"{Name} has no {what} '{unknown}'. There are: {string.Join(", ", known)}.";
}
