using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Ensembles.Data;

// The ways to make a table from what is in memory. All copy: a table never changes after it was made.
public sealed partial class FeatureTable
{
    /// <summary>Numeric features from rows × columns; float cells cost four bytes each.</summary>
    /// <param name="values">Rows × columns; NaN is missing.</param>
    /// <param name="names">As many names as columns, or null for x0, x1, x2 …</param>
    /// <exception cref="ArgumentException">There are no rows or no columns, or the names do not fit.</exception>
    public static FeatureTable FromRows(float[,] values, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromCells<float>(values.GetLength(0), values.GetLength(1), names, (r, c) => values[r, c]);
    }

    /// <summary>Numeric features from rows × columns; nothing is rounded.</summary>
    /// <inheritdoc cref="FromRows(float[,], IReadOnlyList{string})"/>
    public static FeatureTable FromRows(double[,] values, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromCells<double>(values.GetLength(0), values.GetLength(1), names, (r, c) => values[r, c]);
    }

    /// <summary>Numeric features from a sequence of rows of equal length; float cells cost four bytes each.</summary>
    /// <param name="rows">One array a row; NaN is missing.</param>
    /// <param name="names">As many names as columns, or null for x0, x1, x2 …</param>
    /// <exception cref="ArgumentException">A row has another length than the first (the message names it), or there are none.</exception>
    public static FeatureTable FromRows(IReadOnlyList<float[]> rows, IReadOnlyList<string>? names = null)
    {
        int columns = CheckJagged(rows);
        return FromCells<float>(rows.Count, columns, names, (r, c) => rows[r][c]);
    }

    /// <summary>Numeric features from a sequence of rows of equal length; nothing is rounded.</summary>
    /// <inheritdoc cref="FromRows(IReadOnlyList{float[]}, IReadOnlyList{string})"/>
    public static FeatureTable FromRows(IReadOnlyList<double[]> rows, IReadOnlyList<string>? names = null)
    {
        int columns = CheckJagged(rows);
        return FromCells<double>(rows.Count, columns, names, (r, c) => rows[r][c]);
    }

    /// <summary>Numeric features from one flat span, row after row; float cells cost four bytes each.</summary>
    /// <param name="rowMajor">Rows × columns cells; NaN is missing.</param>
    /// <param name="columnCount">The number of columns, at least 1; it must divide the number of cells.</param>
    /// <param name="names">As many names as columns, or null for x0, x1, x2 …</param>
    /// <exception cref="ArgumentException">The cells do not make whole rows, or there are none.</exception>
    public static FeatureTable FromRowMajor(ReadOnlySpan<float> rowMajor, int columnCount, IReadOnlyList<string>? names = null)
    {
        float[][] columns = Transpose(rowMajor, columnCount);
        return FromColumns(columns, names, copy: false);
    }

    /// <summary>Numeric features from one flat span, row after row; nothing is rounded.</summary>
    /// <inheritdoc cref="FromRowMajor(ReadOnlySpan{float}, int, IReadOnlyList{string})"/>
    public static FeatureTable FromRowMajor(ReadOnlySpan<double> rowMajor, int columnCount, IReadOnlyList<string>? names = null)
    {
        double[][] columns = Transpose(rowMajor, columnCount);
        return FromColumns(columns, names, copy: false);
    }

    /// <summary>Numeric features from columns of equal length; float cells cost four bytes each.</summary>
    /// <param name="columns">One array a column; NaN is missing.</param>
    /// <param name="names">As many names as columns, or null for x0, x1, x2 …</param>
    /// <exception cref="ArgumentException">
    /// A column has another length than the first (the message names it), or there are none.
    /// </exception>
    public static FeatureTable FromColumns(IReadOnlyList<float[]> columns, IReadOnlyList<string>? names = null) =>
        FromColumns(columns, names, copy: true);

    /// <summary>Numeric features from columns of equal length; nothing is rounded.</summary>
    /// <inheritdoc cref="FromColumns(IReadOnlyList{float[]}, IReadOnlyList{string})"/>
    public static FeatureTable FromColumns(IReadOnlyList<double[]> columns, IReadOnlyList<string>? names = null) =>
        FromColumns(columns, names, copy: true);

    /// <summary>Numeric features from a matrix of rows × features.</summary>
    /// <param name="matrix">One row a row of the table; NaN is missing.</param>
    /// <param name="names">As many names as columns, or null for x0, x1, x2 …</param>
    public static FeatureTable FromMatrix(Matrix<float> matrix, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return FromColumns(matrix.ToColumnArrays(), names, copy: false);
    }

    /// <inheritdoc cref="FromMatrix(Matrix{float}, IReadOnlyList{string})"/>
    public static FeatureTable FromMatrix(Matrix<double> matrix, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return FromColumns(matrix.ToColumnArrays(), names, copy: false);
    }

    private static FeatureTable FromColumns<T>(IReadOnlyList<T[]> columns, IReadOnlyList<string>? names, bool copy)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
        {
            throw new ArgumentException("The table has no columns.", nameof(columns));
        }

        var data = new ColumnData[columns.Count];
        for (int c = 0; c < data.Length; c++)
        {
            T[] cells = columns[c] ?? throw new ArgumentException($"Column {c} is null.", nameof(columns));
            cells = copy ? [.. cells] : cells;
            data[c] = cells is float[] floats ? new FloatColumn(floats) : new DoubleColumn((double[])(object)cells);
        }

        return new FeatureTable(FeatureSchema.Numeric(columns.Count, names), data);
    }

    private static FeatureTable FromCells<T>(int rowCount, int columnCount, IReadOnlyList<string>? names, Func<int, int, T> cell)
        where T : unmanaged
    {
        var columns = new T[columnCount][];
        for (int c = 0; c < columnCount; c++)
        {
            columns[c] = new T[rowCount];
        }

        for (int r = 0; r < rowCount; r++)
        {
            for (int c = 0; c < columnCount; c++)
            {
                columns[c][r] = cell(r, c);
            }
        }

        return FromColumns(columns, names, copy: false);
    }

    private static T[][] Transpose<T>(ReadOnlySpan<T> rowMajor, int columnCount)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        if (rowMajor.Length % columnCount != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{rowMajor.Length} cells do not make whole rows of {columnCount} columns."),
                nameof(rowMajor));
        }

        int rowCount = rowMajor.Length / columnCount;
        var columns = new T[columnCount][];
        for (int c = 0; c < columnCount; c++)
        {
            columns[c] = new T[rowCount];
        }

        for (int r = 0, cell = 0; r < rowCount; r++)
        {
            for (int c = 0; c < columnCount; c++, cell++)
            {
                columns[c][r] = rowMajor[cell];
            }
        }

        return columns;
    }

    private static int CheckJagged<T>(IReadOnlyList<T[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            throw new ArgumentException("The table has no rows.", nameof(rows));
        }

        int columns = (rows[0] ?? throw new ArgumentException("Row 0 is null.", nameof(rows))).Length;
        for (int r = 1; r < rows.Count; r++)
        {
            int length = (rows[r] ?? throw new ArgumentException($"Row {r} is null.", nameof(rows))).Length;
            if (length != columns)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Row {r} has {length} cells, but row 0 has {columns}."), nameof(rows));
            }
        }

        return columns;
    }
}
