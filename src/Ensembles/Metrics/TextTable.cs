using System.Globalization;
using System.Text;
using Ensembles.Html;

namespace Ensembles.Metrics;

/// <summary>
/// A table, as plain text or as HTML: the first column to the left, the others to the right, a line each. Colours and bars are of the
/// HTML only, and say nothing that the numbers do not.
/// </summary>
/// <param name="header">The names of the columns.</param>
internal sealed class TextTable(params string[] header)
{
    private readonly List<Line> _lines = [new Line(header, [], Bar: null)];

    /// <summary>What stands in a line above the table; null for nothing.</summary>
    public string? Title { get; init; }

    /// <summary>What stands in a line below the table; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>A number as tables show it, the same in every culture.</summary>
    public static string Number(double value, string format = "0.0000") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A number of any size by so many digits: 0.01234, 12.34 and 1.234E+09.</summary>
    public static string Short(double value, int digits = 5) =>
        value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Adds a line; cells that are left out at its end are empty.</summary>
    public void Add(params string[] cells) => _lines.Add(new Line(cells, [], Bar: null));

    /// <summary>Adds a line whose cells are coloured.</summary>
    /// <param name="shades">By cell how strongly, from 0 to 1; cells beyond the end, and NaN, are not.</param>
    /// <param name="cells">The cells.</param>
    public void AddShaded(double[] shades, params string[] cells) => _lines.Add(new Line(cells, shades, Bar: null));

    /// <summary>Adds a line with a bar behind it.</summary>
    /// <param name="share">How long it is, from 0 to 1.</param>
    /// <param name="cells">The cells.</param>
    public void AddBar(double share, params string[] cells) => _lines.Add(new Line(cells, [], share));

    /// <summary>The lines, each ended.</summary>
    public override string ToString()
    {
        int[] widths =
        [
            .. Enumerable.Range(0, header.Length).Select(c => _lines.Max(line => c < line.Cells.Length ? line.Cells[c].Length : 0)),
        ];
        var text = new StringBuilder();
        AppendLine(text, Title);
        foreach ((string[] cells, _, _) in _lines)
        {
            int start = text.Length;
            for (int c = 0; c < cells.Length; c++)
            {
                text.Append(c == 0 ? string.Empty : "  ").Append(c == 0 ? cells[c].PadRight(widths[c]) : cells[c].PadLeft(widths[c]));
            }

            while (text.Length > start && text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        AppendLine(text, Note);
        return text.ToString();
    }

    /// <summary>The same as a fragment of HTML.</summary>
    /// <param name="name">What stands before the title; null for nothing.</param>
    public string ToHtml(string? name = null)
    {
        var table = new HtmlTable(string.Join(": ", new[] { name, Title }.OfType<string>()));
        table.AddNumbersHeader(header);
        foreach ((string[] cells, double[] shades, double? bar) in _lines.Skip(1))
        {
            table.AddNumbers(cells, shades, bar);
        }

        if (Note is not null)
        {
            table.AddNote(Note, header.Length);
        }

        return table.ToString();
    }

    private static void AppendLine(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            text.Append(line).Append('\n');
        }
    }

    /// <param name="Cells">The texts.</param>
    /// <param name="Shades">By cell how strongly it is coloured.</param>
    /// <param name="Bar">How long the bar behind the line is; null for none.</param>
    private readonly record struct Line(string[] Cells, double[] Shades, double? Bar);
}
