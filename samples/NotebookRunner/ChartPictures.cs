using System.Globalization;
using System.Text.RegularExpressions;
using Ensembles.Plots;

namespace NotebookRunner;

/// <summary>
/// Draws the pictures of a notebook as SVG, by the script that draws those of docs/, so that they are seen where no script runs.
/// </summary>
internal static partial class ChartPictures
{
    // White, for the places that show notebooks give pictures no ground of their own and have no colour for their text.
    internal const string Ground = "color:#1f2328;background:#fff;";

    private const string Size = "max-width:100%;height:auto";

    /// <summary>The notebook with its pictures drawn, or as it is where that cannot be done.</summary>
    /// <param name="notebook">A notebook that has run.</param>
    /// <param name="messages">Where to say why pictures were not drawn.</param>
    public static Notebook Draw(Notebook notebook, TextWriter messages)
    {
        if (!notebook.Cells.Any(cell => cell.Outputs.Any(output => output.Figure is not null)))
        {
            return notebook;
        }

        string? script = NodeScripts.Find("render.mjs", "vega-lite");
        if (script is null)
        {
            messages.WriteLine($"charts stay scripts: to draw them needs {NodeScripts.Needs}");
            return notebook;
        }

        string folder = Directory.CreateTempSubdirectory("notebook").FullName;
        try
        {
            foreach ((CellOutput output, string name) in Named(notebook))
            {
                output.Figure!.Save(Path.Combine(folder, name + (output.Figure is TreeDiagram ? ".dot" : ".vl.json")));
            }

            NodeScripts.Run(script, folder);
            return notebook with
            {
                Cells =
                [
                    .. notebook.Cells.Select(cell => cell with
                    {
                        Outputs =
                        [
                            .. cell.Outputs.Select((output, index) =>
                                output.Figure is null ? output : output with { Svg = Read(folder, Name(cell, index)) }),
                        ],
                    }),
                ],
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(CellOutput Output, string Name)> Named(Notebook notebook) =>
        notebook.Cells.SelectMany(cell => cell.Outputs.Select((output, index) => (output, Name(cell, index))))
            .Where(named => named.output.Figure is not null);

    private static string Name(NotebookCell cell, int index) => string.Create(CultureInfo.InvariantCulture, $"c{cell.Number:d3}-{index}");

    /// <summary>A picture that was drawn, so that it can stand beside others on one page.</summary>
    private static string Read(string folder, string name)
    {
        string svg = File.ReadAllText(Path.Combine(folder, name + ".svg")).ReplaceLineEndings("\n").TrimEnd();
        svg = Rules().Replace(svg, string.Empty);
        svg = Identifier().Replace(svg, $"${{place}}{name}-");

        // The first element takes the ground, beside a style that it may have.
        int end = svg.IndexOf('>', StringComparison.Ordinal);
        string root = svg[..end];
        root = root.Contains(" style=\"", StringComparison.Ordinal)
            ? root.Replace(" style=\"", $" style=\"{Ground}{Size};", StringComparison.Ordinal)
            : $"{root} style=\"{Ground}{Size}\"";
        return root + svg[end..];
    }

    [GeneratedRegex("<!-- [0-9a-f]+ -->|<style>.*?</style>", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rules();

    [GeneratedRegex("""(?<place>\bid="|\burl\(#|\bhref="#)(?=[\w-])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Identifier();
}
