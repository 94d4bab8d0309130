using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ensembles.Data.Binning;

/// <summary>
/// Bins of a numeric column. Up to <c>maxBins</c> distinct values have a bin each; more share bins that hold nearly equal numbers of
/// rows, by a sample where there are many rows. What a bin holds, its least and its greatest value, is known from all rows.
/// </summary>
internal static class NumericBinning
{
    /// <summary>The cells worked on at a time: they and their bins stay in the innermost cache.</summary>
    public const int BlockSize = 4096;

    private const int Slots = BinnedTable.MaxBinsWithMissing;

    public static BinnedColumn Bin<T>(ColumnCells<T> cells, int maxBins, SearchPath path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> buffer = new T[Math.Min(cells.Count, BlockSize)];
        if (TwoValueBinning.TryBin(cells, buffer) is { } ofTwo)
        {
            return ofTwo;
        }

        byte[] bins = GC.AllocateUninitializedArray<byte>(cells.Count);
        QuantileBins<T> quantiles = QuantileBins<T>.Of(cells, maxBins);
        T[] low = quantiles.Starts;
        T[] high = Place(cells, low, bins, buffer, path);
        if (quantiles.OneValueEach
            && !quantiles.FromAllRows
            && !low.AsSpan().SequenceEqual(high.AsSpan(0, low.Length))
            && AllValues(cells, low, bins, maxBins, buffer) is { } all)
        {
            low = all;
            high = Place(cells, low, bins, buffer, path);
        }

        return new BinnedColumn(bins, BinMapper.Numeric(ToDoubles(low), ToDoubles(high.AsSpan(0, low.Length))));
    }

    /// <summary>Writes the bin of each row; lowers the first start to the least value of all, and returns the greatest value of each bin.</summary>
    private static T[] Place<T>(ColumnCells<T> cells, Span<T> starts, Span<byte> bins, Span<T> buffer, SearchPath path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var search = new EdgeSearch<T>(starts);
        var high = new T[Slots];
        high.AsSpan().Fill(T.NaN);
        starts.CopyTo(high);
        ref T highs = ref MemoryMarshal.GetArrayDataReference(high);
        T least = starts.IsEmpty ? T.NaN : starts[0];
        for (int first = 0; first < bins.Length; first += buffer.Length)
        {
            ReadOnlySpan<T> block = cells.Block(first, buffer);
            Span<byte> target = bins.Slice(first, block.Length);
            search.Find(block, target, path);

            // A bin starts at a value that the column has, so only the first can hold less than its start. A missing cell is neither
            // below nor above anything.
            for (int i = 0; i < block.Length && i < target.Length; i++)
            {
                T cell = block[i];
                ref T greatest = ref Unsafe.Add(ref highs, target[i]);
                if (cell > greatest)
                {
                    greatest = cell;
                }

                if (cell < least)
                {
                    least = cell;
                }
            }
        }

        if (!starts.IsEmpty)
        {
            starts[0] = least;
        }

        return high;
    }

    /// <summary>
    /// All distinct values, where a sample showed few of them and the rows hold more; null where they are too many for a bin each.
    /// </summary>
    private static T[]? AllValues<T>(ColumnCells<T> cells, ReadOnlySpan<T> starts, ReadOnlySpan<byte> bins, int maxBins, Span<T> buffer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[maxBins];
        starts.CopyTo(values);
        int count = starts.Length;
        for (int first = 0; first < bins.Length; first += buffer.Length)
        {
            ReadOnlySpan<T> block = cells.Block(first, buffer);
            for (int i = 0; i < block.Length; i++)
            {
                T cell = block[i];
                int bin = bins[first + i];
                if (T.IsNaN(cell) || cell == starts[bin])
                {
                    continue;
                }

                int place = values.AsSpan(0, count).BinarySearch(cell);
                if (place >= 0)
                {
                    continue;
                }

                if (count == maxBins)
                {
                    return null;
                }

                values.AsSpan(~place, count - ~place).CopyTo(values.AsSpan(~place + 1));
                values[~place] = cell;
                count++;
            }
        }

        return values[..count];
    }

    private static double[] ToDoubles<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = double.CreateChecked(values[i]);
        }

        return doubles;
    }
}
