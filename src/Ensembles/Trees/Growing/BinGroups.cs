using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing;

/// <summary>
/// The bins of a feature that have rows of a node, rising: its groups. Missing values, where there are any, are the last. The groups of a
/// node of few rows are numbered without gaps, those of many rows keep the numbers of their bins.
/// </summary>
internal sealed class BinGroups
{
    /// <summary>The most rows of a node of few: the numbers of their groups fit a byte.</summary>
    public const int MaxFew = 255;

    // Up to this many rows, setting bits one after the other is faster than looking through all bins.
    private const int MaxBitwise = 12;

    private const int WordBits = 64;
    private const int Words = BinnedTable.MaxBinsWithMissing / WordBits;

    private readonly byte[] _marks = new byte[BinnedTable.MaxBinsWithMissing];
    private readonly byte[] _groupOfRow = new byte[MaxFew];
    private readonly int[] _counts = new int[BinnedTable.MaxBinsWithMissing];
    private readonly int[] _rowEnds = new int[BinnedTable.MaxBinsWithMissing];

    // The bins that have rows, a bit each, and the number of those in the words before.
    private readonly ulong[] _present = new ulong[Words];
    private readonly int[] _before = new int[Words];

    /// <summary>The number of groups.</summary>
    public int Count { get; private set; }

    /// <summary>Few rows: the group of each.</summary>
    public ReadOnlySpan<byte> GroupOfRow => _groupOfRow;

    /// <summary>For each group the number of rows up to it; the number of groups where rows were not counted.</summary>
    public ReadOnlySpan<int> RowEnds => _rowEnds.AsSpan(0, Count);

    /// <summary>Whether a bin has rows.</summary>
    public bool Has(int bin) => (_present[bin / WordBits] >> (bin % WordBits) & 1) != 0;

    /// <summary>The bin of a group.</summary>
    public int Bin(int group)
    {
        for (int word = Words - 1; word >= 0; word--)
        {
            if (group < _before[word])
            {
                continue;
            }

            ulong bits = _present[word];
            for (int skip = group - _before[word]; skip > 0; skip--)
            {
                bits &= bits - 1;
            }

            return (word * WordBits) + BitOperations.TrailingZeroCount(bits);
        }

        throw new UnreachableException();
    }

    /// <summary>Finds the groups of a node of few rows.</summary>
    /// <param name="cells">The bins, that of row i at i · <paramref name="stride"/>.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="count">The number of rows, at most <see cref="MaxFew"/>.</param>
    /// <param name="counted">Whether to count the rows of each group.</param>
    public void OfFew(ReadOnlySpan<byte> cells, int stride, int count, bool counted)
    {
        _ = cells[(count - 1) * stride];
        ref byte first = ref MemoryMarshal.GetReference(cells);
        if (count <= MaxBitwise)
        {
            MarkBits(ref first, stride, count);
        }
        else
        {
            MarkBytes(ref first, stride, count);
        }

        CountWords();
        ref byte cell = ref first;
        ref byte group = ref MemoryMarshal.GetArrayDataReference(_groupOfRow);
        ref ulong present = ref MemoryMarshal.GetArrayDataReference(_present);
        ref int before = ref MemoryMarshal.GetArrayDataReference(_before);
        for (nint row = 0; row < count; row++)
        {
            // The bins below it that have rows: no branch to predict.
            int bin = cell;
            nint word = bin / WordBits;
            ulong below = Unsafe.Add(ref present, word) & ((1UL << bin) - 1);
            Unsafe.Add(ref group, row) = (byte)(Unsafe.Add(ref before, word) + BitOperations.PopCount(below));
            cell = ref Unsafe.Add(ref cell, stride);
        }

        if (counted)
        {
            Span<int> counts = _counts.AsSpan(0, Count);
            counts.Clear();
            foreach (byte of in _groupOfRow.AsSpan(0, count))
            {
                counts[of]++;
            }

            AddUpRows(counts);
        }
    }

    /// <summary>Finds the groups of a node of many rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="bins">The bin of each row of the table.</param>
    /// <param name="binCount">The number of bins.</param>
    public void OfMany(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount)
    {
        Span<int> counts = _counts.AsSpan(0, binCount);
        counts.Clear();
        foreach (int row in rows)
        {
            counts[bins[row]]++;
        }

        Array.Clear(_present);
        for (int bin = 0; bin < counts.Length; bin++)
        {
            _present[bin / WordBits] |= (counts[bin] > 0 ? 1UL : 0) << bin;
        }

        CountWords();
        AddUpRows(counts);
    }

    /// <summary>The same where it is known which bins have weight, which each row has, and their rows need not be counted.</summary>
    /// <param name="weights">The weight of bin b at b · <paramref name="stride"/>.</param>
    /// <param name="stride">The distance from one bin to the next.</param>
    public void OfWeights(ReadOnlySpan<double> weights, int stride)
    {
        Array.Clear(_present);
        for (int word = 0; word * WordBits * stride < weights.Length; word++)
        {
            ReadOnlySpan<double> ofWord = weights[(word * WordBits * stride)..];
            ulong present = 0;
            for (int i = 0, bin = 0; i < ofWord.Length && bin < WordBits; i += stride, bin++)
            {
                present |= (ofWord[i] > 0 ? 1UL : 0) << bin;
            }

            _present[word] = present;
        }

        CountWords();
    }

    private void MarkBits(ref byte cell, int stride, int count)
    {
        Array.Clear(_present);
        ref ulong present = ref MemoryMarshal.GetArrayDataReference(_present);
        for (int row = 0; row < count; row++)
        {
            Unsafe.Add(ref present, cell / WordBits) |= 1UL << cell;
            cell = ref Unsafe.Add(ref cell, stride);
        }
    }

    private void MarkBytes(ref byte cell, int stride, int count)
    {
        ref byte marks = ref MemoryMarshal.GetArrayDataReference(_marks);
        for (int row = 0; row < count; row++)
        {
            Unsafe.Add(ref marks, (nint)cell) = 1;
            cell = ref Unsafe.Add(ref cell, stride);
        }

        for (int word = 0; word < Words; word++)
        {
            nuint start = (nuint)(word * WordBits);
            Vector512<byte> marked = Vector512.LoadUnsafe(ref marks, start);
            _present[word] = Vector512.Equals(marked, Vector512<byte>.One).ExtractMostSignificantBits();
            Vector512<byte>.Zero.StoreUnsafe(ref marks, start);
        }
    }

    private void CountWords()
    {
        int count = 0;
        for (int word = 0; word < Words; word++)
        {
            _before[word] = count;
            count += BitOperations.PopCount(_present[word]);
        }

        Count = count;
    }

    private void AddUpRows(ReadOnlySpan<int> counts)
    {
        int end = 0;
        int group = 0;
        foreach (int count in counts)
        {
            end += count;
            _rowEnds[group] = end;
            group += count > 0 ? 1 : 0;
        }
    }
}
