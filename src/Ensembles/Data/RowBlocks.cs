using System.Buffers;

namespace Ensembles.Data;

/// <summary>
/// Reads consecutive rows of a table block by block, as doubles, row after row: what prediction works on.
/// <code>using var blocks = new RowBlocks(table, 0, table.RowCount, 64); while (blocks.MoveNext()) { … blocks.Cells … }</code>
/// </summary>
internal ref struct RowBlocks
{
    private readonly FeatureTable _table;
    private readonly int _end;
    private readonly int _blockSize;
    private readonly double[] _cells;

    /// <param name="table">The table.</param>
    /// <param name="firstRow">The first row to read.</param>
    /// <param name="rowCount">How many rows to read in all.</param>
    /// <param name="blockSize">The most rows of a block.</param>
    public RowBlocks(FeatureTable table, int firstRow, int rowCount, int blockSize)
    {
        _table = table;
        _end = firstRow + rowCount;
        _blockSize = Math.Min(blockSize, rowCount);
        _cells = ArrayPool<double>.Shared.Rent(_blockSize * table.ColumnCount);
        FirstRow = firstRow;
    }

    /// <summary>The first row of the block.</summary>
    public int FirstRow { get; private set; }

    /// <summary>The number of rows of the block.</summary>
    public int Count { get; private set; }

    /// <summary>The cells of the block: rows × columns, NaN where missing.</summary>
    public readonly ReadOnlySpan<double> Cells => _cells.AsSpan(0, Count * _table.ColumnCount);

    /// <summary>Goes to the next block; false where there is none.</summary>
    public bool MoveNext()
    {
        FirstRow += Count;
        Count = Math.Min(_blockSize, _end - FirstRow);
        int width = _table.ColumnCount;
        for (int c = 0; c < width && Count > 0; c++)
        {
            _table.GatherColumn(c, FirstRow, Count, _cells.AsSpan(c), width);
        }

        return Count > 0;
    }

    /// <summary>Gives the buffer back.</summary>
    public readonly void Dispose() => ArrayPool<double>.Shared.Return(_cells);
}
