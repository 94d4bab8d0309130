namespace Ensembles.Data;

/// <summary>The cells of a table as doubles, row after row, in chunks: for rows that are predicted again and again.</summary>
internal sealed class RowChunks
{
    private const int RowsPerChunk = 1024;

    private readonly double[][] _cells;
    private readonly int _width;

    /// <param name="table">The rows.</param>
    public RowChunks(FeatureTable table)
    {
        _width = table.ColumnCount;
        RowCount = table.RowCount;
        _cells = new double[(RowCount + RowsPerChunk - 1) / RowsPerChunk][];
        for (int chunk = 0; chunk < _cells.Length; chunk++)
        {
            int count = Math.Min(RowsPerChunk, RowCount - FirstRow(chunk));
            _cells[chunk] = new double[count * _width];
            for (int c = 0; c < _width; c++)
            {
                table.GatherColumn(c, FirstRow(chunk), count, _cells[chunk].AsSpan(c), _width);
            }
        }
    }

    /// <summary>The number of rows of all chunks.</summary>
    public int RowCount { get; }

    /// <summary>The number of chunks.</summary>
    public int Count => _cells.Length;

    /// <summary>The first row of a chunk.</summary>
    public static int FirstRow(int chunk) => chunk * RowsPerChunk;

    /// <summary>The number of rows of a chunk.</summary>
    public int RowsOf(int chunk) => _cells[chunk].Length / _width;

    /// <summary>The rows of a chunk.</summary>
    public RowSet Rows(int chunk) => new(_cells[chunk], _width);

    /// <summary>The cells of a chunk: rows × columns, NaN where missing.</summary>
    public ReadOnlySpan<double> Cells(int chunk) => _cells[chunk];
}
