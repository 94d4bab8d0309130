using System.Globalization;
using System.Text;

namespace Ensembles.Metrics;

/// <summary>A plain-text table: the first column to the left, the others to the right, a line each.</summary>
/// <param name="header">The names of the columns.</param>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> _lines = [header];

    /// <summary>A number as tables show it, the same in every culture.</summary>
    public static string Number(double value, string format = "0.0000") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A number of any size by so many digits: 0.01234, 12.34 and 1.234E+09.</summary>
    public static string Short(double value, int digits = 5) =>
        value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Adds a line; cells that are left out at its end are empty.</summary>
    public void Add(params string[] cells) => _lines.Add(cells);

    /// <summary>The lines, each ended.</summary>
    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(c => _lines.Max(line => c < line.Length ? line[c].Length : 0))];
        var text = new StringBuilder();
        foreach (string[] line in _lines)
        {
            int start = text.Length;
            for (int c = 0; c < line.Length; c++)
            {
                text.Append(c == 0 ? string.Empty : "  ").Append(c == 0 ? line[c].PadRight(widths[c]) : line[c].PadLeft(widths[c]));
            }

            while (text.Length > start && text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
