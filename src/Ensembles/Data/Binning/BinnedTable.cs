using Ensembles.Numerics;

namespace Ensembles.Data.Binning;

/// <summary>The histogram view of a table: a byte a cell, column by column, and how the values of each column fall into bins.</summary>
internal sealed class BinnedTable
{
    /// <summary>The most bins a column has, the one for missing values included.</summary>
    public const int MaxBinsWithMissing = 256;

    private readonly byte[][] _bins;
    private readonly BinMapper[] _mappers;

    private BinnedTable(byte[][] bins, BinMapper[] mappers)
    {
        _bins = bins;
        _mappers = mappers;
    }

    public int ColumnCount => _bins.Length;

    /// <summary>The bin of each row in a column.</summary>
    public ReadOnlySpan<byte> Column(int column) => _bins[column];

    /// <summary>How the values of a column fall into bins.</summary>
    public BinMapper Mapper(int column) => _mappers[column];

    public static BinnedTable Build(FeatureTable table, int maxBins, int threads, CancellationToken cancellationToken)
    {
        var bins = new byte[table.ColumnCount][];
        var mappers = new BinMapper[table.ColumnCount];
        ParallelWork.For(
            table.ColumnCount,
            threads,
            cancellationToken,
            c =>
            {
                double[] cells = table.Column(c);
                Feature feature = table.Schema[c];
                mappers[c] = feature.IsCategorical
                    ? BinMapper.Categorical(cells, feature.Categories.Count, maxBins)
                    : BinMapper.Numeric(cells, maxBins);
                bins[c] = new byte[cells.Length];
                mappers[c].Map(cells, bins[c]);
                mappers[c].Widen(cells, bins[c]);
            });
        return new BinnedTable(bins, mappers);
    }
}
