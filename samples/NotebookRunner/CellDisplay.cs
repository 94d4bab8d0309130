using System.Globalization;
using System.Reflection;
using Ensembles.Plots;

namespace NotebookRunner;

/// <summary>What the cells of a notebook can call without an object: the names that front ends have for showing a value.</summary>
public sealed class CellDisplay
{
    private readonly List<CellOutput> _outputs = [];
    private readonly StringWriter _console = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Where the console of a cell writes to.</summary>
    internal TextWriter Console => _console;

    /// <summary>Shows a value below the cell: by its ToHtml where it has one, else as text.</summary>
    /// <param name="value">What to show.</param>
    public void Display(object? value)
    {
        EndStream();
        _outputs.Add(new CellOutput { Text = Text(value), Html = Html(value), Figure = value as Figure });
    }

    /// <summary>What was given since the last call.</summary>
    internal IReadOnlyList<CellOutput> Take()
    {
        EndStream();
        CellOutput[] taken = [.. _outputs];
        _outputs.Clear();
        return taken;
    }

    private void EndStream()
    {
        string text = _console.ToString();
        if (text.Length > 0)
        {
            _outputs.Add(new CellOutput { Text = text, IsStream = true });
            _console.GetStringBuilder().Clear();
        }
    }

    private static string Text(object? value) =>
        (value as IFormattable)?.ToString(null, CultureInfo.InvariantCulture) ?? value?.ToString() ?? "null";

    // Public and without parameters is what front ends look for.
    private static string? Html(object? value)
    {
        MethodInfo? method = value?.GetType().GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, []);
        return method?.ReturnType == typeof(string) ? (string?)method.Invoke(value, null) : null;
    }
}
