namespace Ensembles.Peers.Quality;

/// <summary>A table with tabs between its fields: lines that begin with # are comments, the first other one names the columns.</summary>
internal sealed class TabTable
{
    private readonly string[] _columns;

    private TabTable(string[] columns, IReadOnlyList<string[]> rows)
    {
        _columns = columns;
        Rows = rows;
    }

    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="required">Columns that it must have.</param>
    /// <exception cref="InvalidDataException">A column is missing, or a line has more or fewer fields than there are columns.</exception>
    public static TabTable Read(string path, params string[] required)
    {
        string[]? columns = null;
        var rows = new List<string[]>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] fields = line.Split('\t');
            if (columns is null)
            {
                columns = fields;
            }
            else if (fields.Length == columns.Length)
            {
                rows.Add(fields);
            }
            else
            {
                throw new InvalidDataException($"{path}, line {number}: {fields.Length} fields where there are {columns.Length} columns.");
            }
        }

        string[] missing = [.. required.Except(columns ?? [], StringComparer.Ordinal)];
        return missing.Length == 0
            ? new TabTable(columns!, rows)
            : throw new InvalidDataException($"{path}: no column '{string.Join("', '", missing)}'.");
    }

    /// <summary>A field; empty where there is no such column.</summary>
    public string Text(string[] row, string column)
    {
        int index = Array.IndexOf(_columns, column);
        return index < 0 ? string.Empty : row[index];
    }
}
