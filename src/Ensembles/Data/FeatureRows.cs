using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace Ensembles.Data;

/// <summary>
/// Rows to predict, wherever they lie: a table, a matrix, a flat span of rows, or columns. Made by conversion from most of these, so that
/// a method that takes it takes all of them; nothing is copied, but of a matrix that is not dense.
/// </summary>
/// <remarks>
/// A table is read by the names of its columns and categories. Everything else has its features in the order of the model's schema:
/// numbers as they are, a category as its code, NaN where a cell is missing; a code that the schema does not have counts as missing.
/// </remarks>
public readonly ref struct FeatureRows
{
    private readonly FeatureTable? _table;
    private readonly ReadOnlySpan<float> _floats;
    private readonly ReadOnlySpan<double> _doubles;
    private readonly ReadOnlySpan<float[]> _floatColumns;
    private readonly ReadOnlySpan<double[]> _doubleColumns;
    private readonly Layout _layout;

    // Of a matrix; of others they follow from the model or the columns.
    private readonly int _rowCount;
    private readonly int _columnCount;

    private FeatureRows(FeatureTable table)
    {
        _table = table;
        _layout = Layout.Table;
    }

    private FeatureRows(ReadOnlySpan<float> floats, ReadOnlySpan<double> doubles)
    {
        _floats = floats;
        _doubles = doubles;
        _layout = Layout.RowMajor;
    }

    private FeatureRows(ReadOnlySpan<float> floats, ReadOnlySpan<double> doubles, int rowCount, int columnCount)
    {
        _floats = floats;
        _doubles = doubles;
        _rowCount = rowCount;
        _columnCount = columnCount;
        _layout = Layout.ColumnMajor;
    }

    private FeatureRows(ReadOnlySpan<float[]> floats, ReadOnlySpan<double[]> doubles)
    {
        _floatColumns = floats;
        _doubleColumns = doubles;
        _layout = Layout.Columns;
    }

    private enum Layout
    {
        RowMajor,
        ColumnMajor,
        Columns,
        Table,
    }

    /// <summary>The rows of a table.</summary>
    /// <param name="table">A table.</param>
    public static implicit operator FeatureRows(FeatureTable table) => new(table);

    /// <summary>One row or many, row after row.</summary>
    /// <param name="rowMajor">Rows × features.</param>
    public static implicit operator FeatureRows(ReadOnlySpan<float> rowMajor) => new(rowMajor, []);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{float})"/>
    public static implicit operator FeatureRows(ReadOnlySpan<double> rowMajor) => new([], rowMajor);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{float})"/>
    public static implicit operator FeatureRows(Span<float> rowMajor) => new(rowMajor, []);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{float})"/>
    public static implicit operator FeatureRows(Span<double> rowMajor) => new([], rowMajor);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{float})"/>
    public static implicit operator FeatureRows(float[] rowMajor) => new(rowMajor, []);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{float})"/>
    public static implicit operator FeatureRows(double[] rowMajor) => new([], rowMajor);

    /// <summary>The rows of a matrix of rows × features. A dense one is read where it is, others are copied.</summary>
    /// <param name="matrix">A matrix.</param>
    public static implicit operator FeatureRows(Matrix<float> matrix) => matrix is null
        ? default
        : new(Cells(matrix), [], matrix.RowCount, matrix.ColumnCount);

    /// <inheritdoc cref="op_Implicit(Matrix{float})"/>
    public static implicit operator FeatureRows(Matrix<double> matrix) => matrix is null
        ? default
        : new([], Cells(matrix), matrix.RowCount, matrix.ColumnCount);

    /// <summary>One row or many, row after row.</summary>
    /// <param name="rowMajor">Rows × features.</param>
    public static FeatureRows FromRowMajor(ReadOnlySpan<float> rowMajor) => rowMajor;

    /// <inheritdoc cref="FromRowMajor(ReadOnlySpan{float})"/>
    public static FeatureRows FromRowMajor(ReadOnlySpan<double> rowMajor) => rowMajor;

    /// <summary>Rows whose cells lie column by column.</summary>
    /// <param name="columns">One array a feature, in the order of the schema, all of one length.</param>
    public static FeatureRows FromColumns(ReadOnlySpan<float[]> columns) => new(columns, []);

    /// <inheritdoc cref="FromColumns(ReadOnlySpan{float[]})"/>
    public static FeatureRows FromColumns(ReadOnlySpan<double[]> columns) => new([], columns);

    /// <summary>The rows as a model reads them.</summary>
    /// <exception cref="ArgumentException">They are not of the model's features, or there are none.</exception>
    internal RowSet Under(FeatureSchema schema)
    {
        int width = schema.Count;
        switch (_layout)
        {
            case Layout.Table:
                FeatureTable mapped = SchemaMapping.Map(_table!, schema);
                return new RowSet(mapped, 0, mapped.RowCount);
            case Layout.Columns:
                return new RowSet(_floatColumns, _doubleColumns, CheckColumns(width));
            case Layout.ColumnMajor:
                CheckWidth(_columnCount, width, "matrix");
                return new RowSet(_floats, _doubles, width, _rowCount, rowStride: 1, columnStride: _rowCount);
            default:
                int cells = Math.Max(_floats.Length, _doubles.Length);
                return cells == 0 || cells % width != 0
                    ? throw new ArgumentException(
                        string.Create(
                            CultureInfo.InvariantCulture, $"The model reads rows of {width} features; {cells} cells do not make whole rows."),
                        "rows")
                    : new RowSet(_floats, _doubles, width, cells / width, rowStride: width, columnStride: 1);
        }
    }

    private static void CheckWidth(int columns, int width, string what)
    {
        if (columns != width)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The model reads {width} features; the {what} has {columns} columns."), "rows");
        }
    }

    private static ReadOnlySpan<T> Cells<T>(Matrix<T> matrix)
        where T : struct, IEquatable<T>, IFormattable =>
        matrix.Storage is DenseColumnMajorMatrixStorage<T> dense ? dense.Data : matrix.ToColumnMajorArray();

    private int CheckColumns(int width)
    {
        CheckWidth(Math.Max(_floatColumns.Length, _doubleColumns.Length), width, "batch");
        int rows = LengthOf(0);
        for (int c = 1; c < width; c++)
        {
            if (LengthOf(c) != rows)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Column {c} has {LengthOf(c)} rows, but column 0 has {rows}."), "rows");
            }
        }

        return rows > 0 ? rows : throw new ArgumentException("There are no rows.", "rows");
    }

    private int LengthOf(int column)
    {
        Array? cells = _floatColumns.IsEmpty ? _doubleColumns[column] : _floatColumns[column];
        return cells?.Length
            ?? throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Column {column} is null."), "rows");
    }
}
