using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ensembles.Evaluation;

/// <summary>What came of a trial, by fold and metric.</summary>
/// <param name="Scores">By fold the values on its test set; empty where the trial failed.</param>
/// <param name="Training">By fold the values on its training set; empty where they were not asked for.</param>
/// <param name="Error">Why it failed, or null.</param>
internal sealed record TrialOutcome(double[][] Scores, double[][] Training, string? Error);

/// <summary>
/// The finished trials of a search, in a file or in memory only: a line of JSON with what the search is about, then one a trial. A line
/// is written whole, and flushed to the disk, before the trial counts as finished; what a killed search left of a line is cut off.
/// </summary>
internal sealed class SearchJournal : IDisposable
{
    private const string Format = "ensembles-search";
    private const int Version = 1;

    private readonly Dictionary<(string Recipe, double Share), TrialOutcome> _outcomes = [];
    private readonly FileStream? _file;
    private readonly (int Folds, int Metrics) _shape;
    private readonly Lock _lock = new();

    /// <param name="path">The file, or null.</param>
    /// <param name="shape">The number of folds and of metrics.</param>
    /// <param name="subject">What the search is about: names and values that must be the same in the file.</param>
    /// <exception cref="InvalidDataException">A line of the file is no JSON, or lacks something.</exception>
    /// <exception cref="InvalidOperationException">The file is of a search about something else.</exception>
    public SearchJournal(string? path, (int Folds, int Metrics) shape, Func<IReadOnlyList<(string Name, string Value)>> subject)
    {
        _shape = shape;
        if (path is null)
        {
            return;
        }

        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Open(path, subject());
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>What came of a trial; null where it is not finished.</summary>
    public TrialOutcome? Find(string recipe, double share) => _outcomes.GetValueOrDefault((recipe, share));

    /// <summary>Writes down a finished trial.</summary>
    public void Add(string recipe, double share, TrialOutcome outcome)
    {
        lock (_lock)
        {
            _outcomes[(recipe, share)] = outcome;
            if (_file is not null)
            {
                Append(writer =>
                {
                    writer.WriteString("recipe", recipe);
                    writer.WriteNumber("share", share);
                    if (outcome.Error is not null)
                    {
                        writer.WriteString("error", outcome.Error);
                    }

                    WriteTable(writer, "scores", outcome.Scores);
                    WriteTable(writer, "training", outcome.Training);
                });
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    private static void WriteTable(Utf8JsonWriter writer, string name, double[][] table)
    {
        writer.WriteStartArray(name);
        foreach (double[] line in table)
        {
            writer.WriteStartArray();
            foreach (double value in line)
            {
                if (double.IsFinite(value))
                {
                    writer.WriteNumberValue(value);
                }
                else
                {
                    writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static double[][] ReadTable(JsonElement table) =>
    [
        .. table.EnumerateArray().Select(line => line.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String
            ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
            : value.GetDouble()).ToArray()),
    ];

    /// <summary>The first thing that the file was written about and that is another one here; null where there is none.</summary>
    private static (string Name, string Value)? OtherThan(IReadOnlyList<(string Name, string Value)> subject, JsonElement header)
    {
        if (!string.Equals(header.GetProperty("format").GetString(), Format, StringComparison.Ordinal)
            || header.GetProperty("version").GetInt32() != Version)
        {
            throw new FormatException("These are no results of a search, or of another version.");
        }

        foreach ((string name, string value) in subject)
        {
            string there = header.GetProperty(name).GetString() ?? "null";
            if (!string.Equals(there, value, StringComparison.Ordinal))
            {
                return (name, there);
            }
        }

        return null;
    }

    private void Open(string path, IReadOnlyList<(string Name, string Value)> subject)
    {
        using var reader = new StreamReader(_file!, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        string text = reader.ReadToEnd();
        int end = text.LastIndexOf('\n') + 1;
        _file!.SetLength(Encoding.UTF8.GetByteCount(text.AsSpan(0, end)));
        _file.Seek(0, SeekOrigin.End);
        string[] lines = text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            (string Name, string Value)? other = null;
            try
            {
                using var line = JsonDocument.Parse(lines[i]);
                if (i == 0)
                {
                    other = OtherThan(subject, line.RootElement);
                }
                else
                {
                    Read(line.RootElement);
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {i + 1}: {e.Message}"), e);
            }

            if (other is var (name, there))
            {
                string here = subject.First(entry => string.Equals(entry.Name, name, StringComparison.Ordinal)).Value;
                throw new InvalidOperationException(
                    $"{path} holds the results of a search with other {name}: {there} and not {here}. Give another file, or delete it.");
            }
        }

        if (lines.Length == 0)
        {
            Append(writer =>
            {
                writer.WriteString("format", Format);
                writer.WriteNumber("version", Version);
                foreach ((string name, string value) in subject)
                {
                    writer.WriteString(name, value);
                }
            });
        }
    }

    private void Read(JsonElement line)
    {
        string? error = line.TryGetProperty("error", out JsonElement text) ? text.GetString() : null;
        var outcome = new TrialOutcome(ReadTable(line.GetProperty("scores")), ReadTable(line.GetProperty("training")), error);
        bool isWhole = error is not null
            || (HasShape(outcome.Scores) && (outcome.Training.Length == 0 || HasShape(outcome.Training)));
        _outcomes[(line.GetProperty("recipe").GetString()!, line.GetProperty("share").GetDouble())] =
            isWhole ? outcome : throw new FormatException("There are not as many scores as folds and metrics.");
    }

    private bool HasShape(double[][] table) =>
        table.Length == _shape.Folds && Array.TrueForAll(table, line => line.Length == _shape.Metrics);

    private void Append(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        _file!.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
        _file.Flush(flushToDisk: true);
    }
}
