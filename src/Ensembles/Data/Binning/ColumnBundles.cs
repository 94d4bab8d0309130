namespace Ensembles.Data.Binning;

/// <summary>
/// Digits of few values, joined to one number below 256, so that one addition to a histogram of these numbers serves all of them, and the
/// histogram of each digit is a sum over the values of the others. Unlike the columns of one digit (<see cref="ColumnDigits"/>), which are
/// exclusive, any digits can share a bundle.
/// </summary>
internal sealed class ColumnBundles
{
    private const int MaxCells = 256;

    private readonly Member[][] _bundles;

    private ColumnBundles(Member[][] bundles)
    {
        _bundles = bundles;
        DigitCount = bundles.Sum(bundle => bundle.Length);
    }

    /// <summary>A digit of a bundle.</summary>
    /// <param name="Digit">The digit.</param>
    /// <param name="Cells">How many values it has.</param>
    internal readonly record struct Member(int Digit, int Cells);

    /// <summary>The number of bundles.</summary>
    public int Count => _bundles.Length;

    /// <summary>The number of digits in all of them.</summary>
    public int DigitCount { get; }

    /// <summary>The digits of a bundle, the lowest first: it has the most values.</summary>
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

    /// <summary>Joins digits, those of the most values first, each to the fullest bundle that has room for it.</summary>
    /// <returns>The bundles, those of the most cells first; null where they would be more than three for four digits.</returns>
    public static ColumnBundles? Plan(ColumnDigits digits)
    {
        int[] cells = [.. Enumerable.Range(0, digits.Count).Select(digits.Cells)];
        var bundles = new List<(int Product, List<Member> Members)>();
        foreach (int digit in Enumerable.Range(0, cells.Length).OrderByDescending(digit => cells[digit]))
        {
            int fullest = -1;
            for (int b = 0; b < bundles.Count; b++)
            {
                if (bundles[b].Product * cells[digit] <= MaxCells && (fullest < 0 || bundles[b].Product > bundles[fullest].Product))
                {
                    fullest = b;
                }
            }

            var member = new Member(digit, cells[digit]);
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
    /// <param name="digits">The digits that the bundles are of.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="cells">One a row.</param>
    public void Write(ColumnDigits digits, int bundle, int firstRow, Span<byte> cells)
    {
        cells.Clear();
        int unit = 1;
        foreach (Member member in _bundles[bundle])
        {
            ReadOnlySpan<byte> values = digits.Rows(member.Digit).Slice(firstRow, cells.Length);
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] += (byte)(values[i] * unit);
            }

            unit *= member.Cells;
        }
    }
}
