using System.Globalization;
using System.Net;
using System.Text;

namespace Ensembles.Html;

/// <summary>A table as a fragment of HTML in the colours of the page around it: all texts are plain, and are escaped here.</summary>
/// <param name="caption">What stands above it.</param>
internal sealed class HtmlTable(string caption)
{
    private const int BarWidth = 120;

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
        _rows.Append("<tr><th style=\"text-align:left;font-weight:normal;opacity:.75\">").Append(WebUtility.HtmlEncode(name));
        _rows.Append("</th><td style=\"text-align:left\">").Append(WebUtility.HtmlEncode(value)).Append("</td>");
        if (share is double part)
        {
            int width = (int)(BarWidth * Math.Clamp(part, 0, 1));
            _rows.Append(
                CultureInfo.InvariantCulture,
                $"<td style=\"text-align:left\"><div style=\"background:#0072B2;height:.7em;width:{width}px\"></div></td>");
        }

        _rows.Append("</tr>\n");
    }

    /// <summary>The table.</summary>
    public override string ToString() =>
        $"<table>\n<caption style=\"text-align:left;font-weight:bold\">{WebUtility.HtmlEncode(caption)}</caption>\n{_rows}</table>\n";

    private void AddLine(string element, IEnumerable<string> cells)
    {
        _rows.Append("<tr>");
        foreach (string cell in cells)
        {
            _rows.Append(CultureInfo.InvariantCulture, $"<{element}>{WebUtility.HtmlEncode(cell)}</{element}>");
        }

        _rows.Append("</tr>\n");
    }
}
