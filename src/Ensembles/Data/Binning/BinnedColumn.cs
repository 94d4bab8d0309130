using System.Diagnostics;

namespace Ensembles.Data.Binning;

/// <summary>One column in bins: a byte a row, and how the values fall into bins.</summary>
/// <param name="Bins">The bin of each row, never to be written.</param>
/// <param name="Mapper">How the values fall into bins.</param>
internal sealed record BinnedColumn(byte[] Bins, BinMapper Mapper)
{
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
}
