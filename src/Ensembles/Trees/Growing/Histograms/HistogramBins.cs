using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// The bins of a table in the orders that the histogram engine reads: by column as digits, by row, and by row with digits joined.
/// </summary>
internal sealed class HistogramBins
{
    // Tables of fewer rows have no nodes of so many that digits should be joined.
    private const int MinBundledRows = 4096;

    private HistogramBins(BinnedTable columns, ColumnDigits digits, RowMajorBins rows, BundledBins? bundled, int rowCount)
    {
        Columns = columns;
        Digits = digits;
        Rows = rows;
        Bundled = bundled;
        RowCount = rowCount;
        Layout = new HistogramLayout([.. Enumerable.Range(0, digits.Count).Select(digits.LayoutCells)]);
    }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The columns.</summary>
    public BinnedTable Columns { get; }

    /// <summary>The columns as digits: what rows are parted by.</summary>
    public ColumnDigits Digits { get; }

    /// <summary>The digits by row: what histograms are built from.</summary>
    public RowMajorBins Rows { get; }

    /// <summary>Where the values of the digits lie in a histogram.</summary>
    public HistogramLayout Layout { get; }

    /// <summary>What histograms of many rows are built from where digits have few values; null where too few can be joined.</summary>
    public BundledBins? Bundled { get; }

    /// <summary>Prepares the orders that are not there yet.</summary>
    public static HistogramBins Build(BinnedTable binned, int rowCount, int threads, CancellationToken cancellationToken)
    {
        ColumnDigits digits = binned.Digits(threads, cancellationToken);
        RowMajorBins rows = RowMajorBins.Build(digits, rowCount, threads, cancellationToken);
        BundledBins? bundled = rowCount < MinBundledRows || ColumnBundles.Plan(digits) is not { } bundles
            ? null
            : new BundledBins(bundles, RowMajorBins.Build(digits, bundles, rowCount, threads, cancellationToken));
        return new HistogramBins(binned, digits, rows, bundled, rowCount);
    }
}
