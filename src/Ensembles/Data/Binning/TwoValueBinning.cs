using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Data.Binning;

/// <summary>
/// Bins of a numeric column of at most two values, as those of a one-hot encoding are: a bit a row, and one more where cells are missing.
/// One pass over the cells, without sorting any; it ends at the first cell that is a third value.
/// </summary>
internal static class TwoValueBinning
{
    /// <summary>
    /// The column in bins; null where it has more than two values, or none, or zeros of both signs, or several kinds of NaN.
    /// </summary>
    public static BinnedColumn? TryBin<T>(ColumnCells<T> cells, Span<T> buffer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? TryBin<T, uint>(cells, buffer)
            : TryBin<T, ulong>(cells, buffer);

    /// <typeparam name="T">The type of the cells.</typeparam>
    /// <typeparam name="TBits">A number as wide: cells are compared by their bits, in which missing cells are like others.</typeparam>
    private static BinnedColumn? TryBin<T, TBits>(ColumnCells<T> cells, Span<T> buffer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TBits : unmanaged, IBinaryInteger<TBits>
    {
        var patterns = new Patterns<TBits>();
        int words = RowBits.Words(cells.Count);
        ulong[] second = new ulong[words];
        ulong[]? missing = null;
        int word = 0;
        for (int first = 0; first < cells.Count; first += buffer.Length)
        {
            ReadOnlySpan<T> block = cells.Block(first, buffer);
            ReadOnlySpan<TBits> bits = MemoryMarshal.Cast<T, TBits>(block);
            for (int i = 0; i < bits.Length; i += RowBits.PerWord)
            {
                int count = Math.Min(RowBits.PerWord, bits.Length - i);
                ReadOnlySpan<TBits> some = bits.Slice(i, count);
                ulong all = count == RowBits.PerWord ? ulong.MaxValue : (1UL << count) - 1;
                while (true)
                {
                    ulong ones = patterns.HasFirst ? Equal(some, patterns.First) : 0;
                    ulong twos = ones != all && patterns.HasSecond ? Equal(some, patterns.Second) : 0;
                    ulong none = (ones | twos) != all && patterns.HasMissing ? Equal(some, patterns.Missing) : 0;
                    ulong unknown = all & ~(ones | twos | none);
                    if (unknown == 0)
                    {
                        second[word] = twos;
                        if (none != 0)
                        {
                            (missing ??= new ulong[words])[word] = none;
                        }

                        break;
                    }

                    int place = BitOperations.TrailingZeroCount(unknown);
                    if (!patterns.TryLearn(some[place], T.IsNaN(block[i + place])))
                    {
                        return null;
                    }
                }

                word++;
            }
        }

        return patterns.HasFirst ? Order<T, TBits>(patterns, second, missing, cells.Count) : null;
    }

    private static BinnedColumn? Order<T, TBits>(Patterns<TBits> patterns, ulong[] second, ulong[]? missing, int rowCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TBits : unmanaged
    {
        T low = MemoryMarshal.Cast<TBits, T>(new ReadOnlySpan<TBits>(ref patterns.First))[0];
        if (!patterns.HasSecond)
        {
            double[] only = [double.CreateChecked(low)];
            return new BinnedColumn(second, missing, rowCount, BinMapper.Numeric(only, only));
        }

        T high = MemoryMarshal.Cast<TBits, T>(new ReadOnlySpan<TBits>(ref patterns.Second))[0];
        if (low == high)
        {
            return null;
        }

        ulong[] bits = second;
        if (low > high)
        {
            (low, high) = (high, low);
            bits = RowBits.Not(missing is null ? second : RowBits.Or(second, missing), rowCount);
        }

        double[] values = [double.CreateChecked(low), double.CreateChecked(high)];
        return new BinnedColumn(bits, missing, rowCount, BinMapper.Numeric(values, values));
    }

    /// <summary>Which of up to 64 numbers are a given one.</summary>
    private static ulong Equal<TBits>(ReadOnlySpan<TBits> numbers, TBits number)
        where TBits : unmanaged, IBinaryInteger<TBits>
    {
        Vector512<TBits> all = Vector512.Create(number);
        ulong equal = 0;
        int i = 0;
        for (; i + Vector512<TBits>.Count <= numbers.Length; i += Vector512<TBits>.Count)
        {
            equal |= Vector512.Equals(Vector512.Create(numbers[i..]), all).ExtractMostSignificantBits() << i;
        }

        for (; i < numbers.Length; i++)
        {
            equal |= numbers[i] == number ? 1UL << i : 0;
        }

        return equal;
    }

    /// <summary>The bits of cells that have been met.</summary>
    private struct Patterns<TBits>
        where TBits : unmanaged
    {
        public TBits First;
        public TBits Second;
        public TBits Missing;

        public bool HasFirst { get; private set; }

        public bool HasSecond { get; private set; }

        public bool HasMissing { get; private set; }

        /// <summary>Takes up bits that are none of those that are known; returns whether there was room.</summary>
        public bool TryLearn(TBits bits, bool isMissing)
        {
            if (isMissing && !HasMissing)
            {
                Missing = bits;
                HasMissing = true;
                return true;
            }

            if (isMissing || HasSecond)
            {
                return false;
            }

            if (HasFirst)
            {
                Second = bits;
                HasSecond = true;
            }
            else
            {
                First = bits;
                HasFirst = true;
            }

            return true;
        }
    }
}
