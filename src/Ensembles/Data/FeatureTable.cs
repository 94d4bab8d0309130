using System.Globalization;
using Ensembles.Html;
using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>
/// The features of a data set: typed columns under a schema. A table never changes. Selecting rows or columns gives a view
/// that shares the cells; what learners derive from a table (sorted columns, bins) is made on first use, once, and shared by
/// all trees, fits and threads that use the same columns and rows.
/// </summary>
public sealed partial class FeatureTable
{
    private readonly ColumnData[] _columns;
    private readonly int[]? _rows;

    internal FeatureTable(FeatureSchema schema, ColumnData[] columns)
        : this(schema, columns, rows: null, Underived(columns.Length))
    {
    }

    private FeatureTable(FeatureSchema schema, ColumnData[] columns, int[]? rows, DerivedColumn[] derived)
    {
        _derived = derived;
        Schema = schema;
        _columns = columns;
        _rows = rows;
        RowCount = rows?.Length ?? columns[0].Length;
        if (RowCount == 0)
        {
            throw new ArgumentException("The table has no rows.", nameof(columns));
        }

        for (int c = 0; c < columns.Length && rows is null; c++)
        {
            if (columns[c].Length != RowCount)
            {
                throw new ArgumentException(
                    $"Column {c} ('{schema[c].Name}') has {columns[c].Length} rows, but column 0 ('{schema[0].Name}') has {RowCount}.",
                    nameof(columns));
            }
        }
    }

    /// <summary>The names and kinds of the columns.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>The number of rows, at least 1.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns, at least 1.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>One cell: the number, or the code of the category; NaN where it is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table has no such row or column.</exception>
    public double this[int row, int column]
    {
        get
        {
            CheckRow(row);
            CheckColumn(column);
            return _columns[column][_rows is null ? row : _rows[row]];
        }
    }

    /// <summary>A view of some rows, in the given order; a row may be given more than once.</summary>
    /// <param name="rows">At least one row index of this table.</param>
    /// <exception cref="ArgumentException">There is no index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a row of this table.</exception>
    public FeatureTable SelectRows(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
        {
            throw new ArgumentException("There are no rows selected; a table has at least one.", nameof(rows));
        }

        var selected = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if ((uint)row >= (uint)RowCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(rows),
                    string.Create(CultureInfo.InvariantCulture, $"Index {row} at place {i} is not a row of a table of {RowCount}."));
            }

            selected[i] = _rows is null ? row : _rows[row];
        }

        return new FeatureTable(Schema, _columns, selected, Underived(ColumnCount));
    }

    /// <summary>A view of some columns, in the given order.</summary>
    /// <param name="columns">At least one column index of this table, none twice.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a column of this table.</exception>
    /// <exception cref="ArgumentException">There is no index, or one is given twice.</exception>
    public FeatureTable SelectColumns(ReadOnlySpan<int> columns)
    {
        var features = new Feature[columns.Length];
        var data = new ColumnData[columns.Length];
        var derived = new DerivedColumn[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            if ((uint)columns[i] >= (uint)ColumnCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(columns),
                    string.Create(
                        CultureInfo.InvariantCulture, $"Index {columns[i]} at place {i} is not a column of a table of {ColumnCount}."));
            }

            features[i] = Schema[columns[i]];
            data[i] = _columns[columns[i]];
            derived[i] = _derived[columns[i]];
        }

        return new FeatureTable(new FeatureSchema(features), data, _rows, derived);
    }

    /// <summary>Copies one row: numbers as they are, categories as codes, NaN where a cell is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="destination">At least <see cref="ColumnCount"/> places.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyRow(int row, Span<double> destination)
    {
        CheckRow(row);
        if (destination.Length < ColumnCount)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture, $"A row has {ColumnCount} cells, but the destination has {destination.Length} places."),
                nameof(destination));
        }

        for (int c = 0; c < ColumnCount; c++)
        {
            destination[c] = this[row, c];
        }
    }

    /// <summary>One row as a new array: numbers as they are, categories as codes, NaN where a cell is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    public double[] Row(int row)
    {
        var cells = new double[ColumnCount];
        CopyRow(row, cells);
        return cells;
    }

    /// <summary>One column as a new array: numbers as they are, categories as codes, NaN where a cell is missing.</summary>
    /// <param name="column">The column, from 0.</param>
    public double[] Column(int column)
    {
        CheckColumn(column);
        var cells = new double[RowCount];
        GatherColumn(column, 0, RowCount, cells, stride: 1);
        return cells;
    }

    /// <summary>The number of missing cells in a column.</summary>
    /// <param name="column">The column, from 0.</param>
    public int MissingCount(int column) => Column(column).Count(double.IsNaN);

    /// <summary>The storage of a column, in the row order of the source and not of this view.</summary>
    internal ColumnData ColumnData(int column) => _columns[column];

    /// <summary>For each row of this view its row in <see cref="ColumnData"/>; null where they are the same.</summary>
    internal int[]? RowMap => _rows;

    /// <summary>Writes consecutive cells of a column to every <paramref name="stride"/>-th place of the destination.</summary>
    internal void GatherColumn(int column, int firstRow, int count, Span<double> destination, int stride)
    {
        if (_rows is null)
        {
            _columns[column].Gather(firstRow, count, destination, stride);
        }
        else
        {
            _columns[column].Gather(_rows.AsSpan(firstRow, count), destination, stride);
        }
    }

    /// <summary>Writes the cells of some rows to a span, row after row.</summary>
    /// <param name="rows">Rows of this view.</param>
    /// <param name="destination">Rows × columns places.</param>
    internal void GatherRows(ReadOnlySpan<int> rows, Span<double> destination)
    {
        const int block = 64;
        Span<int> mapped = stackalloc int[block];
        for (int first = 0; first < rows.Length; first += block)
        {
            scoped ReadOnlySpan<int> source = rows.Slice(first, Math.Min(block, rows.Length - first));
            if (_rows is not null)
            {
                for (int i = 0; i < source.Length; i++)
                {
                    mapped[i] = _rows[source[i]];
                }

                source = mapped[..source.Length];
            }

            for (int c = 0; c < ColumnCount; c++)
            {
                _columns[c].Gather(source, destination[((first * ColumnCount) + c)..], ColumnCount);
            }
        }
    }

    /// <summary>A table of the same rows over other columns (the mapped columns of a prediction).</summary>
    internal FeatureTable WithColumns(FeatureSchema schema, ColumnData[] columns) =>
        new(schema, columns, _rows, Underived(columns.Length));

    private void CheckRow(int row)
    {
        if ((uint)row >= (uint)RowCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(row), row, string.Create(CultureInfo.InvariantCulture, $"The table has the rows 0 to {RowCount - 1}."));
        }
    }

    private void CheckColumn(int column)
    {
        if ((uint)column >= (uint)ColumnCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), column, string.Create(CultureInfo.InvariantCulture, $"The table has the columns 0 to {ColumnCount - 1}."));
        }
    }

    private static DerivedColumn[] Underived(int count)
    {
        var derived = new DerivedColumn[count];
        for (int c = 0; c < count; c++)
        {
            derived[c] = new DerivedColumn();
        }

        return derived;
    }

    /// <summary>The first rows as a table in HTML, which notebooks show.</summary>
    /// <remarks>At most ten rows and twenty columns.</remarks>
    public string ToHtml() => ToHtml(ToString());

    /// <summary>The same with a caption and with columns before the features.</summary>
    internal string ToHtml(string caption, params (string Name, Func<int, string> Cell)[] before)
    {
        const int rows = 10;
        const int columns = 20;
        Feature[] shown = [.. Schema.Take(columns)];
        string[] more = shown.Length < ColumnCount ? ["…"] : [];
        var table = new HtmlTable(caption);
        table.AddHeader(before.Select(column => column.Name).Concat(shown.Select(feature => feature.Name)).Concat(more));
        for (int r = 0; r < Math.Min(rows, RowCount); r++)
        {
            IEnumerable<string> cells = shown.Select((feature, c) => CellText(feature, this[r, c]));
            table.Add(before.Select(column => column.Cell(r)).Concat(cells).Concat(more));
        }

        if (RowCount > rows)
        {
            table.Add(Enumerable.Repeat("…", before.Length + shown.Length).Concat(more));
        }

        return table.ToString();
    }

    private static string CellText(Feature feature, double cell) =>
        double.IsNaN(cell) ? string.Empty
        : feature.IsCategorical ? feature.Categories[(int)cell]
        : cell.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>The number of rows and of features.</summary>
    public override string ToString() => $"{Counted.Text(RowCount, "row", "rows")} × {Schema}";
}
