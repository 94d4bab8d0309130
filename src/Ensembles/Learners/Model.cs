using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
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
    // Below this many rows a second thread costs more than it brings.
    private const int RowsPerThread = 1024;

    private protected Model(FeatureSchema schema)
    {
        Schema = schema;
    }

    /// <summary>The features that the model was trained on, and reads.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>How batches of rows are predicted, and why in this way.</summary>
    public Predictor Predictor => Batches.Predictor;

    /// <summary>How many numbers the model gives for a row.</summary>
    internal abstract int OutputCount { get; }

    /// <summary>What batches are predicted with.</summary>
    internal virtual IBatchPrediction Batches => MemberLoop.Instance;

    /// <summary>Predicts rows, all checked already.</summary>
    /// <param name="rows">The rows, under the schema of the model.</param>
    /// <param name="output">Rows × <see cref="OutputCount"/>, to be overwritten.</param>
    internal virtual void PredictBlock(in RowSet rows, Span<double> output)
    {
        const int blockRows = 256;
        const int stackCells = 256;
        int cells = Math.Min(blockRows, rows.Count) * rows.Width;
        double[]? rented = cells <= stackCells || rows.TryGetDoubles(out _) ? null : ArrayPool<double>.Shared.Rent(cells);
        Span<double> scratch = rented is null ? stackalloc double[stackCells] : rented;
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            RowSet block = rows.Slice(first, Math.Min(blockRows, rows.Count - first));
            scoped ReadOnlySpan<double> doubles;
            if (!block.TryGetDoubles(out doubles))
            {
                block.CopyRows(scratch);
                doubles = scratch[..(block.Count * block.Width)];
            }

            PredictBlock(doubles, block.Count, output.Slice(first * OutputCount, block.Count * OutputCount));
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>The same of rows that lie row after row as doubles; a model overrides one of the two.</summary>
    /// <param name="rows">Count × features.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="output">Count × <see cref="OutputCount"/>, to be overwritten.</param>
    internal virtual void PredictBlock(ReadOnlySpan<double> rows, int count, Span<double> output) =>
        PredictBlock(new RowSet(rows, Schema.Count), output);

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
            PredictBlock(new RowSet(mapped, first, count), output.AsSpan(first * OutputCount, count * OutputCount));
        });
        return output;
    }

    /// <summary>Predicts all rows of a table into a span, in blocks, on the caller's thread.</summary>
    private protected void PredictTable(FeatureTable table, Span<double> destination)
    {
        FeatureTable mapped = SchemaMapping.Map(table, Schema);
        CheckDestination(destination.Length, mapped.RowCount, OutputCount);
        PredictBlock(new RowSet(mapped, 0, mapped.RowCount), destination);
    }

    /// <summary>Predicts one row or many, given row-major; allocates nothing.</summary>
    private protected void PredictRows<T>(ReadOnlySpan<T> rows, Span<double> destination)
        where T : unmanaged, INumberBase<T>
    {
        CheckDestination(destination.Length, CheckRows(rows.Length), OutputCount);
        RowSet set = typeof(T) == typeof(double)
            ? new RowSet(MemoryMarshal.Cast<T, double>(rows), Schema.Count)
            : new RowSet(MemoryMarshal.Cast<T, float>(rows), Schema.Count);
        PredictBlock(set, destination);
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
}
