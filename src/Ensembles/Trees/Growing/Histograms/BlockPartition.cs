using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>The rows of a node within a block: a range of the block's list of rows.</summary>
internal readonly record struct Segment(int Start, int Count);

/// <summary>
/// The rows of a tree, parted by node, block by block. Each block has a list of its rows as 16-bit numbers, and a node owns one range of
/// every list, so blocks are parted independently of each other, on any thread. Within a range the rows rise.
/// </summary>
internal sealed unsafe class BlockPartition
{
    private readonly int _rowCount;
    private readonly ushort[][] _rows;
    private readonly ushort[][] _buffers;
    private readonly bool[] _isWhole;

    /// <param name="rowCount">The number of rows of the table.</param>
    /// <param name="workers">The number of threads that part blocks.</param>
    public BlockPartition(int rowCount, int workers)
    {
        _rowCount = rowCount;
        BlockCount = BinBlocks.Count(rowCount);
        _rows = new ushort[BlockCount][];
        _isWhole = new bool[BlockCount];
        for (int b = 0; b < BlockCount; b++)
        {
            _rows[b] = new ushort[BinBlocks.RowsIn(b, rowCount)];
        }

        _buffers = new ushort[workers][];
        for (int w = 0; w < workers; w++)
        {
            _buffers[w] = new ushort[Math.Min(rowCount, BinBlocks.Size) + PartitionKernel.Slack];
        }
    }

    /// <summary>The number of rows of the table.</summary>
    public int RowCount => _rowCount;

    /// <summary>The number of blocks.</summary>
    public int BlockCount { get; }

    /// <summary>Gives the root all rows of a block.</summary>
    public Segment TakeAll(int block)
    {
        _isWhole[block] = true;
        ushort[] rows = _rows[block];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (ushort)i;
        }

        return new Segment(0, rows.Length);
    }

    /// <summary>Gives the root the rows of a block that a sample has.</summary>
    /// <param name="block">The block.</param>
    /// <param name="inSample">By row of the table.</param>
    public Segment Take(int block, ReadOnlySpan<bool> inSample)
    {
        _isWhole[block] = false;
        ushort[] rows = _rows[block];
        ReadOnlySpan<bool> sample = inSample.Slice(block * BinBlocks.Size, rows.Length);
        int count = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            rows[count] = (ushort)i;
            count += sample[i] ? 1 : 0;
        }

        return new Segment(0, count);
    }

    /// <summary>Whether a segment is the whole block, all rows in order.</summary>
    public bool IsWholeBlock(int block, Segment segment) => _isWhole[block] && segment.Count == _rows[block].Length;

    /// <summary>The rows of a segment, as numbers within the block.</summary>
    public ReadOnlySpan<ushort> Rows(int block, Segment segment) => _rows[block].AsSpan(segment.Start, segment.Count);

    /// <summary>Parts a segment by the bins of a column and returns how many rows go left.</summary>
    /// <param name="block">The block.</param>
    /// <param name="segment">The rows of a node.</param>
    /// <param name="bins">The bins of the column, by row of the table.</param>
    /// <param name="goesLeft">By bin: 1 where its rows go left, else 0; 256.</param>
    /// <param name="worker">Whose buffer to use.</param>
    public int Split(int block, Segment segment, ReadOnlySpan<byte> bins, ReadOnlySpan<byte> goesLeft, int worker)
    {
        int left;
        fixed (ushort* rows = &_rows[block][0])
        fixed (ushort* buffer = _buffers[worker])
        fixed (byte* column = bins[(block * BinBlocks.Size)..])
        fixed (byte* sides = goesLeft)
        {
            ushort* source = rows + segment.Start;
            left = PartitionKernel.Split(source, segment.Count, IsWholeBlock(block, segment), column, sides, buffer);
            int right = segment.Count - left;
            new ReadOnlySpan<ushort>(buffer, right).CopyTo(new Span<ushort>(source + left, right));
        }

        return left;
    }
}
