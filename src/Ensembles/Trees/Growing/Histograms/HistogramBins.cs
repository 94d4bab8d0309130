using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>The bins of a table in the orders that the histogram engine reads: by column, by row, and by row with columns joined.</summary>
internal sealed class HistogramBins
{
    // Tables of fewer rows have no nodes of so many that columns should be joined.
    private const int MinBundledRows = 4096;

    private HistogramBins(BinnedTable columns, RowMajorBins rows, BundledBins? bundled, int rowCount)
    {
        Columns = columns;
        Rows = rows;
        Bundled = bundled;
        RowCount = rowCount;
        Layout = new HistogramLayout([.. Enumerable.Range(0, columns.ColumnCount).Select(c => columns.Mapper(c).BinCount + 1)]);
    }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The bins by column: what rows are parted by.</summary>
    public BinnedTable Columns { get; }

    /// <summary>The bins by row: what histograms are built from.</summary>
    public RowMajorBins Rows { get; }

    /// <summary>Where the bins of the columns lie in a histogram.</summary>
    public HistogramLayout Layout { get; }

    /// <summary>What histograms of many rows are built from where columns have few bins; null where too few can be joined.</summary>
    public BundledBins? Bundled { get; }

    /// <summary>Prepares the orders that are not there yet.</summary>
    public static HistogramBins Build(BinnedTable binned, int rowCount, int threads, CancellationToken cancellationToken)
    {
        RowMajorBins rows = RowMajorBins.Build(binned, rowCount, threads, cancellationToken);
        BundledBins? bundled = rowCount < MinBundledRows || ColumnBundles.Plan(binned) is not { } bundles
            ? null
            : new BundledBins(bundles, RowMajorBins.Build(binned, bundles, rowCount, threads, cancellationToken));
        return new HistogramBins(binned, rows, bundled, rowCount);
    }
}
