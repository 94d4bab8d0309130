using System.Globalization;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Performance;

/// <summary>How numbers look in the tables of the page.</summary>
internal static class PageText
{
    public const string None = "–";

    private const string NotRunMark = "not run: ";

    public static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Three digits, or more in front of the point.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return None;
        }

        double size = Math.Abs(value);
        string format = size >= 100 ? "N0" : size >= 10 ? "F1" : size >= 1 ? "F2" : "F3";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>How many times as long the other takes; bold where that is less than once: we are the slower.</summary>
    public static string Times(double ratio)
    {
        if (double.IsNaN(ratio))
        {
            return None;
        }

        string text = ratio.ToString(ratio >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
        return ratio < 1 ? $"**{text}**" : text;
    }

    public static string ThreadCount(int threads) => threads == 1 ? "1 thread" : Line($"{threads} threads");

    public static IEnumerable<string> Table(string header, string alignment, IEnumerable<string> rows) => [header, alignment, .. rows];

    /// <summary>Where and with what it was measured, and what was not.</summary>
    /// <param name="table">The results.</param>
    /// <param name="libraries">The libraries that a reader looks for: those that the results do not name were not run.</param>
    public static IEnumerable<string> Notes(ResultTable table, params string[] libraries) =>
        Quote(table.Notes.Concat(Unnamed(table, libraries)));

    /// <summary>What was not run alone, for a table beside one that has all notes.</summary>
    public static IEnumerable<string> NotRun(ResultTable table, params string[] libraries) =>
        Quote(table.Notes.Where(IsNotRun).Concat(Unnamed(table, libraries)));

    public static bool IsNotRun(string note) => note.StartsWith(NotRunMark, StringComparison.Ordinal);

    private static IEnumerable<string> Unnamed(ResultTable table, string[] libraries) => libraries
        .Where(library => !table.Notes.Any(note => note.Contains(library, StringComparison.Ordinal)))
        .Select(library => NotRunMark + library);

    private static IEnumerable<string> Quote(IEnumerable<string> notes) => notes.Select(note => $"> {note}  ").Prepend(string.Empty);

    /// <summary>The difference of pairs, its standard error where there is more than one, and the difference in percent.</summary>
    public static string Difference(PairedDifference pair, int digits)
    {
        if (pair.Count == 0)
        {
            return $"{None} | {None}";
        }

        string format = "F" + ResultStore.Text(digits);
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        string error = pair.Count > 1 ? " ± " + Text(pair.StandardError) : string.Empty;
        string percent = (100 * pair.Difference / pair.MeanSecond).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
        return $"{Text(pair.Difference)}{error} | {percent}%";
    }

    /// <summary>The mean of others, the difference of ours from it, seed by seed, in percent, and by its standard error.</summary>
    public static string Compare(Dictionary<int, double> theirs, Dictionary<int, double> ours)
    {
        int[] seeds = [.. ours.Keys.Intersect(theirs.Keys).Order()];
        if (seeds.Length == 0)
        {
            return $"| {None} | {None} | {None} | {None} ";
        }

        var pair = PairedDifference.Of([.. seeds.Select(seed => ours[seed])], [.. seeds.Select(seed => theirs[seed])]);
        string z = pair.Count > 1 ? pair.Z.ToString(Math.Abs(pair.Z) > 2 ? "**0.0**;**-0.0**" : "0.0", CultureInfo.InvariantCulture) : None;
        return Line($"| {pair.MeanSecond:F5} | {Difference(pair, digits: 5)} | {z} ");
    }
}
