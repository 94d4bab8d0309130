using System.Globalization;

namespace Ensembles.Peers;

/// <summary>A committed table of measurements: comment lines that say where it was measured, a header, and rows of plain fields.</summary>
internal sealed class ResultTable(IReadOnlyList<string> notes, string[] columns, List<string[]> rows)
{
    /// <summary>Lines about the machine and the versions, and about what was not run.</summary>
    public IReadOnlyList<string> Notes { get; } = notes;

    public IReadOnlyList<string[]> Rows => rows;

    public string Text(string[] row, string column) => row[Array.IndexOf(columns, column)];

    /// <summary>A number; NaN where the field is empty.</summary>
    public double Number(string[] row, string column)
    {
        string text = Text(row, column);
        return text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
    }

    public int Integer(string[] row, string column) => int.Parse(Text(row, column), CultureInfo.InvariantCulture);

    public static ResultTable? ReadIfThere(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string[] lines = File.ReadAllLines(path);
        string[] notes = [.. lines.TakeWhile(line => line.StartsWith('#')).Select(line => line[1..].Trim())];
        return new ResultTable(notes, lines[notes.Length].Split(','), [.. lines.Skip(notes.Length + 1).Select(line => line.Split(','))]);
    }

    public void Write(string path)
    {
        IEnumerable<string> lines = Notes.Select(note => "# " + note)
            .Append(string.Join(',', columns))
            .Concat(rows.Select(row => string.Join(',', row)));
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }
}
