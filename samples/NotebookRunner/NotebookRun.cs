using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ensembles.Plots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace NotebookRunner;

/// <summary>Runs the cells of a notebook one after the other in one session of C# scripting.</summary>
internal static partial class NotebookRun
{
    // Packages are taken from the build that runs the notebook, so that a notebook shows what this very source does.
    private static readonly string[] Packages = ["Ensembles", "Ensembles.Datasets", "Ensembles.Plots"];

    /// <summary>Runs all cells.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="echo">Where to print what the cells give, as they give it.</param>
    /// <returns>The notebook with what its cells gave.</returns>
    /// <exception cref="CellException">A cell does not compile, throws, or asks for a package that is not there.</exception>
    public static async Task<Notebook> RunAsync(Notebook notebook, TextWriter echo)
    {
        var display = new CellDisplay();
        var cells = new List<NotebookCell>();
        ScriptState<object>? state = null;
        TextWriter console = Console.Out;
        Console.SetOut(display.Console);
        try
        {
            foreach (NotebookCell cell in notebook.Cells)
            {
                if (!cell.IsCode)
                {
                    cells.Add(cell);
                    continue;
                }

                state = await RunAsync(notebook, cell, state, display);
                IReadOnlyList<CellOutput> outputs = display.Take();
                foreach (CellOutput output in outputs)
                {
                    await echo.WriteAsync(output.Text.EndsWith('\n') ? output.Text : output.Text + "\n");
                }

                cells.Add(cell with { Outputs = outputs });
            }
        }
        finally
        {
            Console.SetOut(console);
        }

        return notebook with { Cells = cells };
    }

    private static async Task<ScriptState<object>> RunAsync(
        Notebook notebook, NotebookCell cell, ScriptState<object>? state, CellDisplay display)
    {
        string code = PackageLine().Replace(cell.Source, match => CheckPackage(notebook, cell, match.Groups["name"].Value));
        try
        {
            ScriptOptions options = Options(cell);
            state = state is null
                ? await CSharpScript.RunAsync(code, options, display, typeof(CellDisplay))
                : await state.ContinueWithAsync(code, options);
        }
        catch (CompilationErrorException exception)
        {
            throw new CellException(
                string.Join('\n', exception.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                    .Select(diagnostic => $"{Place(notebook, cell, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1)}: "
                        + $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")),
                exception);
        }
        catch (Exception exception)
        {
            throw new CellException(Where(notebook, cell, exception), exception);
        }

        if (state.ReturnValue is { } value)
        {
            display.Display(value);
        }

        return state;
    }

    /// <summary>The line of the cell that ran, what happened, and where it was thrown if that is another line or another cell.</summary>
    private static string Where(Notebook notebook, NotebookCell cell, Exception exception)
    {
        (string? File, int Line)[] frames =
        [
            .. new StackTrace(exception, fNeedFileInfo: true).GetFrames()
                .Select(frame => (frame.GetFileName(), frame.GetFileLineNumber()))
                .Where(frame => notebook.Cells.Any(other => string.Equals(FileName(other), frame.Item1, StringComparison.Ordinal))),
        ];
        int at = Array.FindLastIndex(frames, frame => string.Equals(frame.File, FileName(cell), StringComparison.Ordinal));
        string place = Place(notebook, cell, at < 0 ? null : frames[at].Line);
        string thrown = at > 0 && frames[0] != frames[at]
            ? string.Create(CultureInfo.InvariantCulture, $" (thrown in {frames[0].File}, line {frames[0].Line})")
            : string.Empty;
        return $"{place}: {exception.GetType().Name}: {exception.Message}{thrown}";
    }

    private static ScriptOptions Options(NotebookCell cell) =>
        ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.Latest)

            // Optimised code does not know the line of every instruction; the library, where the time goes, stays optimised.
            .WithOptimizationLevel(OptimizationLevel.Debug)
            .WithEmitDebugInformation(true)
            .WithFilePath(FileName(cell))
            .WithFileEncoding(Encoding.UTF8)
            .WithReferences(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(path => MetadataReference.CreateFromFile(path)))
            .WithImports("System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks");

    private static string FileName(NotebookCell cell) => string.Create(CultureInfo.InvariantCulture, $"cell {cell.Number}");

    private static string Place(Notebook notebook, NotebookCell cell, int? line) =>
        string.Create(CultureInfo.InvariantCulture, $"{notebook.Name}, cell {cell.Number}{(line is null ? string.Empty : $", line {line}")}");

    // Nothing is left of the line but its end, so that the lines of errors stay.
    private static string CheckPackage(Notebook notebook, NotebookCell cell, string name) =>
        Packages.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? string.Empty
            : throw new CellException(
                $"{Place(notebook, cell, line: null)}: package {name} is not there; there are {string.Join(", ", Packages)}.");

    /// <summary>A directive of front ends that loads a package.</summary>
    [GeneratedRegex("""^#r\s+"nuget:\s*(?<name>[\w.]+)[^"\n]*"[^\n]*""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    internal static partial Regex PackageLine();
}
