using System.Globalization;

namespace Ensembles.Peers.Measuring;

/// <summary>
/// A table of results that grows while it is measured: every row is written to the disk as soon as it is known, in the place of an older
/// one of the same key, so an interrupted run loses nothing. Any thread may write.
/// </summary>
internal sealed class ResultStore
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly string[] _columns;
    private readonly int _keyLength;
    private readonly List<string> _notes;
    private readonly Dictionary<string, string[]> _rows;

    /// <summary>Opens a table or starts one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Its columns, those of the key first.</param>
    /// <param name="keyLength">How many columns say which row it is.</param>
    public ResultStore(string path, string[] columns, int keyLength)
    {
        _path = path;
        _columns = columns;
        _keyLength = keyLength;
        ResultTable? old = ResultTable.ReadIfThere(path);
        _rows = (old?.Rows ?? []).ToDictionary(Key, StringComparer.Ordinal);
        _notes = [Machine.Describe(), .. (old?.Notes ?? []).Skip(1)];
    }

    public static string Text(double value) => value.ToString("G7", CultureInfo.InvariantCulture);

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public bool Contains(params string[] key)
    {
        lock (_lock)
        {
            return _rows.ContainsKey(Key(key));
        }
    }

    /// <summary>Whether a row has this text as its first field.</summary>
    public bool ContainsAny(string first) => _rows.Values.Any(row => row[0] == first);

    /// <summary>Adds a note about a subject, in the place of an older one.</summary>
    public void Note(string subject, string text)
    {
        lock (_lock)
        {
            Forget(subject);
            _notes.Add(text);
        }
    }

    /// <summary>Takes the note about a subject away.</summary>
    public void Forget(string subject)
    {
        lock (_lock)
        {
            _notes.RemoveAll(note =>
                note.StartsWith(subject, StringComparison.Ordinal) || note.StartsWith("not run: " + subject, StringComparison.Ordinal));
        }
    }

    public void Put(params string[] row)
    {
        lock (_lock)
        {
            _rows[Key(row)] = row;
            string part = _path + ".part";
            new ResultTable(_notes, _columns, [.. _rows.Values.OrderBy(SortKey, StringComparer.Ordinal)]).Write(part);
            File.Move(part, _path, overwrite: true);
        }

        Console.WriteLine(string.Join(' ', row));
    }

    private string Key(string[] row) => string.Join(',', row.AsSpan(0, _keyLength));

    // Numbers in the order of their values.
    private string SortKey(string[] row) =>
        string.Join(',', row.Take(_keyLength).Select(field => char.IsAsciiDigit(field[0]) ? field.PadLeft(12, '0') : field));
}
