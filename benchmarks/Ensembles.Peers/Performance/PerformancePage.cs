using Ensembles.Peers.Boosting;
using Ensembles.Peers.Explanation;
using Ensembles.Peers.Forests;
using Ensembles.Peers.Kernels;
using Ensembles.Peers.Training;

namespace Ensembles.Peers.Performance;

/// <summary>docs/performance.md: its tables are made from the committed results, its other text is written by hand.</summary>
public static class PerformancePage
{
    private const string NotMeasured = "*Not measured yet.*";

    /// <summary>A page with its tables of training, forests, trees and classical boosting as the results in a folder make them.</summary>
    /// <param name="page">The text of the page.</param>
    /// <param name="resultFolder">The folder with training.csv, training-growth.csv, forest-speed.csv and boosting-speed.csv, or some of them.</param>
    public static string Render(string page, string resultFolder)
    {
        foreach ((string name, IEnumerable<string> lines) in Sections(resultFolder))
        {
            page = DocumentTable.Render(page, name, lines);
        }

        return page;
    }

    /// <summary>Refreshes the document, or shows the tables where the results are not those of the repository.</summary>
    internal static void Write(Repository repository, string? resultFolder)
    {
        if (resultFolder is null)
        {
            string path = repository.Document("performance.md");
            File.WriteAllText(path, Render(File.ReadAllText(path), repository.ResultFolder));
            return;
        }

        foreach ((string name, IEnumerable<string> lines) in Sections(resultFolder))
        {
            Console.WriteLine($"\n{name}\n\n{string.Join('\n', lines)}");
        }
    }

    private static IEnumerable<(string Name, IEnumerable<string> Lines)> Sections(string folder)
    {
        TrainingTables? training = Read(folder, TrainingRun.ResultName) is { } fits ? new(fits) : null;
        GrowthTables? growth = Read(folder, GrowthRun.ResultName) is { } sizes ? new(sizes) : null;
        ForestTables? forests = Read(folder, ForestSpeedRun.ResultName) is { } grown ? new(grown) : null;
        BoostingTables? boosting = Read(folder, BoostingSpeedRun.ResultName) is { } boosted ? new(boosted) : null;
        return
        [
            ("training times", training?.Times() ?? [NotMeasured]),
            ("training losses", training?.Losses() ?? [NotMeasured]),
            ("training threads", training?.Threads() ?? [NotMeasured]),
            ("training kernels", Read(folder, KernelRun.ResultName) is { } kernels ? KernelTable.Lines(kernels) : [NotMeasured]),
            ("growth by rows", growth?.ByRows() ?? [NotMeasured]),
            ("growth by features", growth?.ByFeatures() ?? [NotMeasured]),
            ("shap", Read(folder, ShapRun.ResultName) is { } shap ? ShapTable.Lines(shap) : [NotMeasured]),
            ("forest times", forests?.Times() ?? [NotMeasured]),
            ("forest errors", forests?.Errors() ?? [NotMeasured]),
            ("boosting times", boosting?.Times() ?? [NotMeasured]),
            ("boosting errors", boosting?.Errors() ?? [NotMeasured]),
        ];
    }

    private static ResultTable? Read(string folder, string name) => ResultTable.ReadIfThere(Path.Combine(folder, name));
}
