using System.Buffers;
using System.Globalization;

namespace Ensembles.Cli.Models;

/// <summary>
/// Writes comma-separated values as RFC 4180 has them, but with line feeds: numbers as short as they can be read back to the same bits,
/// what is missing as an empty field.
/// </summary>
internal sealed class CsvWriter
{
    private const int NumberLength = 32;
    private const int RowsBetweenChecks = 4096;

    private readonly TextWriter _writer;
    private readonly SearchValues<char> _quoted;

    private CsvWriter(TextWriter writer, char delimiter)
    {
        _writer = writer;
        _quoted = SearchValues.Create(['"', '\r', '\n', delimiter]);
    }

    /// <summary>Writes a header and rows.</summary>
    public static void Write(
        TextWriter writer, IReadOnlyList<OutputColumn> columns, int rowCount, char delimiter, CancellationToken cancellationToken)
    {
        var csv = new CsvWriter(writer, delimiter);
        for (int c = 0; c < columns.Count; c++)
        {
            csv.Part(c, delimiter);
            csv.Text(columns[c].Name);
        }

        writer.Write('\n');
        for (int row = 0; row < rowCount; row++)
        {
            if (row % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (int c = 0; c < columns.Count; c++)
            {
                csv.Part(c, delimiter);
                columns[c].Write(csv, row);
            }

            writer.Write('\n');
        }
    }

    /// <summary>Writes a number; one that is not a number is missing.</summary>
    public void Number(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        if (double.IsInfinity(value))
        {
            _writer.Write(value > 0 ? "inf" : "-inf");
            return;
        }

        Span<char> text = stackalloc char[NumberLength];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        _writer.Write(text[..length]);
    }

    /// <summary>Writes a whole number.</summary>
    public void Whole(int value)
    {
        Span<char> text = stackalloc char[NumberLength];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        _writer.Write(text[..length]);
    }

    /// <summary>Writes a text, in quotes where it needs them; null is missing.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            return;
        }

        bool quoted = value.AsSpan().ContainsAny(_quoted)
            || (value.Length > 0 && (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])));
        _writer.Write(quoted ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value);
    }

    private void Part(int column, char delimiter)
    {
        if (column > 0)
        {
            _writer.Write(delimiter);
        }
    }
}
