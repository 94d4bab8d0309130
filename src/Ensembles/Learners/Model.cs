using System.Buffers;
using System.Globalization;
using System.Numerics;
using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Learners;

/// <summary>
/// What a fit gives: immutable, safe for any number of threads. A row is given as a span of the features in the order of
/// <see cref="Schema"/>: numbers as they are, a category as its code, NaN where a cell is missing; a code that the schema
/// does not have counts as missing.
/// </summary>
public abstract class Model
{
    // Rows that are gathered and predicted together: many, so that a node of a large tree is read by many rows while it is in
    // cache, but no more cells than fit there as well.
    private const int CellsPerBlock = 1 << 15;
    private const int MinRowsPerBlock = 64;
    private const int MaxRowsPerBlock = 1024;

    // Below this many rows a second thread costs more than it brings.
    private const int RowsPerThread = 1024;

    private const int StackCells = 256;

    private protected Model(FeatureSchema schema)
    {
        Schema = schema;
    }

    /// <summary>The features that the model was trained on, and reads.</summary>
    public FeatureSchema Schema { get; }

    private int RowsPerBlock => Math.Clamp(CellsPerBlock / Schema.Count, MinRowsPerBlock, MaxRowsPerBlock);

    /// <summary>How many numbers the model gives for a row.</summary>
    internal abstract int OutputCount { get; }

    /// <summary>Predicts rows given row-major as doubles, all checked already.</summary>
    /// <param name="rows">Count × features.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="output">Count × <see cref="OutputCount"/>, to be overwritten.</param>
    internal abstract void PredictBlock(ReadOnlySpan<double> rows, int count, Span<double> output);

    /// <summary>Predicts all rows of a table, in blocks, on a number of threads; null for one a processor.</summary>
    internal double[] PredictTable(FeatureTable table, int? threads = null)
    {
        FeatureTable mapped = SchemaMapping.Map(table, Schema);
        var output = new double[(long)mapped.RowCount * OutputCount];
        int chunks = (mapped.RowCount + RowsPerThread - 1) / RowsPerThread;
        ParallelWork.For(chunks, ParallelWork.Resolve(threads), CancellationToken.None, chunk =>
        {
            int first = chunk * RowsPerThread;
            int count = Math.Min(RowsPerThread, mapped.RowCount - first);
            PredictRange(mapped, first, count, output.AsSpan(first * OutputCount, count * OutputCount));
        });
        return output;
    }

    /// <summary>Predicts all rows of a table into a span, in blocks, on the caller's thread.</summary>
    private protected void PredictTable(FeatureTable table, Span<double> destination)
    {
        FeatureTable mapped = SchemaMapping.Map(table, Schema);
        CheckDestination(destination.Length, mapped.RowCount, OutputCount);
        PredictRange(mapped, 0, mapped.RowCount, destination);
    }

    /// <summary>Predicts one row or many, given row-major; allocates nothing.</summary>
    private protected void PredictRows<T>(ReadOnlySpan<T> rows, Span<double> destination)
        where T : unmanaged, INumberBase<T>
    {
        int width = Schema.Count;
        int count = CheckRows(rows.Length);
        CheckDestination(destination.Length, count, OutputCount);
        if (typeof(T) == typeof(double))
        {
            PredictBlock(System.Runtime.InteropServices.MemoryMarshal.Cast<T, double>(rows), count, destination);
            return;
        }

        int blockCells = Math.Min(count, RowsPerBlock) * width;
        double[]? rented = blockCells <= StackCells ? null : ArrayPool<double>.Shared.Rent(blockCells);
        Span<double> block = rented is null ? stackalloc double[StackCells] : rented;
        for (int first = 0; first < count; first += RowsPerBlock)
        {
            int n = Math.Min(RowsPerBlock, count - first);
            ReadOnlySpan<T> source = rows.Slice(first * width, n * width);
            for (int i = 0; i < source.Length; i++)
            {
                block[i] = double.CreateTruncating(source[i]);
            }

            PredictBlock(block[..source.Length], n, destination.Slice(first * OutputCount, n * OutputCount));
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Predicts one row; allocates nothing.</summary>
    /// <exception cref="ArgumentException">The row has another width than the model reads.</exception>
    private protected void PredictRow<T>(ReadOnlySpan<T> row, Span<double> destination)
        where T : unmanaged, INumberBase<T>
    {
        if (row.Length != Schema.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The model reads rows of {Schema.Count} features, not {row.Length}."),
                nameof(row));
        }

        PredictRows(row, destination);
    }

    /// <summary>The number of whole rows in a span of this many cells.</summary>
    /// <exception cref="ArgumentException">The cells do not make whole rows of the model's width.</exception>
    private protected int CheckRows(int cells)
    {
        int width = Schema.Count;
        if (cells == 0 || cells % width != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The model reads rows of {width} features; {cells} cells do not make whole rows."),
                "rows");
        }

        return cells / width;
    }

    /// <exception cref="ArgumentException">The destination has not the length that the rows need.</exception>
    private protected static void CheckDestination(int length, int rowCount, int perRow)
    {
        if (length != (long)rowCount * perRow)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture, $"{rowCount} rows of {perRow} outputs need {(long)rowCount * perRow} places, not {length}."),
                "destination");
        }
    }

    private void PredictRange(FeatureTable table, int firstRow, int rowCount, Span<double> destination)
    {
        using var blocks = new RowBlocks(table, firstRow, rowCount, RowsPerBlock);
        while (blocks.MoveNext())
        {
            PredictBlock(
                blocks.Cells, blocks.Count, destination.Slice((blocks.FirstRow - firstRow) * OutputCount, blocks.Count * OutputCount));
        }
    }
}
