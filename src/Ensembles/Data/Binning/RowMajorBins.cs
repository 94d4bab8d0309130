using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Numerics;

namespace Ensembles.Data.Binning;

/// <summary>
/// The bins of a table row by row, in blocks: what histograms are built from, one or two cache lines a row. Rows are padded to whole
/// groups of four bytes; the cells of the padding are 0.
/// </summary>
internal sealed class RowMajorBins
{
    // Columns that are written together, as one number a row.
    private const int Group = sizeof(uint);

    // This many rows stay in the innermost cache while all columns are written to them.
    private const int Tile = 512;

    private readonly byte[][] _blocks;

    private RowMajorBins(byte[][] blocks, int stride)
    {
        _blocks = blocks;
        Stride = stride;
    }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The rows of a block.</summary>
    public ReadOnlySpan<byte> Block(int block) => _blocks[block];

    /// <summary>The bins of a row of the table.</summary>
    public ReadOnlySpan<byte> Row(int row) =>
        _blocks[row / BinBlocks.Size].AsSpan(row % BinBlocks.Size * Stride, Stride);

    /// <summary>The cells of some rows of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="scratch">Memory for as many cells as are wanted.</param>
    private delegate ReadOnlySpan<byte> ReadCells(int column, int firstRow, Span<byte> scratch);

    /// <summary>The bins of all columns.</summary>
    public static RowMajorBins Build(BinnedTable table, int rowCount, int threads, CancellationToken cancellationToken) => Build(
        (column, firstRow, scratch) => table.Column(column).Slice(firstRow, scratch.Length),
        table.ColumnCount,
        rowCount,
        threads,
        cancellationToken);

    /// <summary>The digits.</summary>
    public static RowMajorBins Build(ColumnDigits digits, int rowCount, int threads, CancellationToken cancellationToken) => Build(
        (digit, firstRow, scratch) => digits.Rows(digit).Slice(firstRow, scratch.Length),
        digits.Count,
        rowCount,
        threads,
        cancellationToken);

    /// <summary>The cells of bundles of digits.</summary>
    public static RowMajorBins Build(
        ColumnDigits digits, ColumnBundles bundles, int rowCount, int threads, CancellationToken cancellationToken) => Build(
        (bundle, firstRow, scratch) =>
        {
            bundles.Write(digits, bundle, firstRow, scratch);
            return scratch;
        },
        bundles.Count,
        rowCount,
        threads,
        cancellationToken);

    private static RowMajorBins Build(ReadCells read, int columns, int rowCount, int threads, CancellationToken cancellationToken)
    {
        int stride = (columns + Group - 1) & -Group;
        var blocks = new byte[BinBlocks.Count(rowCount)][];
        ParallelWork.For(blocks.Length, threads, cancellationToken, block =>
        {
            int rows = BinBlocks.RowsIn(block, rowCount);
            byte[] cells = GC.AllocateUninitializedArray<byte>(checked(rows * stride));
            Transpose(read, columns, block * BinBlocks.Size, rows, stride, cells);
            blocks[block] = cells;
        });
        return new RowMajorBins(blocks, stride);
    }

    private static void Transpose(ReadCells read, int columns, int firstRow, int rows, int stride, byte[] cells)
    {
        Span<byte> scratch = stackalloc byte[Group * Tile];
        for (int first = 0; first < rows; first += Tile)
        {
            int count = Math.Min(Tile, rows - first);
            for (int c = 0; c < stride; c += Group)
            {
                WriteGroup(
                    Cells(read, c, columns, firstRow + first, scratch.Slice(0, count)),
                    Cells(read, c + 1, columns, firstRow + first, scratch.Slice(Tile, count)),
                    Cells(read, c + 2, columns, firstRow + first, scratch.Slice(2 * Tile, count)),
                    Cells(read, c + 3, columns, firstRow + first, scratch.Slice(3 * Tile, count)),
                    cells.AsSpan((first * stride) + c),
                    stride);
            }
        }
    }

    private static ReadOnlySpan<byte> Cells(ReadCells read, int column, int columns, int firstRow, Span<byte> scratch)
    {
        if (column < columns)
        {
            return read(column, firstRow, scratch);
        }

        scratch.Clear();
        return scratch;
    }

    /// <summary>Writes four columns side by side to every <paramref name="stride"/>-th place: the bytes are widened, shifted and joined.</summary>
    private static void WriteGroup(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, Span<byte> target, int stride)
    {
        Span<uint> joined = stackalloc uint[Tile];
        int row = 0;
        if (BitConverter.IsLittleEndian)
        {
            for (; row + Vector128<byte>.Count <= a.Length; row += Vector128<byte>.Count)
            {
                (Vector128<ushort> lowAB, Vector128<ushort> highAB) = Interleave(a, b, row);
                (Vector128<ushort> lowCD, Vector128<ushort> highCD) = Interleave(c, d, row);
                Span<uint> sixteen = joined.Slice(row, Vector128<byte>.Count);
                Interleave(lowAB, lowCD, sixteen);
                Interleave(highAB, highCD, sixteen[8..]);
            }
        }

        for (; row < a.Length; row++)
        {
            uint cells = a[row] | ((uint)b[row] << 8) | ((uint)c[row] << 16) | ((uint)d[row] << 24);
            joined[row] = BitConverter.IsLittleEndian ? cells : BinaryPrimitives.ReverseEndianness(cells);
        }

        _ = target[((a.Length - 1) * stride) + Group - 1];
        ref byte start = ref MemoryMarshal.GetReference(target);
        nint place = 0;
        foreach (uint cells in joined[..a.Length])
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, place), cells);
            place += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ushort> Low, Vector128<ushort> High) Interleave(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int row)
    {
        Vector128<byte> a = Vector128.Create(first.Slice(row, Vector128<byte>.Count));
        Vector128<byte> b = Vector128.Create(second.Slice(row, Vector128<byte>.Count));
        return (
            Vector128.WidenLower(a) | (Vector128.WidenLower(b) << 8),
            Vector128.WidenUpper(a) | (Vector128.WidenUpper(b) << 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector128<ushort> first, Vector128<ushort> second, Span<uint> eight)
    {
        (Vector128.WidenLower(first) | (Vector128.WidenLower(second) << 16)).CopyTo(eight);
        (Vector128.WidenUpper(first) | (Vector128.WidenUpper(second) << 16)).CopyTo(eight[4..]);
    }
}
