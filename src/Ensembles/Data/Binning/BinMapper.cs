using Ensembles.Numerics;

namespace Ensembles.Data.Binning;

/// <summary>
/// How the values of one column fall into bins. A numeric column has up to <c>maxBins</c> bins of neighbouring values, each
/// with the least and the greatest value it holds; a categorical column has a bin a category, and where it has more
/// categories than bins, the commonest keep their own and the others share the last one. The bin after these is for missing
/// values.
/// </summary>
internal sealed class BinMapper
{
    // Edges come from all values up to this many rows, from an even sample beyond.
    private const int SampleSize = 200_000;

    private readonly double[] _low;
    private readonly double[] _high;
    private readonly byte[] _binOfCode;

    private BinMapper(int binCount, double[] low, double[] high, byte[] binOfCode)
    {
        BinCount = binCount;
        _low = low;
        _high = high;
        _binOfCode = binOfCode;
    }

    /// <summary>The number of bins for values.</summary>
    public int BinCount { get; }

    /// <summary>The bin of missing values.</summary>
    public int MissingBin => BinCount;

    /// <summary>Whether bins are sets of categories.</summary>
    public bool IsCategorical => _binOfCode.Length > 0;

    /// <summary>The bin of a category.</summary>
    public int BinOfCode(int code) => _binOfCode[code];

    /// <summary>The least value of a numeric bin.</summary>
    public double Low(int bin) => _low[bin];

    /// <summary>The greatest value of a numeric bin.</summary>
    public double High(int bin) => _high[bin];

    public static BinMapper Numeric(double[] cells, int maxBins)
    {
        double[] values = cells.Length <= SampleSize ? Present(cells, 1) : Present(cells, (cells.Length + SampleSize - 1) / SampleSize);
        if (values.Length == 0)
        {
            values = Present(cells, 1);
        }

        var sorted = new double[values.Length];
        var order = new int[values.Length];
        RadixSort.SortIndices(values, order);
        for (int i = 0; i < order.Length; i++)
        {
            sorted[i] = values[order[i]];
        }

        List<(double Value, int Count)> distinct = Distinct(sorted);
        var low = new List<double>();
        var high = new List<double>();
        if (distinct.Count <= maxBins)
        {
            low.AddRange(distinct.Select(d => d.Value));
            high.AddRange(distinct.Select(d => d.Value));
        }
        else
        {
            FillEvenly(distinct, sorted.Length, maxBins, low, high);
        }

        return new BinMapper(low.Count, [.. low], [.. high], []);
    }

    public static BinMapper Categorical(double[] cells, int categoryCount, int maxBins)
    {
        var counts = new int[categoryCount];
        foreach (double cell in cells)
        {
            if (!double.IsNaN(cell))
            {
                counts[(int)cell]++;
            }
        }

        var binOfCode = new byte[categoryCount];
        if (categoryCount <= maxBins)
        {
            for (int code = 0; code < categoryCount; code++)
            {
                binOfCode[code] = (byte)code;
            }

            return new BinMapper(categoryCount, [], [], binOfCode);
        }

        int[] byCount = [.. Enumerable.Range(0, categoryCount).OrderByDescending(code => counts[code])];
        for (int i = 0; i < byCount.Length; i++)
        {
            binOfCode[byCount[i]] = (byte)Math.Min(i, maxBins - 1);
        }

        return new BinMapper(maxBins, [], [], binOfCode);
    }

    /// <summary>Writes the bin of each cell.</summary>
    public void Map(ReadOnlySpan<double> cells, Span<byte> bins)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            double cell = cells[i];
            if (double.IsNaN(cell))
            {
                bins[i] = (byte)MissingBin;
            }
            else if (IsCategorical)
            {
                bins[i] = _binOfCode[(int)cell];
            }
            else
            {
                bins[i] = (byte)BinOfValue(cell);
            }
        }
    }

    /// <summary>Widens the outer values of the bins to all cells, where the edges came from a sample.</summary>
    public void Widen(ReadOnlySpan<double> cells, ReadOnlySpan<byte> bins)
    {
        for (int i = 0; i < cells.Length && !IsCategorical; i++)
        {
            int bin = bins[i];
            if (bin != MissingBin)
            {
                _low[bin] = Math.Min(_low[bin], cells[i]);
                _high[bin] = Math.Max(_high[bin], cells[i]);
            }
        }
    }

    // The last bin whose least value is not above the value; values below all of them fall into the first.
    private int BinOfValue(double value)
    {
        int bin = 0;
        int count = BinCount;
        double[] low = _low;
        while (count > 1)
        {
            int half = count >> 1;
            bin = low[bin + half] <= value ? bin + half : bin;
            count -= half;
        }

        return bin;
    }

    private static double[] Present(double[] cells, int step)
    {
        var present = new List<double>((cells.Length / step) + 1);
        for (int i = 0; i < cells.Length; i += step)
        {
            if (!double.IsNaN(cells[i]))
            {
                present.Add(cells[i]);
            }
        }

        return [.. present];
    }

    private static List<(double Value, int Count)> Distinct(double[] sorted)
    {
        var distinct = new List<(double Value, int Count)>();
        foreach (double value in sorted)
        {
            if (distinct.Count > 0 && distinct[^1].Value == value)
            {
                distinct[^1] = (value, distinct[^1].Count + 1);
            }
            else
            {
                distinct.Add((value, 1));
            }
        }

        return distinct;
    }

    /// <summary>
    /// Bins of nearly equal numbers of rows: each takes values until it has its share of the rows that are left, so that a
    /// very frequent value gets a bin of its own and the others share the rest evenly.
    /// </summary>
    private static void FillEvenly(
        List<(double Value, int Count)> distinct, int rowCount, int maxBins, List<double> low, List<double> high)
    {
        long rowsLeft = rowCount;
        int next = 0;
        for (int bin = 0; bin < maxBins && next < distinct.Count; bin++)
        {
            int binsLeft = maxBins - bin;
            long share = (rowsLeft + binsLeft - 1) / binsLeft;
            int first = next;
            long filled = 0;
            do
            {
                filled += distinct[next].Count;
                next++;
            }
            while (next < distinct.Count
                && distinct.Count - next > binsLeft - 1
                && filled + (distinct[next].Count / 2) < share);

            if (bin == maxBins - 1)
            {
                next = distinct.Count;
            }

            low.Add(distinct[first].Value);
            high.Add(distinct[next - 1].Value);
            rowsLeft -= filled;
        }
    }
}
