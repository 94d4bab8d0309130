using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing;

/// <summary>
/// The bins of a node of few rows, close together. Where a node reads a good part of the columns, its rows are copied once, whole, from
/// the bins row by row: one cache line for all features of a row. They may be copied for all nodes of a subtree at once, and then are
/// parted with them. Otherwise each feature is read where it is.
/// </summary>
internal sealed class NodeCells
{
    // The most rows that are copied: what they take stays in the second cache, but for many columns.
    private const int MostRows = 4096;
    private const int LeastRows = 1024;
    private const int CopiedBytes = 1 << 17;

    // The columns that are copied in the time that it takes to find one cell.
    private const int ColumnsPerCell = 16;

    private readonly BinnedTable _binned;
    private readonly RowMajorBins? _rowMajor;
    private readonly byte[] _cells;

    // Hold the cells of the rows that go right, and the rows, while a node is parted.
    private readonly byte[] _right;
    private readonly int[] _rightRows;

    // The place of the first cell of the node.
    private int _first;

    /// <param name="binned">The bins.</param>
    /// <param name="rowMajor">The same row by row where <see cref="CopiesRows"/>, else null.</param>
    public NodeCells(BinnedTable binned, RowMajorBins? rowMajor)
    {
        _binned = binned;
        _rowMajor = rowMajor;
        Stride = rowMajor is null ? 1 : (rowMajor.Stride + Vector256<byte>.Count - 1) & -Vector256<byte>.Count;
        MaxRows = Math.Clamp(CopiedBytes / Stride, LeastRows, MostRows);
        _cells = new byte[MaxRows * Stride];
        _right = new byte[rowMajor is null ? 0 : MaxRows * Stride];
        _rightRows = new int[rowMajor is null ? 0 : MaxRows];
    }

    /// <summary>The most rows that are copied.</summary>
    public int MaxRows { get; }

    /// <summary>The distance from one copied row to the next: whole vectors.</summary>
    public int Stride { get; }

    /// <summary>Whether the rows of the node are copied.</summary>
    public bool HasCopy { get; private set; }

    /// <summary>The cells of the rows of the node, and what lies behind them.</summary>
    public ReadOnlySpan<byte> OfNode => _cells.AsSpan(_first);

    /// <summary>Whether nodes that read so many of the columns copy whole rows.</summary>
    public static bool CopiesRows(int featuresPerNode, int columnCount) => (long)featuresPerNode * ColumnsPerCell >= columnCount;

    /// <summary>Takes up a node.</summary>
    public void Enter(ReadOnlySpan<int> rows)
    {
        HasCopy = _rowMajor is not null && rows.Length <= BinGroups.MaxFew;
        if (HasCopy)
        {
            Load(rows);
        }
    }

    /// <summary>Takes up the rows of a subtree, or of a node, where rows are copied.</summary>
    public void Load(ReadOnlySpan<int> rows)
    {
        RowMajorBins rowMajor = _rowMajor!;
        Span<byte> target = _cells;
        foreach (int row in rows)
        {
            Copy(rowMajor.Row(row), target);
            target = target[Stride..];
        }

        _first = 0;
    }

    /// <summary>Takes up a node of the subtree.</summary>
    /// <param name="start">The place of its first row in the subtree.</param>
    public void EnterLoaded(int start)
    {
        _first = start * Stride;
        HasCopy = true;
    }

    /// <summary>Parts the rows of a node of the subtree and returns how many go left.</summary>
    /// <param name="start">The place of its first row in the subtree.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="split">Its split.</param>
    /// <param name="missingBin">The bin of missing values of the feature.</param>
    public int Part(int start, Span<int> rows, in SplitCandidate split, int missingBin)
    {
        int last = split.LastLeft;
        int missing = split.DefaultLeft ? missingBin : -1;
        int stride = Stride;
        int feature = split.Feature;
        Span<byte> ofNode = _cells.AsSpan(start * stride, rows.Length * stride);
        Span<int> rightRows = _rightRows;
        ref byte cells = ref MemoryMarshal.GetReference(ofNode);
        ref byte right = ref MemoryMarshal.GetArrayDataReference(_right);
        nint leftCount = 0;
        nint rightCount = 0;
        for (nint i = 0; i < rows.Length; i++)
        {
            ref byte cell = ref Unsafe.Add(ref cells, i * stride);
            int bin = Unsafe.Add(ref cell, feature);
            int goesLeft = (bin <= last ? 1 : 0) | (bin == missing ? 1 : 0);
            int row = rows[(int)i];
            rows[(int)leftCount] = row;
            rightRows[(int)rightCount] = row;
            ref byte toLeft = ref Unsafe.Add(ref cells, leftCount * stride);
            ref byte toRight = ref Unsafe.Add(ref right, rightCount * stride);
            for (nint c = 0; c < stride; c += Vector256<byte>.Count)
            {
                Vector256<byte> some = Vector256.LoadUnsafe(ref cell, (nuint)c);
                some.StoreUnsafe(ref toLeft, (nuint)c);
                some.StoreUnsafe(ref toRight, (nuint)c);
            }

            leftCount += goesLeft;
            rightCount += 1 - goesLeft;
        }

        rightRows[..(int)rightCount].CopyTo(rows[(int)leftCount..]);
        _right.AsSpan(0, (int)rightCount * stride).CopyTo(ofNode[((int)leftCount * stride)..]);
        return (int)leftCount;
    }

    /// <summary>The cell of the first row of the node, where rows are copied.</summary>
    public ref byte First(int feature) => ref _cells[_first + feature];

    /// <summary>Finds the groups of the node by a feature.</summary>
    public void FindGroups(int feature, ReadOnlySpan<int> rows, BinGroups groups, bool counted)
    {
        if (_rowMajor is not null)
        {
            groups.OfFew(_cells.AsSpan(_first + feature), Stride, rows.Length, counted);
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
