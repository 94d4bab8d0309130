using System.Net;
using System.Text;
using Markdig;

namespace NotebookRunner;

/// <summary>A notebook that has run, as a page to read.</summary>
internal static class HtmlPage
{
    // Files of npm's katex 0.16.22, which set the formulas; the page reads without them, with formulas as they are written.
    private const string Katex = "https://cdn.jsdelivr.net/npm/katex@0.16.22/dist/";

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().UseAutoIdentifiers().Build();

    public static void Save(Notebook notebook, string path) =>
        File.WriteAllText(path, Write(notebook), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private static string Write(Notebook notebook)
    {
        var html = new StringBuilder(
            $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{WebUtility.HtmlEncode(notebook.Title)}}</title>
            <link rel="stylesheet" href="{{Katex}}katex.min.css" crossorigin="anonymous"
              integrity="sha384-5TcZemv2l/9On385z///+d7MSYlvIEw9FuZTIdZ14vJLqWphw7e7ZPuOiCHJcFCP">
            <script defer src="{{Katex}}katex.min.js" crossorigin="anonymous"
              integrity="sha384-cMkvdD8LoxVzGF/RPUKAcvmm49FQ0oxwDF3BGKtDXcEc+T1b2N+teh/OJfpU0jr6"></script>
            <script defer src="{{Katex}}contrib/auto-render.min.js" crossorigin="anonymous"
              integrity="sha384-hCXGrW6PitJEwbkoStFjeJxv+fSOOQKOPbJxSfM6G5sWZjAyWhXiTIIAmQqnlLlh"
              onload="renderMathInElement(document.body)"></script>
            <style>
            body { font: 16px/1.55 system-ui, sans-serif; color: #1f2328; background: #fff; margin: 2rem auto; max-width: 56rem; padding: 0 1rem; }
            pre { font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; padding: .7rem .9rem; border-radius: 6px; }
            pre.code { background: #f3f5f8; border-left: 3px solid #0072b2; }
            pre.output { background: none; border-left: 3px solid #d0d7de; }
            code { font-family: ui-monospace, monospace; font-size: .9em; }
            table { border-collapse: collapse; }
            td, th { border-bottom: 1px solid #d0d7de; padding: .25rem .9rem .25rem 0; text-align: left; }
            .wide { overflow-x: auto; }
            svg { max-width: 100%; height: auto; }
            </style>
            </head>
            <body>

            """).Replace("\r\n", "\n");
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (!cell.IsCode)
            {
                html.Append(Markdig.Markdown.ToHtml(cell.Source, Markdown)).Append('\n');
                continue;
            }

            html.Append("<pre class=\"code\">").Append(WebUtility.HtmlEncode(cell.Source)).Append("</pre>\n");
            foreach (CellOutput output in cell.Outputs)
            {
                html.Append(output switch
                {
                    { Svg: { } svg } => $"<div>{svg}</div>\n",
                    { Html: { } fragment } => $"<div class=\"wide\">{fragment}</div>\n",
                    _ => $"<pre class=\"output\">{WebUtility.HtmlEncode(output.Text)}</pre>\n",
                });
            }
        }

        return html.Append("</body>\n</html>\n").ToString();
    }
}
