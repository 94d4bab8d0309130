using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing;

/// <summary>
/// The bins of a feature that have rows of a node, rising; missing values, where there are any, are the last. For nodes of few rows also
/// the rows in the order of their bins, by their place in the node.
/// </summary>
internal sealed class BinGroups
{
    /// <summary>The most rows that are sorted: their places fit a byte, and 0 is left to say that there is none.</summary>
    public const int MaxSorted = 255;

    // Up to this many rows, looking for a place among those before is faster than looking through all bins.
    private const int MaxInserted = 12;

    private readonly byte[] _first = new byte[BinnedTable.MaxBinsWithMissing];
    private readonly byte[] _next = new byte[MaxSorted + 1];
    private readonly byte[] _order = new byte[MaxSorted];
    private readonly byte[] _endsBin = new byte[MaxSorted];
    private readonly byte[] _bins = new byte[BinnedTable.MaxBinsWithMissing];
    private readonly int[] _counts = new int[BinnedTable.MaxBinsWithMissing];
    private readonly int[] _rowEnds = new int[BinnedTable.MaxBinsWithMissing];

    /// <summary>The number of bins that have rows.</summary>
    public int Count { get; private set; }

    /// <summary>These bins, rising.</summary>
    public ReadOnlySpan<byte> Bins => _bins.AsSpan(0, Count);

    /// <summary>For each of these bins the number of rows up to it (or of bins, see <see cref="TakeWeighted"/>).</summary>
    public ReadOnlySpan<int> RowEnds => _rowEnds.AsSpan(0, Count);

    /// <summary>After <see cref="Sort"/>: the places of the rows in the order of their bins, within a bin rising.</summary>
    public ReadOnlySpan<byte> Order => _order;

    /// <summary>After <see cref="Sort"/>: by place in <see cref="Order"/>, 1 at the last row of a bin, else 0.</summary>
    public ReadOnlySpan<byte> EndsBin => _endsBin;

    /// <summary>Sorts the rows of a small node by their bins.</summary>
    /// <param name="cells">The bins, those of row i at i · <paramref name="stride"/>.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="count">The number of rows, at most <see cref="MaxSorted"/>.</param>
    public void Sort(ReadOnlySpan<byte> cells, int stride, int count)
    {
        if (count <= MaxInserted)
        {
            SortByInsertion(cells, stride, count);
        }
        else
        {
            SortByLists(cells, stride, count);
        }
    }

    /// <summary>Takes up the bins of rows and how many rows each has.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="bins">The bin of each row of the table.</param>
    /// <param name="binCount">The number of bins.</param>
    public void TakeCounted(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount)
    {
        Span<int> counts = _counts.AsSpan(0, binCount);
        counts.Clear();
        foreach (int row in rows)
        {
            counts[bins[row]]++;
        }

        int groups = 0;
        int end = 0;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            end += counts[bin];
            _bins[groups] = (byte)bin;
            _rowEnds[groups] = end;
            groups += counts[bin] > 0 ? 1 : 0;
        }

        Count = groups;
    }

    /// <summary>Takes up the bins that have weight; their rows are not counted, each is taken for one.</summary>
    /// <param name="weights">Bins × <paramref name="stride"/>, the weight at the first place.</param>
    /// <param name="stride">The distance from one bin to the next.</param>
    public void TakeWeighted(ReadOnlySpan<double> weights, int stride)
    {
        int groups = 0;
        for (int i = 0, bin = 0; i < weights.Length; i += stride, bin++)
        {
            _bins[groups] = (byte)bin;
            _rowEnds[groups] = groups + 1;
            groups += weights[i] > 0 ? 1 : 0;
        }

        Count = groups;
    }

    private void SortByInsertion(ReadOnlySpan<byte> cells, int stride, int count)
    {
        // The bin above, the place below: equal bins keep the order of the rows.
        Span<int> keys = stackalloc int[MaxInserted + 1];
        _ = cells[(count - 1) * stride];
        ref byte cell = ref MemoryMarshal.GetReference(cells);
        for (int row = 0; row < count; row++)
        {
            int key = (cell << 8) | row;
            cell = ref Unsafe.Add(ref cell, stride);
            int place = row;
            for (; place > 0 && keys[place - 1] > key; place--)
            {
                keys[place] = keys[place - 1];
            }

            keys[place] = key;
        }

        keys[count] = int.MaxValue;
        int groups = 0;
        for (int i = 0; i < count; i++)
        {
            int key = keys[i];
            int ends = key >> 8 != keys[i + 1] >> 8 ? 1 : 0;
            _order[i] = (byte)key;
            _endsBin[i] = (byte)ends;
            _bins[groups] = (byte)(key >> 8);
            _rowEnds[groups] = i + 1;
            groups += ends;
        }

        Count = groups;
    }

    private void SortByLists(ReadOnlySpan<byte> cells, int stride, int count)
    {
        // A list of rows for each bin. The last rows enter first, so that the lists rise; rows are counted from 1, 0 being the end.
        ref byte first = ref MemoryMarshal.GetArrayDataReference(_first);
        ref byte next = ref MemoryMarshal.GetArrayDataReference(_next);
        _ = cells[(count - 1) * stride];
        ref byte cell = ref Unsafe.Add(ref MemoryMarshal.GetReference(cells), (nint)(count - 1) * stride);
        for (nint row = count; row > 0; row--)
        {
            ref byte head = ref Unsafe.Add(ref first, (nint)cell);
            Unsafe.Add(ref next, row) = head;
            head = (byte)row;
            cell = ref Unsafe.Subtract(ref cell, stride);
        }

        ref byte order = ref MemoryMarshal.GetArrayDataReference(_order);
        ref byte ends = ref MemoryMarshal.GetArrayDataReference(_endsBin);
        int sorted = 0;
        int groups = 0;
        for (int start = 0; start < BinnedTable.MaxBinsWithMissing; start += Vector512<byte>.Count)
        {
            Vector512<byte> heads = Vector512.LoadUnsafe(ref first, (nuint)start);
            ulong taken = ~Vector512.Equals(heads, Vector512<byte>.Zero).ExtractMostSignificantBits();
            for (; taken != 0; taken &= taken - 1)
            {
                int bin = start + BitOperations.TrailingZeroCount(taken);
                nint row = Unsafe.Add(ref first, bin);
                do
                {
                    Unsafe.Add(ref order, sorted) = (byte)(row - 1);
                    Unsafe.Add(ref ends, sorted) = 0;
                    sorted++;
                    row = Unsafe.Add(ref next, row);
                }
                while (row != 0);

                Unsafe.Add(ref ends, sorted - 1) = 1;
                _bins[groups] = (byte)bin;
                _rowEnds[groups] = sorted;
                groups++;
            }

            Vector512<byte>.Zero.StoreUnsafe(ref first, (nuint)start);
        }

        Count = groups;
    }
}
