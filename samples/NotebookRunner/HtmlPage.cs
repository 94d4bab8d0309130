using System.Net;
using System.Text;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Syntax;

namespace NotebookRunner;

/// <summary>A notebook that has run, as a page to read, on light or dark ground as the reader's system has it.</summary>
internal static class HtmlPage
{
    // Files of npm's katex 0.16.22, which set the formulas where they were not set before; the page reads without them, with formulas as
    // they are written.
    private const string Katex = "https://cdn.jsdelivr.net/npm/katex@0.16.22/dist/";

    private const string KatexElements =
        $"""
        <link rel="stylesheet" href="{Katex}katex.min.css" crossorigin="anonymous"
          integrity="sha384-5TcZemv2l/9On385z///+d7MSYlvIEw9FuZTIdZ14vJLqWphw7e7ZPuOiCHJcFCP">
        <script defer src="{Katex}katex.min.js" crossorigin="anonymous"
          integrity="sha384-cMkvdD8LoxVzGF/RPUKAcvmm49FQ0oxwDF3BGKtDXcEc+T1b2N+teh/OJfpU0jr6"></script>
        <script defer src="{Katex}contrib/auto-render.min.js" crossorigin="anonymous"
          integrity="sha384-hCXGrW6PitJEwbkoStFjeJxv+fSOOQKOPbJxSfM6G5sWZjAyWhXiTIIAmQqnlLlh"
          onload="renderMathInElement(document.body)"></script>
        """;

    private const string Style =
        """
        :root { color-scheme: light dark; --text: #1f2328; --ground: #fff; --code: #f3f5f8; --line: #d0d7de; --link: #0969da; --word: #0550ae; --string: #0a5c36; --note: #59636e; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6edf3; --ground: #0d1117; --code: #161b22; --line: #3d444d; --link: #79b8ff; --word: #79b8ff; --string: #8bd5a0; --note: #9198a1; }
        }
        body { font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--ground); margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
        p, ul, ol { max-width: 52rem; }
        a { color: var(--link); }
        pre { font: 13px/1.45 ui-monospace, monospace; padding: .7rem .9rem; border-radius: 6px; }
        pre.code { background: var(--code); border-left: 3px solid #0072b2; overflow-x: auto; }
        pre.output { border-left: 3px solid var(--line); white-space: pre-wrap; }
        .cs-word, .cs-number { color: var(--word); } .cs-string { color: var(--string); } .cs-note { color: var(--note); }
        code { font-family: ui-monospace, monospace; font-size: .9em; }
        table { border-collapse: collapse; margin: 1rem 0; }
        td, th { border-bottom: 1px solid var(--line); padding: .25rem .9rem .25rem 0; text-align: left; }
        .wide, .katex-display { overflow-x: auto; overflow-y: hidden; }
        svg { max-width: 100%; height: auto; }
        .katex { font-size: 1.1em !important; }
        """;

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().UseAutoIdentifiers().Build();

    /// <exception cref="IOException">The page cannot be written, or a formula is wrong.</exception>
    public static void Save(Notebook notebook, string path, TextWriter messages) =>
        File.WriteAllText(path, Write(notebook, messages), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private static string Write(Notebook notebook, TextWriter messages)
    {
        Dictionary<NotebookCell, MarkdownDocument> texts = notebook.Cells.Where(cell => !cell.IsCode)
            .ToDictionary(cell => cell, cell => Markdig.Markdown.Parse(cell.Source, Markdown));
        SetFormulas? formulas = SetFormulas.Of(texts.Values, messages);
        var html = new StringBuilder(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(notebook.Title)}</title>
            {(formulas is null ? KatexElements : $"<style>{formulas.Style}</style>")}
            <style>
            {Style}
            </style>
            </head>
            <body>

            """).Replace("\r\n", "\n");
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (!cell.IsCode)
            {
                html.Append(Html(texts[cell], formulas)).Append('\n');
                continue;
            }

            html.Append("<pre class=\"code\">").Append(HtmlCode.Write(cell.Source)).Append("</pre>\n");
            foreach (CellOutput output in cell.Outputs)
            {
                html.Append(output switch
                {
                    // On this page text and ground are those around the picture.
                    { Svg: { } svg } => $"<div>{svg.Replace(ChartPictures.Ground, string.Empty, StringComparison.Ordinal)}</div>\n",
                    { Html: { } fragment } => $"<div class=\"wide\">{fragment}</div>\n",
                    _ => $"<pre class=\"output\">{WebUtility.HtmlEncode(output.Text)}</pre>\n",
                });
            }
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static string Html(MarkdownDocument text, SetFormulas? formulas)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Markdown.Setup(renderer);
        if (formulas is not null)
        {
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new FormulaInlineRenderer(formulas));
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new FormulaBlockRenderer(formulas));
        }

        renderer.Render(text);
        return writer.ToString();
    }
}
