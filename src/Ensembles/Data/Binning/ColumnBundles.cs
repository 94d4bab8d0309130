namespace Ensembles.Data.Binning;

/// <summary>
/// Columns of few bins, joined: the bins of several columns are the digits of one number below 256, so that one addition to a histogram of
/// these numbers serves all of them, and the histogram of each column is a sum over the digits of the others. Unlike bundles of columns that
/// are never non-zero together (Ke et al. 2017), any columns can share a bundle.
/// </summary>
internal sealed class ColumnBundles
{
    private const int MaxCells = 256;

    private readonly Member[][] _bundles;

    private ColumnBundles(Member[][] bundles)
    {
        _bundles = bundles;
        ColumnCount = bundles.Sum(bundle => bundle.Length);
    }

    /// <summary>A column of a bundle.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="Cells">How many bins it has, that of missing rows included where there are any.</param>
    internal readonly record struct Member(int Column, int Cells);

    /// <summary>The number of bundles.</summary>
    public int Count => _bundles.Length;

    /// <summary>The number of columns in all of them.</summary>
    public int ColumnCount { get; }

    /// <summary>The columns of a bundle, the lowest digit first: it has the most bins.</summary>
    public ReadOnlySpan<Member> Members(int bundle) => _bundles[bundle];

    /// <summary>How many numbers the cells of a bundle can be.</summary>
    public int Cells(int bundle)
    {
        int cells = 1;
        foreach (Member member in _bundles[bundle])
        {
            cells *= member.Cells;
        }

        return cells;
    }

    /// <summary>Joins columns, those of the most bins first, each to the fullest bundle that has room for it.</summary>
    /// <returns>The bundles, those of the most cells first; null where they would be more than three for four columns.</returns>
    public static ColumnBundles? Plan(BinnedTable table)
    {
        int[] cells = [.. Enumerable.Range(0, table.ColumnCount).Select(column => CellsOf(table, column))];
        var bundles = new List<(int Product, List<Member> Members)>();
        foreach (int column in Enumerable.Range(0, cells.Length).OrderByDescending(column => cells[column]))
        {
            int fullest = -1;
            for (int b = 0; b < bundles.Count; b++)
            {
                if (bundles[b].Product * cells[column] <= MaxCells && (fullest < 0 || bundles[b].Product > bundles[fullest].Product))
                {
                    fullest = b;
                }
            }

            var member = new Member(column, cells[column]);
            if (fullest < 0)
            {
                bundles.Add((member.Cells, [member]));
            }
            else
            {
                bundles[fullest].Members.Add(member);
                bundles[fullest] = (bundles[fullest].Product * member.Cells, bundles[fullest].Members);
            }
        }

        return 4 * bundles.Count > 3 * cells.Length
            ? null
            : new ColumnBundles([.. bundles.OrderByDescending(bundle => bundle.Product).Select(bundle => bundle.Members.ToArray())]);
    }

    /// <summary>Writes the cells of some rows.</summary>
    /// <param name="table">The table that the bundles are of.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="cells">One a row.</param>
    public void Write(BinnedTable table, int bundle, int firstRow, Span<byte> cells)
    {
        cells.Clear();
        int unit = 1;
        foreach (Member member in _bundles[bundle])
        {
            ReadOnlySpan<byte> bins = table.Column(member.Column).Slice(firstRow, cells.Length);
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] += (byte)(bins[i] * unit);
            }

            unit *= member.Cells;
        }
    }

    private static int CellsOf(BinnedTable table, int column)
    {
        BinMapper mapper = table.Mapper(column);
        bool hasMissing = table.Column(column).Contains((byte)mapper.MissingBin);
        return Math.Max(1, mapper.BinCount + (hasMissing ? 1 : 0));
    }
}
