using System.Text.Encodings.Web;

namespace Ensembles.Plots.Html;

/// <summary>Plain text within HTML.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    public static string Escape(string text) => Encoder.Encode(text);
}
