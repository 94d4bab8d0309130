using System.Text;
using Ensembles.Plots.Html;

namespace Ensembles.Plots;

/// <summary>An HTML page of pictures and text, dark or light as the reader's system is.</summary>
public sealed record FigurePage
{
    private const string Style =
        """
        :root { color-scheme: light dark; }
        body { background: Canvas; color: CanvasText; font: 15px/1.5 system-ui, sans-serif; }
        body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
        table { border-collapse: collapse; }
        td, th { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
        td, th { padding: .2rem .8rem .2rem 0; text-align: left; }
        pre { overflow-x: auto; }
        """;

    private readonly string _title = string.Empty;
    private readonly ChartScripts _scripts = ChartScripts.JsDelivr;
    private readonly Part[] _parts = [];

    private enum Kind
    {
        Figure,
        Heading,
        Paragraph,
        Text,
        Html,
    }

    /// <summary>The title of the page.</summary>
    public string Title
    {
        get => _title;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _title = value;
        }
    }

    /// <summary>Where the page loads from what draws its pictures (default: <see cref="ChartScripts.JsDelivr"/>).</summary>
    public ChartScripts Scripts
    {
        get => _scripts;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _scripts = value;
        }
    }

    /// <summary>The page with a picture at its end.</summary>
    /// <param name="figure">The picture.</param>
    public FigurePage Add(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return With(new Part(Kind.Figure, string.Empty, figure));
    }

    /// <summary>The page with a heading at its end.</summary>
    /// <param name="text">Plain text.</param>
    public FigurePage AddHeading(string text) => With(Kind.Heading, text);

    /// <summary>The page with a paragraph at its end.</summary>
    /// <param name="text">Plain text.</param>
    public FigurePage AddParagraph(string text) => With(Kind.Paragraph, text);

    /// <summary>The page with text at its end whose lines and spaces are kept, such as a table or a tree.</summary>
    /// <param name="text">Plain text.</param>
    public FigurePage AddText(string text) => With(Kind.Text, text);

    /// <summary>The page with a piece of HTML at its end, such as the <c>ToHtml</c> of a model.</summary>
    /// <param name="html">HTML, written as it is.</param>
    public FigurePage AddHtml(string html) => With(Kind.Html, html);

    /// <summary>The page as HTML: the same page gives the same text.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append("<title>").Append(HtmlText.Escape(Title)).Append("</title>\n<style>\n").Append(Style.ReplaceLineEndings("\n"));
        html.Append("\n</style>\n");
        ScriptFile[] files = [.. _parts.SelectMany(part => part.Figure?.Libraries ?? []).Distinct()];
        foreach ((string address, string? integrity) in Scripts.Of(files))
        {
            html.Append("<script src=\"").Append(HtmlText.Escape(address)).Append('"');
            if (integrity is not null)
            {
                html.Append(" integrity=\"").Append(integrity).Append("\" crossorigin=\"anonymous\"");
            }

            html.Append("></script>\n");
        }

        html.Append("</head>\n<body>\n");
        if (_parts is not [{ Kind: Kind.Figure }] && Title.Length > 0)
        {
            html.Append("<h1>").Append(HtmlText.Escape(Title)).Append("</h1>\n");
        }

        foreach (Part part in _parts)
        {
            html.Append(part.Kind switch
            {
                Kind.Figure => HtmlFragment.Write(part.Figure!, ChartScripts.None),
                Kind.Heading => $"<h2>{HtmlText.Escape(part.Text)}</h2>\n",
                Kind.Paragraph => $"<p>{HtmlText.Escape(part.Text)}</p>\n",
                Kind.Text => $"<pre>{HtmlText.Escape(part.Text)}</pre>\n",
                _ => part.Text + "\n",
            });
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>Writes the page to a file, as UTF-8.</summary>
    /// <param name="path">Where to.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllText(path, ToHtml(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>The title, and how much there is on the page.</summary>
    public override string ToString() => $"page '{Title}' of {_parts.Count(part => part.Kind == Kind.Figure)} pictures";

    private FigurePage With(Kind kind, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return With(new Part(kind, text, Figure: null));
    }

    private FigurePage With(Part part) => new(this, part);

    private FigurePage(FigurePage page, Part part)
        : this(page)
    {
        _parts = [.. page._parts, part];
    }

    /// <summary>An empty page.</summary>
    public FigurePage()
    {
    }

    private sealed record Part(Kind Kind, string Text, Figure? Figure);
}
