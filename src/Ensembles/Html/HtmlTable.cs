using System.Globalization;
using System.Net;
using System.Text;

namespace Ensembles.Html;

/// <summary>A table as a fragment of HTML in the colours of the page around it: all texts are plain, and are escaped here.</summary>
/// <param name="caption">What stands above it.</param>
internal sealed class HtmlTable(string caption)
{
    private const int BarWidth = 120;
    private const string Left = "text-align:left";
    private const string Right = "text-align:right";

    // Of the blue of the bars: dark enough to tell shares apart, and light enough for text on light and dark pages.
    private const double DarkestShade = 0.6;

    private readonly StringBuilder _rows = new();

    /// <summary>Adds a line of names of columns.</summary>
    public void AddHeader(IEnumerable<string> cells) => AddLine("th", cells);

    /// <summary>Adds a line of cells.</summary>
    public void Add(IEnumerable<string> cells) => AddLine("td", cells);

    /// <summary>Adds a line with a name, a value and, where one is given, a bar.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="share">How long the bar is, from 0 to 1; null for none.</param>
    public void Add(string name, string value, double? share = null)
    {
        _rows.Append("<tr>");
        AddCell("th", $"{Left};font-weight:normal;opacity:.75", name);
        AddCell("td", Left, value);
        AddBar(share);
        _rows.Append("</tr>\n");
    }

    /// <summary>Adds the names of columns of numbers: the first to the left, the others to the right.</summary>
    public void AddNumbersHeader(ReadOnlySpan<string> cells)
    {
        _rows.Append("<tr>");
        for (int c = 0; c < cells.Length; c++)
        {
            AddCell("th", c == 0 ? Left : Right, cells[c]);
        }

        _rows.Append("</tr>\n");
    }

    /// <summary>Adds a name and numbers: the name to the left, the numbers to the right.</summary>
    /// <param name="cells">The name and the numbers.</param>
    /// <param name="shades">By cell how strongly it is coloured, from 0 to 1; cells beyond the end, and NaN, are not.</param>
    /// <param name="share">How long the bar behind them is, from 0 to 1; null for none.</param>
    public void AddNumbers(ReadOnlySpan<string> cells, ReadOnlySpan<double> shades, double? share)
    {
        _rows.Append("<tr>");
        for (int c = 0; c < cells.Length; c++)
        {
            string align = c == 0 ? Left : Right;
            bool isShaded = c < shades.Length && !double.IsNaN(shades[c]);
            AddCell("td", isShaded ? $"{align};background:{Shade(shades[c])}" : align, cells[c]);
        }

        AddBar(share);
        _rows.Append("</tr>\n");
    }

    /// <summary>Adds a line of text below all columns.</summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">The number of columns.</param>
    public void AddNote(string text, int columns)
    {
        _rows.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{columns}\" style=\"{Left};opacity:.75\">");
        _rows.Append(WebUtility.HtmlEncode(text)).Append("</td></tr>\n");
    }

    /// <summary>The table.</summary>
    public override string ToString() =>
        $"<table>\n<caption style=\"text-align:left;font-weight:bold;white-space:nowrap\">{WebUtility.HtmlEncode(caption)}</caption>\n{_rows}</table>\n";

    private static string Shade(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"rgba(0,114,178,{DarkestShade * Math.Clamp(share, 0, 1):0.###})");

    private void AddLine(string element, IEnumerable<string> cells)
    {
        _rows.Append("<tr>");
        foreach (string cell in cells)
        {
            _rows.Append(CultureInfo.InvariantCulture, $"<{element}>{WebUtility.HtmlEncode(cell)}</{element}>");
        }

        _rows.Append("</tr>\n");
    }

    private void AddCell(string element, string style, string text) => _rows.Append(
        CultureInfo.InvariantCulture, $"<{element} style=\"{style}\">{WebUtility.HtmlEncode(text)}</{element}>");

    private void AddBar(double? share)
    {
        if (share is double part)
        {
            int width = (int)(BarWidth * Math.Clamp(part, 0, 1));
            _rows.Append(
                CultureInfo.InvariantCulture,
                $"<td style=\"text-align:left\"><div style=\"background:#0072B2;height:.7em;width:{width}px\"></div></td>");
        }
    }
}
