using System.Diagnostics;
using System.Numerics;

namespace Ensembles.Data.Binning;

/// <summary>
/// One column in bins: how the values fall into bins, and the bin of each row. A column of at most two values keeps a bit a row, and one
/// more where cells are missing, and makes a byte a row of them only where somebody asks for bytes.
/// </summary>
internal sealed class BinnedColumn
{
    private readonly ulong[] _bits = [];
    private readonly ulong[]? _missing;
    private byte[]? _bins;

    /// <param name="bins">The bin of each row, never to be written.</param>
    /// <param name="mapper">How the values fall into bins.</param>
    public BinnedColumn(byte[] bins, BinMapper mapper)
    {
        _bins = bins;
        RowCount = bins.Length;
        Mapper = mapper;
    }

    /// <param name="bits">By row, from the lowest bit of the first word on, whether the value is the greater one.</param>
    /// <param name="missing">By row whether the value is missing; null where none is.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="mapper">How the values fall into bins, at most two of them.</param>
    public BinnedColumn(ulong[] bits, ulong[]? missing, int rowCount, BinMapper mapper)
    {
        _bits = bits;
        _missing = missing;
        RowCount = rowCount;
        Mapper = mapper;
    }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>How the values fall into bins.</summary>
    public BinMapper Mapper { get; }

    /// <summary>The bin of each row, never to be written.</summary>
    public byte[] Bins => _bins ?? Interlocked.CompareExchange(ref _bins, ToBytes(), null) ?? _bins;

    /// <summary>Whether a row has no value.</summary>
    public bool HasMissing => IsOfBits ? _missing is not null : Bins.AsSpan().Contains((byte)Mapper.MissingBin);

    private bool IsOfBits => _bits.Length > 0;

    /// <param name="data">The cells as they are stored.</param>
    /// <param name="rows">For each row of the table its place in <paramref name="data"/>; null where they are the same.</param>
    /// <param name="feature">What the column holds.</param>
    /// <param name="maxBins">The most bins for values, from 2 to 255.</param>
    public static BinnedColumn Of(ColumnData data, int[]? rows, Feature feature, int maxBins) => data switch
    {
        FloatColumn column => NumericBinning.Bin(new ColumnCells<float>(column.Values, rows), maxBins, SearchPaths.Fastest),
        DoubleColumn column => NumericBinning.Bin(new ColumnCells<double>(column.Values, rows), maxBins, SearchPaths.Fastest),
        CategoryColumn column => CategoryBinning.Bin(new ColumnCells<int>(column.Codes, rows), feature.Categories.Count, maxBins),
        _ => throw new UnreachableException(),
    };

    /// <summary>The bin of a row.</summary>
    public int BinOf(int row) => !IsOfBits ? Bins[row] : RowBits.Has(_missing, row) ? Mapper.MissingBin : RowBits.Has(_bits, row) ? 1 : 0;

    /// <summary>
    /// The rows that are not in the bin that most rows are in (of equals the lowest); null where a column of several values has none
    /// that half of the rows are in.
    /// </summary>
    public OffRows? FindOffRows() => IsOfBits ? OffRowsOfBits() : OffRowsOfBytes();

    private OffRows OffRowsOfBits()
    {
        int missing = RowBits.Count(_missing);
        int ones = RowBits.Count(_bits);
        int zeros = RowCount - missing - ones;
        int bins = Mapper.BinCount + (missing > 0 ? 1 : 0);
        if (zeros >= ones && zeros >= missing)
        {
            return new OffRows(0, bins, ones + missing, _missing is null ? _bits : RowBits.Or(_bits, _missing));
        }

        return ones >= missing
            ? new OffRows(1, bins, zeros + missing, RowBits.Not(_bits, RowCount))
            : new OffRows(Mapper.MissingBin, bins, zeros + ones, RowBits.Not(_missing!, RowCount));
    }

    private OffRows? OffRowsOfBytes()
    {
        // Most columns of many bins are seen from few rows to have no bin of half of them.
        const int Sample = 512;
        Span<int> counts = stackalloc int[BinnedTable.MaxBinsWithMissing];
        counts.Clear();
        byte[] bins = Bins;
        int step = Math.Max(1, bins.Length / Sample);
        int seen = 0;
        for (int row = 0; row < bins.Length; row += step)
        {
            counts[bins[row]]++;
            seen++;
        }

        if (3 * Most(counts, out _) < seen)
        {
            return null;
        }

        counts.Clear();
        foreach (byte bin in bins)
        {
            counts[bin]++;
        }

        int most = Most(counts, out int usual);
        int present = Mapper.BinCount + (counts[Mapper.MissingBin] > 0 ? 1 : 0);
        return 2 * most < bins.Length ? null : new OffRows(usual, present, bins.Length - most, RowBits.Unlike(bins, (byte)usual));
    }

    private static int Most(ReadOnlySpan<int> counts, out int bin)
    {
        bin = 0;
        for (int b = 1; b < counts.Length; b++)
        {
            bin = counts[b] > counts[bin] ? b : bin;
        }

        return counts[bin];
    }

    private byte[] ToBytes()
    {
        byte[] bins = GC.AllocateUninitializedArray<byte>(RowCount);
        RowBits.Expand(_bits, bins);
        for (int word = 0; word < _missing?.Length; word++)
        {
            for (ulong rest = _missing[word]; rest != 0; rest &= rest - 1)
            {
                bins[(word * RowBits.PerWord) + BitOperations.TrailingZeroCount(rest)] = (byte)Mapper.MissingBin;
            }
        }

        return bins;
    }
}

/// <summary>The rows of a column that are not in its usual bin.</summary>
/// <param name="UsualBin">The bin of the other rows.</param>
/// <param name="Bins">How many bins the column has, that of missing rows included where there are any.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="Rows">By row whether it is one of them; never to be written.</param>
internal sealed record OffRows(int UsualBin, int Bins, int Count, ulong[] Rows);
