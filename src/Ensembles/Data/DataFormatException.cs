using System.Globalization;
using System.Text;

namespace Ensembles.Data;

/// <summary>A file, stream or data reader holds something that cannot be read as the data it should be.</summary>
/// <remarks>The message says where: the path if there is one, the line (or the row of a data reader) and the column.</remarks>
public sealed class DataFormatException : FormatException
{
    private const int ShownLength = 60;

    /// <summary>An exception without a place.</summary>
    public DataFormatException()
        : this("The data cannot be read.")
    {
    }

    /// <summary>An exception without a place.</summary>
    /// <param name="message">What is wrong.</param>
    public DataFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An exception without a place.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What it came from.</param>
    public DataFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception with its place, which the message begins with.</summary>
    /// <param name="problem">What is wrong, a sentence.</param>
    /// <param name="path">The path of the file, or null.</param>
    /// <param name="line">The line of the file from 1, counting every line break, also those inside quotes; or null.</param>
    /// <param name="column">The name of the column, or null.</param>
    /// <param name="innerException">What it came from, or null.</param>
    public DataFormatException(string problem, string? path, int? line, string? column = null, Exception? innerException = null)
        : base(Place(path, "line", line, column) + problem, innerException)
    {
        Path = path;
        Line = line;
        Column = column;
    }

    /// <summary>The path of the file; null where the data came from elsewhere.</summary>
    public string? Path { get; }

    /// <summary>The line of the file, from 1, counting every line break; null where it is not known.</summary>
    public int? Line { get; }

    /// <summary>The row of a data reader, from 0; null for a file.</summary>
    public int? Row { get; private init; }

    /// <summary>The name of the column; null where the problem is not in one column.</summary>
    public string? Column { get; }

    /// <summary>An exception whose place is a row of a data reader.</summary>
    internal static DataFormatException AtRow(string problem, int row, string? column) =>
        new(Place(null, "row", row, column) + problem, column) { Row = row };

    /// <summary>A text as messages show it: in quotes, not too long, without line breaks.</summary>
    internal static string Show(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder("'");
        foreach (char c in text[..Math.Min(text.Length, ShownLength)])
        {
            _ = c switch
            {
                '\n' => shown.Append("\\n"),
                '\r' => shown.Append("\\r"),
                '\t' => shown.Append("\\t"),
                _ => shown.Append(c),
            };
        }

        return shown.Append(text.Length > ShownLength ? "…'" : "'").ToString();
    }

    private DataFormatException(string message, string? column)
        : base(message) =>
        Column = column;

    private static string Place(string? path, string unit, int? number, string? column)
    {
        string?[] parts =
        [
            path,
            number is null ? null : string.Create(CultureInfo.InvariantCulture, $"{unit} {number}"),
            column is null ? null : $"column '{column}'",
        ];
        string place = string.Join(", ", parts.Where(part => part is not null));
        return place.Length == 0 ? string.Empty : place + ": ";
    }
}
