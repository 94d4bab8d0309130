namespace Ensembles.Data;

/// <summary>
/// Rows to predict, wherever they lie: row after row as floats or as doubles, or in the columns of a table. Cells are read by the column,
/// which is how vectors want them.
/// </summary>
internal readonly ref struct RowSet
{
    private readonly ReadOnlySpan<float> _floats;
    private readonly ReadOnlySpan<double> _doubles;
    private readonly FeatureTable? _table;
    private readonly int _firstRow;

    /// <param name="floats">Rows × features, row after row.</param>
    /// <param name="width">The number of features.</param>
    public RowSet(ReadOnlySpan<float> floats, int width)
    {
        _floats = floats;
        Width = width;
        Count = floats.Length / width;
    }

    /// <param name="doubles">Rows × features, row after row.</param>
    /// <param name="width">The number of features.</param>
    public RowSet(ReadOnlySpan<double> doubles, int width)
    {
        _doubles = doubles;
        Width = width;
        Count = doubles.Length / width;
    }

    /// <param name="table">The rows are some of this table's.</param>
    /// <param name="firstRow">The first of them.</param>
    /// <param name="count">Their number.</param>
    public RowSet(FeatureTable table, int firstRow, int count)
    {
        _table = table;
        _firstRow = firstRow;
        Width = table.ColumnCount;
        Count = count;
    }

    /// <summary>The number of features.</summary>
    public int Width { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The cells row after row, if this is how they lie as doubles.</summary>
    /// <param name="rows">Rows × features.</param>
    public bool TryGetDoubles(out ReadOnlySpan<double> rows)
    {
        rows = _doubles;
        return !_doubles.IsEmpty;
    }

    /// <summary>The cells of the only row, if they lie side by side as floats.</summary>
    /// <param name="row">A cell a feature.</param>
    public bool TryGetFloatRow(out ReadOnlySpan<float> row)
    {
        row = _floats;
        return !_floats.IsEmpty;
    }

    /// <summary>Some of the rows.</summary>
    public RowSet Slice(int first, int count)
    {
        if (_table is not null)
        {
            return new RowSet(_table, _firstRow + first, count);
        }

        return _doubles.IsEmpty
            ? new RowSet(_floats.Slice(first * Width, count * Width), Width)
            : new RowSet(_doubles.Slice(first * Width, count * Width), Width);
    }

    /// <summary>The cells of a feature where they lie one after the other as floats; false where they do not.</summary>
    public bool TryGetFloats(int feature, out ReadOnlySpan<float> cells)
    {
        if (_table is { RowMap: null } && _table.ColumnData(feature) is FloatColumn column)
        {
            cells = column.Values.AsSpan(_firstRow, Count);
            return true;
        }

        cells = default;
        return false;
    }

    /// <summary>
    /// Copies the cells of a feature as floats; false where one is a double that no float equals, and then they are incomplete.
    /// </summary>
    public bool TryCopyFloats(int feature, Span<float> destination)
    {
        if (!_floats.IsEmpty)
        {
            ReadOnlySpan<float> source = _floats[feature..];
            for (int r = 0, i = 0; r < Count; r++, i += Width)
            {
                destination[r] = source[i];
            }

            return true;
        }

        return _table is { RowMap: not null } && _table.ColumnData(feature) is FloatColumn column && CopyMapped(column.Values, destination);
    }

    /// <summary>Copies the cells of a feature as doubles: NaN where missing, a category as its code.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="destination">Where to; every <paramref name="stride"/>-th place is written.</param>
    /// <param name="stride">1 for a column.</param>
    public void CopyDoubles(int feature, Span<double> destination, int stride = 1)
    {
        if (_table is not null)
        {
            _table.GatherColumn(feature, _firstRow, Count, destination, stride);
        }
        else if (_doubles.IsEmpty)
        {
            for (int r = 0, i = feature; r < Count; r++, i += Width)
            {
                destination[r * stride] = _floats[i];
            }
        }
        else
        {
            for (int r = 0, i = feature; r < Count; r++, i += Width)
            {
                destination[r * stride] = _doubles[i];
            }
        }
    }

    /// <summary>Copies all cells row after row as doubles.</summary>
    /// <param name="destination">Rows × features.</param>
    public void CopyRows(Span<double> destination)
    {
        if (_table is null && _doubles.IsEmpty)
        {
            for (int i = 0; i < _floats.Length; i++)
            {
                destination[i] = _floats[i];
            }

            return;
        }

        for (int c = 0; c < Width; c++)
        {
            CopyDoubles(c, destination[c..], Width);
        }
    }

    /// <summary>Copies the first cells of the only row as doubles.</summary>
    /// <param name="destination">At most as many places as there are features.</param>
    public void CopyRow(Span<double> destination)
    {
        if (_table is not null)
        {
            for (int c = 0; c < destination.Length; c++)
            {
                _table.GatherColumn(c, _firstRow, 1, destination[c..], 1);
            }
        }
        else if (_doubles.IsEmpty)
        {
            for (int c = 0; c < destination.Length; c++)
            {
                destination[c] = _floats[c];
            }
        }
        else
        {
            _doubles[..destination.Length].CopyTo(destination);
        }
    }

    private bool CopyMapped(float[] values, Span<float> destination)
    {
        ReadOnlySpan<int> map = _table!.RowMap.AsSpan(_firstRow, Count);
        for (int r = 0; r < map.Length; r++)
        {
            destination[r] = values[map[r]];
        }

        return true;
    }
}
