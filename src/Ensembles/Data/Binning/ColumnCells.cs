namespace Ensembles.Data.Binning;

/// <summary>The cells of a column as they are stored, in the row order of a table: read block by block, so that a view costs no copy.</summary>
/// <param name="values">The stored cells.</param>
/// <param name="rows">For each row of the table its place among the stored cells; null where they are the same.</param>
internal readonly ref struct ColumnCells<T>(ReadOnlySpan<T> values, int[]? rows)
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _values = values;

    /// <summary>The number of rows.</summary>
    public int Count => rows?.Length ?? _values.Length;

    /// <summary>The cell of a row.</summary>
    public T this[int row] => _values[rows is null ? row : rows[row]];

    /// <summary>The cells of consecutive rows, as many as the buffer holds or are left; the buffer is used where they are scattered.</summary>
    public ReadOnlySpan<T> Block(int firstRow, Span<T> buffer)
    {
        int count = Math.Min(buffer.Length, Count - firstRow);
        if (rows is null)
        {
            return _values.Slice(firstRow, count);
        }

        ReadOnlySpan<int> places = rows.AsSpan(firstRow, count);
        for (int i = 0; i < places.Length; i++)
        {
            buffer[i] = _values[places[i]];
        }

        return buffer[..count];
    }
}
