using Ensembles.Data.Sorting;
using Ensembles.Numerics;

namespace Ensembles.Trees.Growing;

/// <summary>
/// A tree takes its own copy of the entries of all columns and parts them stably as nodes split, so that each node owns the same range in
/// every column, in sorted order. Different threads may ask for different features at once.
/// </summary>
internal sealed class KeptEntries : NodeEntries
{
    // A fork and join pays from about this many entries on.
    private const long EntriesPerFork = 50_000;

    private readonly SortedColumns _sorted;
    private readonly long[][] _entries;
    private readonly long[][] _buffers;

    public KeptEntries(SortedColumns sorted, int maxRows, int threads)
    {
        _sorted = sorted;
        _entries = [.. Enumerable.Range(0, sorted.ColumnCount).Select(_ => new long[maxRows])];
        _buffers = [.. Enumerable.Range(0, Math.Clamp(threads, 1, sorted.ColumnCount)).Select(_ => new long[maxRows])];
    }

    /// <summary>How many threads should share work on the columns of a node.</summary>
    /// <param name="rowCount">The number of rows of the node.</param>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="threads">The most threads to use.</param>
    public static int StripesFor(int rowCount, int columnCount, int threads) =>
        (int)Math.Clamp((long)rowCount * columnCount / EntriesPerFork, 1, threads);

    public override void Begin(byte[] inTree, int rowCount) =>
        ParallelWork.For(
            _entries.Length, _buffers.Length, CancellationToken.None, c => Select(_sorted.Entries(c), inTree, _entries[c].AsSpan(0, rowCount)));

    public override ReadOnlySpan<long> Sorted(int feature, in GrowingNode node, ReadOnlySpan<int> rows) =>
        _entries[feature].AsSpan(node.Start, node.Count);

    public override ReadOnlySpan<long> Unsorted(int feature, in GrowingNode node, ReadOnlySpan<int> rows) => Sorted(feature, node, rows);

    public override void Split(in GrowingNode node, byte[] goesLeft)
    {
        int stripes = StripesFor(node.Count, _entries.Length, _buffers.Length);
        if (stripes == 1)
        {
            PartStripe(0, 1, node.Start, node.Count, goesLeft);
        }
        else
        {
            PartStripes(stripes, node.Start, node.Count, goesLeft);
        }
    }

    // A method of its own: what several threads share is allocated, and most nodes are parted by one.
    private void PartStripes(int stripes, int start, int count, byte[] goesLeft) =>
        ParallelWork.For(stripes, stripes, CancellationToken.None, stripe => PartStripe(stripe, stripes, start, count, goesLeft));

    private void PartStripe(int stripe, int stripes, int start, int count, byte[] goesLeft)
    {
        for (int c = stripe; c < _entries.Length; c += stripes)
        {
            Part(_entries[c].AsSpan(start, count), goesLeft, _buffers[stripe]);
        }
    }

    private static void Select(ReadOnlySpan<long> entries, byte[] inTree, Span<long> selected)
    {
        if (selected.Length == entries.Length)
        {
            entries.CopyTo(selected);
            return;
        }

        int count = 0;
        foreach (long entry in entries)
        {
            if (inTree[SortedColumns.Row(entry)] != 0)
            {
                selected[count++] = entry;
            }
        }
    }

    // Both halves are written for every entry and only the counts depend on the mark: no branch to predict.
    private static void Part(Span<long> entries, byte[] goesLeft, long[] buffer)
    {
        int leftCount = 0;
        int rightCount = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            long entry = entries[i];
            int left = goesLeft[SortedColumns.Row(entry)];
            entries[leftCount] = entry;
            buffer[rightCount] = entry;
            leftCount += left;
            rightCount += 1 - left;
        }

        buffer.AsSpan(0, rightCount).CopyTo(entries[leftCount..]);
    }
}
