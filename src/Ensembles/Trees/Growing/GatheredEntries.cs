using Ensembles.Data.Sorting;
using Ensembles.Numerics;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Gathers the entries of a node's rows for each feature that is asked for, and sorts them: nothing is kept for the features that no node
/// draws. For one thread.
/// </summary>
internal sealed class GatheredEntries(SortedColumns sorted, int maxRows) : NodeEntries
{
    private readonly long[] _entries = new long[maxRows];

    public override void Begin(byte[] inTree, int rowCount)
    {
        // Nothing is kept by tree.
    }

    public override ReadOnlySpan<long> Sorted(int feature, in GrowingNode node, ReadOnlySpan<int> rows)
    {
        Span<long> entries = Gather(feature, rows);
        RadixSort.SortByHighHalf(entries);
        return entries;
    }

    public override ReadOnlySpan<long> Unsorted(int feature, in GrowingNode node, ReadOnlySpan<int> rows) => Gather(feature, rows);

    public override void Split(in GrowingNode node, byte[] goesLeft)
    {
        // Nothing is kept by node.
    }

    private Span<long> Gather(int feature, ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<int> ranks = sorted.Ranks(feature);
        Span<long> entries = _entries.AsSpan(0, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            entries[i] = SortedColumns.Entry(ranks[rows[i]], rows[i]);
        }

        return entries;
    }
}
