using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Ensembles.Numerics;

namespace Ensembles.Data.Binning;

/// <summary>
/// Where the bins of a numeric column begin: at values that the column has, so that the bins hold nearly equal numbers of rows and a
/// very frequent value has a bin of its own.
/// </summary>
/// <param name="Starts">The least value of each bin, rising; none where every cell is missing.</param>
/// <param name="OneValueEach">Whether each bin holds one value only, as far as the sample shows.</param>
/// <param name="FromAllRows">Whether all rows were looked at, and not a sample.</param>
internal readonly record struct QuantileBins<T>(T[] Starts, bool OneValueEach, bool FromAllRows)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // With 255 bins, some 800 sampled rows a bin: the share of rows of a bin then scatters by 3.6 % of itself, which moves no metric.
    private const int SampleSize = 200_000;

    public static QuantileBins<T> Of(ColumnCells<T> cells, int maxBins)
    {
        int step = (int)(((long)cells.Count + SampleSize - 1) / SampleSize);
        while (true)
        {
            int strata = (int)(((long)cells.Count + step - 1) / step);
            T[] sample = ArrayPool<T>.Shared.Rent(strata);
            int present = Draw(cells, step, sample);

            // Where most cells are missing, a sparse sample would have too few values.
            bool enough = step == 1 || present >= SampleSize / 2;
            QuantileBins<T> bins = enough ? OfSample(sample.AsSpan(0, present), maxBins, step == 1) : default;
            ArrayPool<T>.Shared.Return(sample);
            if (enough)
            {
                return bins;
            }

            step /= 2;
        }
    }

    /// <summary>
    /// One row of every <paramref name="step"/> consecutive ones, at a place that a hash chooses: as even as a fixed stride, and no
    /// period in the data can fall in with it. Missing cells are left out.
    /// </summary>
    private static int Draw(ColumnCells<T> cells, int step, Span<T> sample)
    {
        ulong state = 0;
        int present = 0;
        for (long first = 0; first < cells.Count; first += step)
        {
            long width = Math.Min(step, cells.Count - first);
            long offset = step == 1 ? 0 : (long)(((KeyedRandom.NextSplitMix(ref state) >> 32) * (ulong)width) >> 32);
            T cell = cells[(int)(first + offset)];
            sample[present] = cell;
            present += T.IsNaN(cell) ? 0 : 1;
        }

        return present;
    }

    private static QuantileBins<T> OfSample(Span<T> sample, int maxBins, bool fromAllRows)
    {
        if (sample.IsEmpty)
        {
            return new QuantileBins<T>([], OneValueEach: true, fromAllRows);
        }

        if (typeof(T) == typeof(float))
        {
            RadixSort.Sort(MemoryMarshal.Cast<T, float>(sample));
        }
        else
        {
            RadixSort.Sort(MemoryMarshal.Cast<T, double>(sample));
        }

        int[] ends = ArrayPool<int>.Shared.Rent(sample.Length);
        int distinct = Distinct(sample, ends);
        T[] starts = distinct <= maxBins
            ? sample[..distinct].ToArray()
            : FillEvenly(sample[..distinct], ends.AsSpan(0, distinct), maxBins);
        ArrayPool<int>.Shared.Return(ends);
        return new QuantileBins<T>(starts, distinct <= maxBins, fromAllRows);
    }

    /// <summary>Moves the distinct ones of sorted values to the front; <paramref name="ends"/> counts the values up to each.</summary>
    private static int Distinct(Span<T> sorted, Span<int> ends)
    {
        int last = 0;
        T current = sorted[0];
        for (int i = 1; i < sorted.Length; i++)
        {
            T value = sorted[i];
            if (value != current)
            {
                ends[last] = i;
                last++;
                sorted[last] = value;
                current = value;
            }
        }

        ends[last] = sorted.Length;
        return last + 1;
    }

    /// <summary>
    /// Each bin takes values until it has its share of the rows that are left, so that a very frequent value gets a bin of its own and
    /// the others share the rest evenly.
    /// </summary>
    private static T[] FillEvenly(ReadOnlySpan<T> values, ReadOnlySpan<int> ends, int maxBins)
    {
        var starts = new T[maxBins];
        int next = 0;
        for (int bin = 0; bin < maxBins; bin++)
        {
            starts[bin] = values[next];
            int binsLeft = maxBins - bin;
            int taken = next == 0 ? 0 : ends[next - 1];
            long share = ((long)ends[^1] - taken + binsLeft - 1) / binsLeft;

            // One value at least, and one is left for each later bin; a value goes in if at least half of it still belongs to the share.
            int limit = values.Length - (binsLeft - 1);
            next++;
            while (next < limit && ends[next - 1] - taken + ((ends[next] - ends[next - 1]) / 2) < share)
            {
                next++;
            }
        }

        return starts;
    }
}
