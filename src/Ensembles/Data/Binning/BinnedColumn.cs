namespace Ensembles.Data.Binning;

/// <summary>One column in bins: a byte a row, and how the values fall into bins.</summary>
/// <param name="Bins">The bin of each row, never to be written.</param>
/// <param name="Mapper">How the values fall into bins.</param>
internal sealed record BinnedColumn(byte[] Bins, BinMapper Mapper)
{
    public static BinnedColumn Of(double[] cells, Feature feature, int maxBins)
    {
        BinMapper mapper = feature.IsCategorical
            ? BinMapper.Categorical(cells, feature.Categories.Count, maxBins)
            : BinMapper.Numeric(cells, maxBins);
        var bins = new byte[cells.Length];
        mapper.Map(cells, bins);
        mapper.Widen(cells, bins);
        return new BinnedColumn(bins, mapper);
    }
}
