using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Bundles of digits row by row, and how a histogram of bundles becomes one of digits: the cells of a bundle are summed over the values of
/// all digits but one. The sums are of whole numbers, so nothing depends on which digits share a bundle.
/// </summary>
internal sealed class BundledBins
{
    private const int MaxWords = 2 * ColumnDigits.MaxCells;

    private readonly ColumnBundles _bundles;

    /// <param name="bundles">The bundles.</param>
    /// <param name="rows">Their cells.</param>
    public BundledBins(ColumnBundles bundles, RowMajorBins rows)
    {
        _bundles = bundles;
        Rows = rows;
        Layout = new HistogramLayout([.. Enumerable.Range(0, bundles.Count).Select(bundles.Cells)]);

        // Each row saves additions; emptying the cells of the bundles and summing them up costs about as much as one addition a cell.
        LeastRows = Layout.CellCount / (bundles.DigitCount - bundles.Count);
    }

    /// <summary>The cells of the bundles, row by row.</summary>
    public RowMajorBins Rows { get; }

    /// <summary>Where the cells of the bundles lie in a histogram.</summary>
    public HistogramLayout Layout { get; }

    /// <summary>The rows from which on it is quicker to add to bundles than to digits.</summary>
    public int LeastRows { get; }

    /// <summary>Adds the sums of the digits to a histogram of digits.</summary>
    /// <param name="bundled">A histogram of bundles.</param>
    /// <param name="total">A histogram of digits; of wide cells where the other's are.</param>
    public void AddTo(GradientHistogram total, GradientHistogram bundled)
    {
        int words = bundled.IsPacked ? 1 : 2;
        Span<long> ofDigit = stackalloc long[MaxWords];
        Span<long> ofRest = stackalloc long[MaxWords];
        for (int bundle = 0; bundle < _bundles.Count; bundle++)
        {
            ReadOnlySpan<ColumnBundles.Member> members = _bundles.Members(bundle);
            scoped ReadOnlySpan<long> cells = bundled.Feature(bundle)[..(words * _bundles.Cells(bundle))];
            for (int m = 0; m < members.Length; m++)
            {
                int width = words * members[m].Cells;
                if (m < members.Length - 1)
                {
                    // What is left has the digits to come; it is never longer than what has been read.
                    Split(cells, ofDigit[..width], ofRest[..(cells.Length / members[m].Cells)], words);
                    total.Add(members[m].Digit, ofDigit[..width], bundled.IsPacked);
                    cells = ofRest[..(cells.Length / members[m].Cells)];
                }
                else
                {
                    total.Add(members[m].Digit, cells, bundled.IsPacked);
                }
            }
        }
    }

    /// <summary>Sums cells over all digits but the lowest, and over the lowest.</summary>
    private static void Split(ReadOnlySpan<long> cells, Span<long> overOthers, Span<long> overLowest, int words)
    {
        overOthers.Clear();
        int width = overOthers.Length;
        for (int rest = 0; rest * width < cells.Length; rest++)
        {
            ReadOnlySpan<long> row = cells.Slice(rest * width, width);
            if (words == 1)
            {
                long sum = 0;
                for (int i = 0; i < row.Length; i++)
                {
                    overOthers[i] += row[i];
                    sum += row[i];
                }

                overLowest[rest] = sum;
                continue;
            }

            long gradient = 0;
            long hessian = 0;
            for (int i = 0; i < row.Length; i += 2)
            {
                overOthers[i] += row[i];
                overOthers[i + 1] += row[i + 1];
                gradient += row[i];
                hessian += row[i + 1];
            }

            overLowest[2 * rest] = gradient;
            overLowest[(2 * rest) + 1] = hessian;
        }
    }
}
