using Ensembles.Peers.Boosting;
using Ensembles.Peers.Explanation;
using Ensembles.Peers.Forests;
using Ensembles.Peers.GbmPerf;
using Ensembles.Peers.Growth;
using Ensembles.Peers.Kernels;
using Ensembles.Peers.Prediction;
using Ensembles.Peers.Training;
using Ensembles.Plots;

namespace Ensembles.Peers.Performance;

/// <summary>
/// docs/performance.md, the table of the README and the charts of speed: made from the committed results; the other text of the pages is
/// written by hand.
/// </summary>
public static class PerformancePage
{
    internal const string NotMeasured = "*Not measured yet.*";

    private const string StandingName = "standing";

    /// <summary>The page with its tables as the results in a folder make them.</summary>
    /// <param name="page">The text of docs/performance.md.</param>
    /// <param name="resultFolder">The folder with training.csv, prediction.csv and the others, or some of them.</param>
    public static string Render(string page, string resultFolder) =>
        Sections(resultFolder).Aggregate(page, (text, section) => DocumentTable.Render(text, section.Name, section.Lines));

    /// <summary>The README with its table of how the library stands.</summary>
    /// <param name="readme">The text of the README.</param>
    /// <param name="resultFolder">The folder with the results.</param>
    public static string RenderReadme(string readme, string resultFolder) =>
        DocumentTable.Render(readme, StandingName, new Standing(name => Read(resultFolder, name)).Lines());

    /// <summary>The specifications of the charts, by their names in docs/charts without ending.</summary>
    /// <param name="resultFolder">The folder with the results.</param>
    public static IEnumerable<(string Name, string VegaLite)> Charts(string resultFolder)
    {
        IReadOnlyList<Standing.Kind> kinds = new Standing(name => Read(resultFolder, name)).Kinds;
        if (kinds.Count > 0)
        {
            yield return (StandingName, StandingChart.Draw(kinds).ToVegaLite());
        }

        if (Read(resultFolder, GrowthRun.ResultName) is { } growth)
        {
            foreach ((string name, Chart chart) in GrowthCharts.Of(new GrowthTables(growth)))
            {
                yield return (name, chart.ToVegaLite());
            }
        }
    }

    /// <summary>Refreshes the documents, or shows the tables where the results are not those of the repository.</summary>
    internal static void Write(Repository repository, string? resultFolder)
    {
        if (resultFolder is not null)
        {
            foreach ((string name, IEnumerable<string> lines) in Sections(resultFolder))
            {
                string[] shown = [.. lines];
                if (shown is not [NotMeasured])
                {
                    Console.WriteLine($"\n{name}\n\n{string.Join('\n', shown)}");
                }
            }

            return;
        }

        string page = repository.Document("performance.md");
        File.WriteAllText(page, Render(File.ReadAllText(page), repository.ResultFolder));
        File.WriteAllText(repository.Readme, RenderReadme(File.ReadAllText(repository.Readme), repository.ResultFolder));
        foreach ((string name, string text) in Charts(repository.ResultFolder))
        {
            File.WriteAllText(repository.Document(Path.Combine("charts", name + ".vl.json")), text);
        }

        ChartRendering.Run(repository);
    }

    private static IEnumerable<(string Name, IEnumerable<string> Lines)> Sections(string folder)
    {
        TrainingTables? training = Read(folder, TrainingRun.ResultName) is { } fits ? new(fits) : null;
        GrowthTables? growth = Read(folder, GrowthRun.ResultName) is { } sizes ? new(sizes) : null;
        ForestTables? forests = Read(folder, ForestSpeedRun.ResultName) is { } grown ? new(grown) : null;
        BoostingTables? boosting = Read(folder, BoostingSpeedRun.ResultName) is { } boosted ? new(boosted) : null;
        return
        [
            (StandingName, new Standing(name => Read(folder, name)).Lines()),
            ("training times", training?.Times() ?? [NotMeasured]),
            ("training losses", training?.Losses() ?? [NotMeasured]),
            ("training threads", training?.Threads() ?? [NotMeasured]),
            ("training kernels", Read(folder, KernelRun.ResultName) is { } kernels ? KernelTable.Lines(kernels) : [NotMeasured]),
            ("growth exponents", growth?.Exponents() ?? [NotMeasured]),
            ("growth memory", growth?.Memory() ?? [NotMeasured]),
            ("growth sizes", growth?.Sizes() ?? [NotMeasured]),
            ("prediction", Read(folder, PredictionRun.ResultName) is { } prediction ? PredictionTable.Lines(prediction) : [NotMeasured]),
            ("shap", Read(folder, ShapRun.ResultName) is { } shap ? ShapTable.Lines(shap) : [NotMeasured]),
            ("forest times", forests?.Times() ?? [NotMeasured]),
            ("forest errors", forests?.Errors() ?? [NotMeasured]),
            ("boosting times", boosting?.Times() ?? [NotMeasured]),
            ("gbm-perf", Read(folder, GbmPerfRun.ResultName) is { } recipe ? new GbmPerfTable(recipe).Lines() : [NotMeasured]),
            ("boosting errors", boosting?.Errors() ?? [NotMeasured]),
        ];
    }

    private static ResultTable? Read(string folder, string name) => ResultTable.ReadIfThere(Path.Combine(folder, name));
}
