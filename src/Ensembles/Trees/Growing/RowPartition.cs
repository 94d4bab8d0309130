namespace Ensembles.Trees.Growing;

/// <summary>
/// The rows of one tree, parted by node: a node owns a range of the array, and its children the two halves of that range.
/// <code>
/// before  | … | r0 r1 r2 r3 r4 r5 r6 | … |        the node
/// after   | … | r0 r3 r4 | r1 r2 r5 r6 | … |      its left and its right child
/// </code>
/// Within a node the rows keep the order of the table, so that sums over a node do not depend on how it came about.
/// </summary>
internal sealed class RowPartition
{
    private readonly int[] _rows;
    private readonly int[] _buffer;

    /// <param name="buffers">The rows of the tree, rising, in an array that is reordered.</param>
    public RowPartition(GrowthBuffers buffers)
    {
        _rows = buffers.Rows;
        _buffer = buffers.RightRows;
        Count = buffers.RowCount;
    }

    public int Count { get; }

    public ReadOnlySpan<int> Rows(in GrowingNode node) => _rows.AsSpan(node.Start, node.Count);

    /// <summary>The rows of a node, for who parts them further by itself and keeps their order.</summary>
    public Span<int> RowsOf(in GrowingNode node) => _rows.AsSpan(node.Start, node.Count);

    public ReadOnlySpan<int> Rows(int start, int count) => _rows.AsSpan(start, count);

    /// <summary>Parts a node by the marks of its rows and returns how many go left.</summary>
    /// <param name="node">The node.</param>
    /// <param name="goesLeft">By row: 1 where the row goes left, else 0.</param>
    public int Split(in GrowingNode node, byte[] goesLeft)
    {
        Span<int> rows = _rows.AsSpan(node.Start, node.Count);
        Span<int> right = _buffer;
        int leftCount = 0;
        int rightCount = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            int left = goesLeft[row];
            rows[leftCount] = row;
            right[rightCount] = row;
            leftCount += left;
            rightCount += 1 - left;
        }

        right[..rightCount].CopyTo(rows[leftCount..]);
        return leftCount;
    }
}
