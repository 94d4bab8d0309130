using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>Writes what there is to say of some rows.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <param name="rows">The rows.</param>
/// <param name="output">Rows × as many places as a row has.</param>
internal delegate void RowBlockBody<T>(in RowSet rows, Span<T> output);

// Spans cannot be given to other threads; the memory they show can, as long as it is pinned and the caller waits.
internal readonly ref partial struct RowSet
{
    private RowSet(Pinned pinned)
    {
        _floats = pinned.Floats;
        _doubles = pinned.Doubles;
        _floatColumns = pinned.FloatColumns;
        _doubleColumns = pinned.DoubleColumns;
        _table = pinned.Table;
        _firstRow = pinned.FirstRow;
        _rowStride = pinned.RowStride;
        _columnStride = pinned.ColumnStride;
        Width = pinned.Width;
        Count = pinned.Count;
    }

    /// <summary>Calls a body for blocks of the rows, on several threads.</summary>
    /// <typeparam name="T">What is written.</typeparam>
    /// <param name="blockRows">The number of rows of a block, of the last one fewer.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="output">Rows × any number.</param>
    /// <param name="body">Writes what there is to say of a block.</param>
    public unsafe void ForEachBlock<T>(int blockRows, int threads, Span<T> output, RowBlockBody<T> body)
        where T : unmanaged
    {
        int count = Count;
        int perRow = output.Length / count;
        fixed (float* floats = _floats)
        fixed (double* doubles = _doubles)
        fixed (T* places = output)
        {
            var pinned = new Pinned(this, floats, doubles);
            T* target = places;
            ParallelWork.For((count + blockRows - 1) / blockRows, threads, CancellationToken.None, block =>
            {
                int first = block * blockRows;
                int rows = Math.Min(blockRows, count - first);
                body(new RowSet(pinned).Slice(first, rows), new Span<T>(target + ((nint)first * perRow), rows * perRow));
            });
        }
    }

    private sealed unsafe class Pinned(in RowSet rows, float* floats, double* doubles)
    {
        private readonly int _floatCount = rows._floats.Length;
        private readonly int _doubleCount = rows._doubles.Length;

        public ReadOnlySpan<float> Floats => new(floats, _floatCount);

        public ReadOnlySpan<double> Doubles => new(doubles, _doubleCount);

        public float[][] FloatColumns { get; } = [.. rows._floatColumns];

        public double[][] DoubleColumns { get; } = [.. rows._doubleColumns];

        public FeatureTable? Table { get; } = rows._table;

        public int FirstRow { get; } = rows._firstRow;

        public int RowStride { get; } = rows._rowStride;

        public int ColumnStride { get; } = rows._columnStride;

        public int Width { get; } = rows.Width;

        public int Count { get; } = rows.Count;
    }
}
