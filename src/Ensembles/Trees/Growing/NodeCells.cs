using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing;

/// <summary>
/// The bins of a node of few rows, close together. Where a node reads a good part of the columns, its rows are copied once, whole, from
/// the bins row by row: one cache line for all features of a row. Otherwise each feature is read where it is.
/// </summary>
internal sealed class NodeCells
{
    // The columns that are copied in the time that it takes to find one cell.
    private const int ColumnsPerCell = 16;

    private readonly BinnedTable _binned;
    private readonly RowMajorBins? _rowMajor;
    private readonly byte[] _cells;

    /// <param name="binned">The bins.</param>
    /// <param name="rowMajor">The same row by row where <see cref="CopiesRows"/>, else null.</param>
    public NodeCells(BinnedTable binned, RowMajorBins? rowMajor)
    {
        _binned = binned;
        _rowMajor = rowMajor;
        _cells = new byte[BinGroups.MaxFew * (_rowMajor?.Stride ?? 1)];
    }

    /// <summary>Whether nodes that read so many of the columns copy whole rows.</summary>
    public static bool CopiesRows(int featuresPerNode, int columnCount) => (long)featuresPerNode * ColumnsPerCell >= columnCount;

    /// <summary>Takes up a node.</summary>
    public void Enter(ReadOnlySpan<int> rows)
    {
        if (_rowMajor is null)
        {
            return;
        }

        int stride = _rowMajor.Stride;
        Span<byte> target = _cells;
        foreach (int row in rows)
        {
            Copy(_rowMajor.Row(row), target);
            target = target[stride..];
        }
    }

    /// <summary>Finds the groups of the node by a feature.</summary>
    public void FindGroups(int feature, ReadOnlySpan<int> rows, BinGroups groups, bool counted)
    {
        if (_rowMajor is not null)
        {
            groups.OfFew(_cells.AsSpan(feature), _rowMajor.Stride, rows.Length, counted);
            return;
        }

        ReadOnlySpan<byte> bins = _binned.Column(feature);
        for (int i = 0; i < rows.Length; i++)
        {
            _cells[i] = bins[rows[i]];
        }

        groups.OfFew(_cells, 1, rows.Length, counted);
    }

    /// <summary>Copies a row of a whole number of words; the last vector overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int width = Vector128<byte>.Count;
        if (source.Length < width)
        {
            source.CopyTo(target);
            return;
        }

        _ = target[source.Length - 1];
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        for (int i = 0; i < source.Length - width; i += width)
        {
            Vector128.LoadUnsafe(ref from, (nuint)i).StoreUnsafe(ref to, (nuint)i);
        }

        Vector128.LoadUnsafe(ref from, (nuint)(source.Length - width)).StoreUnsafe(ref to, (nuint)(source.Length - width));
    }
}
