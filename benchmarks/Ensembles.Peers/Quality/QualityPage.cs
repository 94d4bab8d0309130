namespace Ensembles.Peers.Quality;

/// <summary>docs/quality.md: its tables are made from the committed results, its other text is written by hand.</summary>
public static class QualityPage
{
    private const string NotMeasured = "*Not measured yet.*";

    /// <summary>A page with its tables as the results in a folder make them.</summary>
    /// <param name="page">The text of the page.</param>
    /// <param name="resultFolder">The folder with quality.csv, quality-sets.csv and quality-reasons.tsv, or some of them.</param>
    public static string Render(string page, string resultFolder)
    {
        foreach ((string name, IEnumerable<string> lines) in Sections(resultFolder))
        {
            page = DocumentTable.Render(page, name, lines);
        }

        return page;
    }

    /// <summary>Refreshes the document, or shows the short tables where the results are not those of the repository.</summary>
    internal static void Write(Repository repository, string? resultFolder)
    {
        if (resultFolder is null)
        {
            string path = repository.Document("quality.md");
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
        string Path(string name) => System.IO.Path.Combine(folder, name);
        QualityTables? tables = ResultTable.ReadIfThere(Path(QualityComparison.ResultName)) is { } results
            ? new(new ComparisonTable(results), LossReasons.Read(Path(LossReasons.FileName)))
            : null;
        ResultTable? sets = ResultTable.ReadIfThere(Path(QualityComparison.SetsName));
        return
        [
            ("quality recipes", QualityTables.Recipes()),
            ("quality sets", sets is null ? [NotMeasured] : QualityTables.Sets(sets)),
            ("quality summary", tables?.Summary() ?? [NotMeasured]),
            ("quality ranks", tables?.Ranks() ?? [NotMeasured]),
            ("quality losses", tables?.Losses() ?? [NotMeasured]),
            ("quality of all", tables?.All() ?? [NotMeasured]),
        ];
    }
}
