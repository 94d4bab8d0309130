using Ensembles.Data;

namespace Ensembles.Explanation.Shapley;

/// <summary>
/// The rows of a chunk in blocks, whose cells of a feature lie side by side, and in the same way the numbers that are made of them.
/// </summary>
/// <typeparam name="TLanes">The rows of a register.</typeparam>
internal sealed unsafe class RowBlocks<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // As many rows as amortise the way from node to node, and no more than the first-level cache holds.
    private const int MaxRows = 64;

    private readonly int _count;
    private readonly int _features;
    private readonly int _perRow;
    private readonly double[] _cells;
    private readonly double[] _values;

    /// <param name="rows">The rows.</param>
    /// <param name="perRow">How many numbers are made of a row.</param>
    public RowBlocks(in RowSet rows, int perRow)
    {
        _count = rows.Count;
        _features = rows.Width;
        _perRow = perRow;
        Rows = Math.Min(MaxRows, (rows.Count + TLanes.Count - 1) / TLanes.Count * TLanes.Count);
        Count = (rows.Count + Rows - 1) / Rows;

        // Pinned, so that they can be pointed to.
        _cells = GC.AllocateArray<double>(Count * Rows * _features, pinned: true);
        _values = GC.AllocateArray<double>(Count * Rows * perRow, pinned: true);
        var column = new double[rows.Count];
        for (int f = 0; f < _features; f++)
        {
            rows.CopyDoubles(f, column);
            for (int r = 0; r < column.Length; r++)
            {
                _cells[(((r / Rows * _features) + f) * Rows) + (r % Rows)] = column[r];
            }
        }
    }

    /// <summary>The rows of a block.</summary>
    public int Rows { get; }

    /// <summary>The number of blocks.</summary>
    public int Count { get; }

    /// <summary>The cells of a block, which stay where they are as long as this object is in use: features × rows.</summary>
    public double* Cells(int block) => At(_cells, (nint)block * Rows * _features);

    /// <summary>The numbers of a block: as many as a row has × rows.</summary>
    public double* Values(int block) => At(_values, (nint)block * Rows * _perRow);

    /// <summary>Writes the numbers row after row; last of all, as it keeps the memory in use.</summary>
    public void CopyTo(Span<double> destination)
    {
        for (int r = 0; r < _count; r++)
        {
            ReadOnlySpan<double> source = _values.AsSpan((r / Rows * Rows * _perRow) + (r % Rows));
            Span<double> row = destination.Slice(r * _perRow, _perRow);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = source[i * Rows];
            }
        }
    }

    private static double* At(double[] pinned, nint index) =>
        (double*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) + index;
}
