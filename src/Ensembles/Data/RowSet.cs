namespace Ensembles.Data;

/// <summary>
/// Rows to predict, wherever they lie: side by side or column by column, as floats or as doubles, or in the columns of a table. Cells are
/// read by the column, which is how vectors want them.
/// </summary>
internal readonly ref partial struct RowSet
{
    private readonly ReadOnlySpan<float> _floats;
    private readonly ReadOnlySpan<double> _doubles;
    private readonly ReadOnlySpan<float[]> _floatColumns;
    private readonly ReadOnlySpan<double[]> _doubleColumns;
    private readonly FeatureTable? _table;
    private readonly int _firstRow;

    // In flat cells: how far it is from a row to the next, and from a column to the next.
    private readonly int _rowStride;
    private readonly int _columnStride;

    /// <param name="floats">Rows × features, row after row.</param>
    /// <param name="width">The number of features.</param>
    public RowSet(ReadOnlySpan<float> floats, int width)
        : this(floats, [], width, floats.Length / width, rowStride: width, columnStride: 1)
    {
    }

    /// <param name="doubles">Rows × features, row after row.</param>
    /// <param name="width">The number of features.</param>
    public RowSet(ReadOnlySpan<double> doubles, int width)
        : this([], doubles, width, doubles.Length / width, rowStride: width, columnStride: 1)
    {
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

    /// <param name="floats">All cells as floats, or none.</param>
    /// <param name="doubles">All cells as doubles, or none.</param>
    /// <param name="width">The number of features.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rowStride">How far it is from a row to the next.</param>
    /// <param name="columnStride">How far it is from a column to the next.</param>
    public RowSet(ReadOnlySpan<float> floats, ReadOnlySpan<double> doubles, int width, int count, int rowStride, int columnStride)
    {
        _floats = floats;
        _doubles = doubles;
        // The cells of a single row lie side by side in any case.
        _rowStride = count == 1 ? width : rowStride;
        _columnStride = columnStride;
        Width = width;
        Count = count;
    }

    /// <param name="floats">The columns, or none.</param>
    /// <param name="doubles">The columns, or none.</param>
    /// <param name="count">The number of rows.</param>
    public RowSet(ReadOnlySpan<float[]> floats, ReadOnlySpan<double[]> doubles, int count)
    {
        _floatColumns = floats;
        _doubleColumns = doubles;
        Width = Math.Max(floats.Length, doubles.Length);
        Count = count;
    }

    private RowSet(scoped in RowSet rows, int first, int count)
    {
        this = rows;
        _firstRow += first;
        Count = count;
    }

    /// <summary>The number of features.</summary>
    public int Width { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>Some of the rows.</summary>
    public RowSet Slice(int first, int count) => new(this, first, count);

    /// <summary>The cells row after row, if this is how they lie as doubles.</summary>
    /// <param name="rows">Rows × features.</param>
    public bool TryGetDoubles(out ReadOnlySpan<double> rows)
    {
        bool isRowMajor = !_doubles.IsEmpty && _columnStride == 1;
        rows = isRowMajor ? _doubles.Slice(_firstRow * _rowStride, Count * _rowStride) : default;
        return isRowMajor;
    }

    /// <summary>The cells of the only row, if they lie side by side as floats.</summary>
    /// <param name="row">A cell a feature.</param>
    public bool TryGetFloatRow(out ReadOnlySpan<float> row)
    {
        bool isRowMajor = !_floats.IsEmpty && _columnStride == 1;
        row = isRowMajor ? _floats.Slice(_firstRow * _rowStride, Width) : default;
        return isRowMajor;
    }

    /// <summary>The cells of a feature where they lie one after the other as floats; false where they do not.</summary>
    public bool TryGetFloats(int feature, out ReadOnlySpan<float> cells)
    {
        if (_table is not null)
        {
            FloatColumn? column = _table.RowMap is null ? _table.ColumnData(feature) as FloatColumn : null;
            cells = column is null ? default : column.Values.AsSpan(_firstRow, Count);
            return column is not null;
        }

        if (!_floatColumns.IsEmpty)
        {
            cells = _floatColumns[feature].AsSpan(_firstRow, Count);
            return true;
        }

        bool isColumnMajor = !_floats.IsEmpty && _rowStride == 1;
        cells = isColumnMajor ? _floats.Slice((feature * _columnStride) + _firstRow, Count) : default;
        return isColumnMajor;
    }

    /// <summary>Copies the cells of a feature as floats; false where they are not stored as such.</summary>
    public bool TryCopyFloats(int feature, Span<float> destination)
    {
        if (!_floats.IsEmpty)
        {
            ReadOnlySpan<float> source = FlatFrom(_floats, feature);
            for (int r = 0, i = 0; r < Count; r++, i += _rowStride)
            {
                destination[r] = source[i];
            }

            return true;
        }

        if (_table is { RowMap: not null } && _table.ColumnData(feature) is FloatColumn column)
        {
            ReadOnlySpan<int> map = _table.RowMap.AsSpan(_firstRow, Count);
            for (int r = 0; r < map.Length; r++)
            {
                destination[r] = column.Values[map[r]];
            }

            return true;
        }

        return false;
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
        else if (!_doubles.IsEmpty)
        {
            Copy(FlatFrom(_doubles, feature), _rowStride, destination, stride);
        }
        else if (!_floats.IsEmpty)
        {
            Copy(FlatFrom(_floats, feature), _rowStride, destination, stride);
        }
        else if (!_doubleColumns.IsEmpty)
        {
            Copy(_doubleColumns[feature].AsSpan(_firstRow), 1, destination, stride);
        }
        else
        {
            Copy(_floatColumns[feature].AsSpan(_firstRow), 1, destination, stride);
        }
    }

    /// <summary>Copies all cells row after row as doubles.</summary>
    /// <param name="destination">Rows × features.</param>
    public void CopyRows(Span<double> destination)
    {
        if (!_floats.IsEmpty && _columnStride == 1)
        {
            ReadOnlySpan<float> source = _floats.Slice(_firstRow * _rowStride, Count * Width);
            for (int i = 0; i < source.Length; i++)
            {
                destination[i] = source[i];
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
        if (TryGetFloatRow(out ReadOnlySpan<float> floats))
        {
            for (int c = 0; c < destination.Length; c++)
            {
                destination[c] = floats[c];
            }
        }
        else if (TryGetDoubles(out ReadOnlySpan<double> doubles))
        {
            doubles[..destination.Length].CopyTo(destination);
        }
        else
        {
            for (int c = 0; c < destination.Length; c++)
            {
                CopyDoubles(c, destination[c..]);
            }
        }
    }

    /// <summary>The cells of some columns, copied.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="scratch">At least rows × columns places.</param>
    public RowSet SelectColumns(int[] columns, Span<double> scratch)
    {
        Span<double> cells = scratch[..(Count * columns.Length)];
        for (int c = 0; c < columns.Length; c++)
        {
            CopyDoubles(columns[c], cells.Slice(c * Count, Count));
        }

        return new RowSet([], cells, columns.Length, Count, rowStride: 1, columnStride: Count);
    }

    /// <summary>Flat cells from the first row of a feature on.</summary>
    private ReadOnlySpan<T> FlatFrom<T>(ReadOnlySpan<T> cells, int feature) => cells[((_firstRow * _rowStride) + (feature * _columnStride))..];

    private void Copy(ReadOnlySpan<float> source, int step, Span<double> destination, int stride)
    {
        for (int r = 0, i = 0, k = 0; r < Count; r++, i += step, k += stride)
        {
            destination[k] = source[i];
        }
    }

    private void Copy(ReadOnlySpan<double> source, int step, Span<double> destination, int stride)
    {
        for (int r = 0, i = 0, k = 0; r < Count; r++, i += step, k += stride)
        {
            destination[k] = source[i];
        }
    }
}
