namespace Ensembles.Data.Binning;

/// <summary>
/// How the values of one column fall into bins. A numeric column has bins of neighbouring values, each with the least and the
/// greatest value it holds; a categorical column has a bin a category, or the rarest share one. The bin after these is for missing
/// values.
/// </summary>
internal sealed class BinMapper
{
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

    /// <summary>The number of categories.</summary>
    public int CodeCount => _binOfCode.Length;

    /// <summary>The bin of a category.</summary>
    public int BinOfCode(int code) => _binOfCode[code];

    /// <summary>The least value of a numeric bin.</summary>
    public double Low(int bin) => _low[bin];

    /// <summary>The greatest value of a numeric bin.</summary>
    public double High(int bin) => _high[bin];

    /// <param name="low">The least value of each bin, rising.</param>
    /// <param name="high">The greatest value of each bin.</param>
    public static BinMapper Numeric(double[] low, double[] high) => new(low.Length, low, high, []);

    /// <param name="binCount">The number of bins.</param>
    /// <param name="binOfCode">The bin of each category.</param>
    public static BinMapper Categorical(int binCount, byte[] binOfCode) => new(binCount, [], [], binOfCode);
}
