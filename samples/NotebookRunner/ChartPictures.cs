using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Ensembles.Plots;

namespace NotebookRunner;

/// <summary>
/// Draws the pictures of a notebook as SVG, by the script that draws those of docs/, so that they are seen where no script runs.
/// </summary>
internal static partial class ChartPictures
{
    private const string Script = "docs/charts/render.mjs";

    // White, for the places that show notebooks give pictures no ground of their own and have no colour for their text.
    private const string Ground = "color:#1f2328;background:#fff;max-width:100%;height:auto";

    /// <summary>The notebook with its pictures drawn, or as it is where that cannot be done.</summary>
    /// <param name="notebook">A notebook that has run.</param>
    /// <param name="messages">Where to say why pictures were not drawn.</param>
    public static Notebook Draw(Notebook notebook, TextWriter messages)
    {
        if (!notebook.Cells.Any(cell => cell.Outputs.Any(output => output.Figure is not null)))
        {
            return notebook;
        }

        string? script = FindScript();
        if (script is null)
        {
            messages.WriteLine($"charts stay scripts: 'npm install --ignore-scripts' beside {Script} lets them be drawn");
            return notebook;
        }

        string folder = Directory.CreateTempSubdirectory("notebook").FullName;
        try
        {
            foreach ((CellOutput output, string name) in Named(notebook))
            {
                output.Figure!.Save(Path.Combine(folder, name + (output.Figure is TreeDiagram ? ".dot" : ".vl.json")));
            }

            Run(script, folder);
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

    private static void Run(string script, string folder)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [script, folder])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _ = node.StandardOutput.ReadToEndAsync();
        string errors = node.StandardError.ReadToEnd();
        node.WaitForExit();
        if (node.ExitCode != 0)
        {
            throw new IOException($"{Script}: {errors}");
        }
    }

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
            ? root.Replace(" style=\"", $" style=\"{Ground};", StringComparison.Ordinal)
            : $"{root} style=\"{Ground}\"";
        return root + svg[end..];
    }

    private static string? FindScript()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, Script);
            if (File.Exists(script))
            {
                return Directory.Exists(Path.Combine(Path.GetDirectoryName(script)!, "node_modules")) && HasNode() ? script : null;
            }
        }

        return null;
    }

    private static bool HasNode()
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex("<!-- [0-9a-f]+ -->|<style>.*?</style>", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rules();

    [GeneratedRegex("""(?<place>\bid="|\burl\(#|\bhref="#)(?=[\w-])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Identifier();
}
