using Ensembles.Peers.Boosting;
using Ensembles.Peers.Explanation;
using Ensembles.Peers.Forests;
using Ensembles.Peers.GbmPerf;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Prediction;
using Ensembles.Peers.Training;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>How the library stands beside others: the least, the median and the greatest ratio of each kind of work.</summary>
/// <param name="read">Gives the results by the name of their file; null where there are none.</param>
internal sealed class Standing(Func<string, ResultTable?> read)
{
    private static readonly string[] Libraries = ["XGBoost", "scikit-learn", "ranger", "LightGBM"];

    /// <summary>The kinds of work of which there are results.</summary>
    public IReadOnlyList<Kind> Kinds => [.. AllKinds().Where(kind => kind.Ratios.Length > 0)];

    /// <summary>The table, and under it every comparison that is lost.</summary>
    public IEnumerable<string> Lines()
    {
        IReadOnlyList<Kind> kinds = Kinds;
        if (kinds.Count == 0)
        {
            return [PerformancePage.NotMeasured];
        }

        (string Kind, string Name, double Ratio)[] losses =
            [.. kinds.SelectMany(kind => kind.Ratios.Where(pair => pair.Ratio < 1).Select(pair => (kind.Name, pair.Name, pair.Ratio)))];
        string list = string.Join("; ", losses.Select(loss => $"{loss.Kind}: {loss.Name} ({Times(loss.Ratio)})"));
        return
        [
            "| work | beside | comparisons | least | median | greatest | lost |",
            "|---|---|--:|--:|--:|--:|--:|",
            .. kinds.Select(kind => kind.Line()),
            "",
            .. NotRun(),
            losses.Length == 0 ? "None of these is lost." : $"Lost: {list}.",
        ];
    }

    // A library that some of the measurements had is not missing.
    private IEnumerable<string> NotRun()
    {
        string[] notes =
        [
            .. new[]
            {
                TrainingRun.ResultName, GbmPerfRun.ResultName, ForestSpeedRun.ResultName, BoostingSpeedRun.ResultName,
                PredictionRun.ResultName, ShapRun.ResultName,
            }.SelectMany(name => read(name)?.Notes ?? []),
        ];
        string[] missing =
        [
            .. Libraries.Where(library => !notes.Any(note => !IsNotRun(note) && note.Contains(library, StringComparison.Ordinal))),
        ];
        return missing.Length == 0 ? [] : [$"> not run: {string.Join(", ", missing)}  ", string.Empty];
    }

    private IEnumerable<Kind> AllKinds()
    {
        (string Name, double Ratio)[] training = read(TrainingRun.ResultName) is { } fits ? [.. new TrainingTables(fits).Ratios()] : [];
        yield return new("Newton boosting, binning and training", "the faster of XGBoost and scikit-learn", training);
        yield return new(
            "the recipe of GBM-perf, training",
            "XGBoost, categories given alike",
            read(GbmPerfRun.ResultName) is { } recipe ? [.. new GbmPerfTable(recipe).Ratios()] : []);
        (string Name, double Ratio)[] forests = read(ForestSpeedRun.ResultName) is { } grown ? [.. new ForestTables(grown).Ratios()] : [];
        yield return new("random forests, training", "the faster of scikit-learn and ranger", [.. Of(forests, "forest")]);
        yield return new("extra-trees, training", "scikit-learn", [.. Of(forests, "extra")]);
        yield return new("single exact trees, training", "scikit-learn", [.. Of(forests, "tree")]);
        yield return new(
            "AdaBoost, gradient boosting, training",
            $"{BoostingSpeedRun.Peer}, one thread",
            read(BoostingSpeedRun.ResultName) is { } boosted ? [.. new BoostingTables(boosted).Ratios()] : []);
        ResultTable? prediction = read(PredictionRun.ResultName);
        yield return new(
            "prediction of 100,000 rows", "the faster of XGBoost and scikit-learn", RatiosOf(prediction, "setting", PredictionTable.Ratio));
        yield return new("prediction of one row", "XGBoost", RatiosOf(prediction, "setting", PredictionTable.RatioOfOneRow));
        yield return new("SHAP values and interactions", "XGBoost", RatiosOf(read(ShapRun.ResultName), "setting", ShapTable.Ratio));
    }

    private static IEnumerable<(string Name, double Ratio)> Of((string Name, double Ratio)[] forests, string kind) =>
        forests.Where(pair => pair.Name.StartsWith(kind, StringComparison.Ordinal));

    private static (string Name, double Ratio)[] RatiosOf(ResultTable? table, string name, Func<ResultTable, string[], double> ratio) =>
        table is null
            ? []
            : [.. table.Rows.Select(row => (table.Text(row, name), ratio(table, row))).Where(pair => !double.IsNaN(pair.Item2))];

    /// <summary>A kind of work, and how many times ours others take for it.</summary>
    /// <param name="Name">What is done.</param>
    /// <param name="Peers">Who else does it.</param>
    /// <param name="Ratios">By comparison, at least one.</param>
    internal sealed record Kind(string Name, string Peers, (string Name, double Ratio)[] Ratios)
    {
        public double Least => Ratios.Min(pair => pair.Ratio);

        public double Median => Statistics.Median(Ratios.Select(pair => pair.Ratio));

        public double Greatest => Ratios.Max(pair => pair.Ratio);

        public string Line() =>
            $"| {Name} | {Peers} | {Ratios.Length} | {Times(Least)} | {Times(Median)} | {Times(Greatest)} "
            + $"| {Ratios.Count(pair => pair.Ratio < 1)} |";
    }
}
