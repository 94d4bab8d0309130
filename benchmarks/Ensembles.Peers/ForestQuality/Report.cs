using System.Globalization;

namespace Ensembles.Peers.ForestQuality;

/// <summary>Makes the tables of docs/forest-quality.md from the committed results.</summary>
internal static class Report
{
    private const string Peer = "scikit-learn";

    private static readonly string[] SetOrder = ["breast-cancer", "digits", "letter-recognition", "diabetes", "friedman1-20640x8"];

    public static void Write(Repository repository)
    {
        string document = repository.Document("forest-quality.md");
        if (ResultTable.ReadIfThere(repository.Results(QualityRun.ResultName)) is ResultTable quality)
        {
            QualityRow[] rows = [.. quality.Rows.Select(row => QualityRow.Of(quality, row))];
            DocumentTable.Replace(document, "same parameters", Compare(rows, "same", Peer).Concat(MeasuredOn(quality)));
            DocumentTable.Replace(document, "probabilities", CompareBrier(rows));
            DocumentTable.Replace(document, "spread", Spread(rows));
            DocumentTable.Replace(document, "defaults", Compare(rows, "defaults", Peer));
        }

        if (ResultTable.ReadIfThere(repository.Results(DefaultsRun.ResultName)) is ResultTable defaults)
        {
            DocumentTable.Replace(document, "features and trees", Defaults(defaults).Concat(MeasuredOn(defaults)));
        }

        if (ResultTable.ReadIfThere(repository.Results(SplitMethodRun.ResultName)) is ResultTable methods)
        {
            DocumentTable.Replace(document, "split method", Methods(methods).Concat(MeasuredOn(methods)));
        }
    }

    private static IEnumerable<string> MeasuredOn(ResultTable table) => ["", .. table.Notes.Select(note => $"> {note}  ")];

    private static IEnumerable<(string Set, string Forest, string Library)> Pairings(QualityRow[] rows, string parameters) =>
        from set in SetOrder
        from forest in (string[])[QualityJob.RandomForest, QualityJob.ExtraTrees]
        from library in rows
            .Where(r => r.Set == set && r.Forest == forest && r.Parameters == parameters)
            .Select(r => r.Library)
            .Distinct(StringComparer.Ordinal)
        where library != Peer
        select (set, forest, library);

    private static PairedDifference Pair(
        QualityRow[] rows, string set, string forest, string parameters, string library, Func<QualityRow, double> measure)
    {
        QualityRow[] of = [.. rows.Where(r => r.Set == set && r.Forest == forest && r.Parameters == parameters)];
        double[] Values(string name) => [.. of.Where(r => r.Library == name).OrderBy(r => r.Seed).Select(measure)];
        return PairedDifference.Of(Values(library), Values(Peer));
    }

    private static IEnumerable<string> Compare(QualityRow[] rows, string parameters, string peer)
    {
        yield return $"| set (splits) | forest | whose | test error | {peer} | difference ± s.e. | z "
            + $"| out-of-bag error | {peer} | difference ± s.e. | z |";
        yield return "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|";
        foreach ((string set, string forest, string library) in Pairings(rows, parameters))
        {
            PairedDifference test = Pair(rows, set, forest, parameters, library, row => row.TestError);
            PairedDifference outOfBag = Pair(rows, set, forest, parameters, library, row => row.OutOfBagError);
            bool percent = !double.IsNaN(rows.First(r => r.Set == set).TestBrier);
            yield return $"| {set} ({test.Count}) | {forest} | {library} {Cells(test, percent)} {Cells(outOfBag, percent)} |";
        }
    }

    private static IEnumerable<string> CompareBrier(QualityRow[] rows)
    {
        yield return $"| set (splits) | forest | whose | Brier score | {Peer} | difference ± s.e. | z |";
        yield return "|---|---|---|--:|--:|--:|--:|";
        foreach ((string set, string forest, string library) in Pairings(rows, "same"))
        {
            PairedDifference brier = Pair(rows, set, forest, "same", library, row => row.TestBrier);
            if (!double.IsNaN(brier.Difference))
            {
                yield return $"| {set} ({brier.Count}) | {forest} | {library} {Cells(brier, percent: true)} |";
            }
        }
    }

    /// <summary>How the z of all comparisons lie, of each library.</summary>
    private static IEnumerable<string> Spread(QualityRow[] rows)
    {
        yield return "| whose | comparisons | beyond 1 s.e. | beyond 2 s.e. | root mean square z | mean z |";
        yield return "|---|--:|--:|--:|--:|--:|";
        IEnumerable<(string Library, double Z)> all =
            from pairing in Pairings(rows, "same")
            from measure in (Func<QualityRow, double>[])[row => row.TestError, row => row.OutOfBagError, row => row.TestBrier]
            let z = Pair(rows, pairing.Set, pairing.Forest, "same", pairing.Library, measure).Z
            where !double.IsNaN(z)
            select (pairing.Library, z);
        foreach (IGrouping<string, (string Library, double Z)> group in all.GroupBy(pair => pair.Library, StringComparer.Ordinal))
        {
            double[] z = [.. group.Select(pair => pair.Z)];
            double rms = Math.Sqrt(z.Average(value => value * value));
            yield return Line($"| {group.Key} | {z.Length} | {z.Count(v => Math.Abs(v) > 1)} | {z.Count(v => Math.Abs(v) > 2)} ")
                + Line($"| {rms:F2} | {z.Average():F2} |");
        }
    }

    private static string Cells(PairedDifference pair, bool percent)
    {
        if (double.IsNaN(pair.Difference))
        {
            return "| – | – | – | –";
        }

        double scale = percent ? 100 : 1;
        string unit = percent ? "%" : string.Empty;
        int digits = percent ? 2 : (int)Math.Clamp(3 - Math.Floor(Math.Log10(pair.MeanSecond)), 0, 6);
        string format = "F" + digits.ToString(CultureInfo.InvariantCulture);
        string finer = "F" + (digits + 1).ToString(CultureInfo.InvariantCulture);
        string Text(double value, string how) => (scale * value).ToString(how, CultureInfo.InvariantCulture);
        string z = pair.Z.ToString("F1", CultureInfo.InvariantCulture);
        return $"| {Text(pair.MeanFirst, format)}{unit} | {Text(pair.MeanSecond, format)}{unit} "
            + $"| {Text(pair.Difference, finer)} ± {Text(pair.StandardError, finer)} | {(Math.Abs(pair.Z) > 2 ? $"**{z}**" : z)}";
    }

    private static IEnumerable<string> Defaults(ResultTable table)
    {
        string[] recipes = [.. DefaultsRun.Recipes.Select(recipe => recipe.Name)];
        yield return $"| set (splits) | rows × features | {string.Join(" | ", recipes)} "
            + "| Sqrt − Log2 ± s.e. | its log loss | its CPU time |";
        yield return "|---|---|" + string.Concat(Enumerable.Repeat("--:|", recipes.Length + 3));
        foreach (IGrouping<string, string[]> set in table.Rows.GroupBy(row => table.Text(row, "set"), StringComparer.Ordinal))
        {
            double[] Values(string recipe, string column) =>
                [.. set.Where(row => table.Text(row, "recipe") == recipe).Select(row => table.Number(row, column))];
            string errors = string.Join(" | ", recipes.Select(recipe => Line($"{100 * Values(recipe, "test_error").Average():F2}%")));
            var error = PairedDifference.Of(Values(recipes[1], "test_error"), Values(recipes[0], "test_error"));
            var loss = PairedDifference.Of(Values(recipes[1], "test_log_loss"), Values(recipes[0], "test_log_loss"));
            double time = Values(recipes[1], "cpu_seconds").Sum() / Values(recipes[0], "cpu_seconds").Sum();
            string[] first = set.First();
            yield return Line($"| {set.Key} ({error.Count}) | {table.Text(first, "rows")} × {table.Text(first, "features")} | {errors} ")
                + Line($"| {100 * error.Difference:F2} ± {100 * error.StandardError:F2} | {loss.Difference:F4} ± {loss.StandardError:F4} | {time:F2} × |");
        }
    }

    private static IEnumerable<string> Methods(ResultTable table)
    {
        yield return "| learner | rows | exact, CPU s | histogram, CPU s | exact / histogram "
            + "| error, exact | error, histogram | difference ± s.e. |";
        yield return "|---|--:|--:|--:|--:|--:|--:|--:|";
        IEnumerable<IGrouping<(string Learner, int Rows), string[]>> groups = table.Rows
            .GroupBy(row => (table.Text(row, "learner"), table.Integer(row, "rows")))
            .OrderBy(group => group.Key.Item1, StringComparer.Ordinal).ThenBy(group => group.Key.Item2);
        foreach (IGrouping<(string Learner, int Rows), string[]> group in groups)
        {
            double[] Values(string method, string column) =>
                [.. group.Where(row => table.Text(row, "method") == method).Select(row => table.Number(row, column))];
            double exact = Values("Exact", "cpu_seconds").Min();
            double histogram = Values("Histogram", "cpu_seconds").Min();
            var error = PairedDifference.Of(Values("Histogram", "test_error"), Values("Exact", "test_error"));
            yield return Line($"| {group.Key.Learner} | {group.Key.Rows:N0} | {exact:F3} | {histogram:F3} | {exact / histogram:F2} ")
                + Line($"| {error.MeanSecond:F4} | {error.MeanFirst:F4} | {error.Difference:F4} ± {error.StandardError:F4} |");
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
