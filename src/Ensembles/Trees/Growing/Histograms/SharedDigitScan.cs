using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Scans a digit that many columns of two bins share: each has one cell and one split, and eight columns are scored at once, by the
/// operations of <see cref="PackedSplitScan"/>. One pass over the cells of a histogram serves all columns of an encoding.
/// </summary>
internal sealed class SharedDigitScan
{
    private const int Lanes = 8;

    // By cell: the column of two bins that it belongs to, or −1; all bits where there is one, and where the cell is its lower bin.
    private readonly int[] _columns = new int[ColumnDigits.MaxCells];
    private readonly long[] _exists = new long[ColumnDigits.MaxCells];
    private readonly long[] _isLower = new long[ColumnDigits.MaxCells];
    private readonly int _count;

    /// <param name="digits">The digits.</param>
    /// <param name="digit">The one that is shared.</param>
    /// <param name="binned">The columns.</param>
    public SharedDigitScan(ColumnDigits digits, int digit, BinnedTable binned)
    {
        var others = new List<int>();
        Array.Fill(_columns, -1);
        foreach (int column in digits.Columns(digit))
        {
            ColumnDigits.Member member = digits.MemberOf(column);
            if (member.Bins < 2)
            {
                continue;
            }

            if (member.Bins > 2 || binned.Mapper(column).IsCategorical)
            {
                others.Add(column);
                continue;
            }

            _columns[member.First] = column;
            _exists[member.First] = -1;
            _isLower[member.First] = member.UsualBin == 0 ? 0 : -1;
            _count = member.First + 1;
        }

        Others = [.. others];
    }

    /// <summary>The columns that are searched one by one; those of one bin have no split.</summary>
    public int[] Others { get; }

    /// <summary>Finds the best split of all columns of two bins.</summary>
    /// <param name="cells">The cells of the digit.</param>
    /// <param name="counts">The same, with hessians that count rows, where a child must have more than one.</param>
    /// <param name="columns">The columns that the node may split on.</param>
    /// <param name="node">The sums of the node.</param>
    /// <param name="l2">λ.</param>
    /// <param name="minHessian">The least hessian of a child, in whole units, at least 1.</param>
    /// <param name="feature">The column of the best split so far, or −1; receives that of a better one, of equals the lower.</param>
    /// <param name="found">The best split so far.</param>
    public void Find(
        BinSums cells,
        BinSums counts,
        NodeColumns columns,
        in GradientSplitSearch.NodeSums node,
        double l2,
        long minHessian,
        ref int feature,
        ref GradientSplitSearch.Found found)
    {
        ReadOnlySpan<long> exists = columns.AreAll ? _exists : Drawn(columns, stackalloc long[ColumnDigits.MaxCells]);
        var scan = new PackedSplitScan.Scan(node, l2, minHessian);
        Vector512<long> allGradient = Vector512.Create(node.Gradient);
        Vector512<long> allHessian = Vector512.Create(node.Hessian);

        // A column before the best one so far may score as much as that.
        Vector512<double> bestScores = Vector512.Create(Math.BitDecrement(found.Score));
        Vector512<long> bestCells = Vector512.Create(-1L);
        Vector512<long> cell = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);
        for (int c = 0; c < _count; c += Lanes)
        {
            (Vector512<long> gradient, Vector512<long> hessian) = Load(cells, c);
            Vector512<long> isLower = Vector512.Create(_isLower.AsSpan(c));
            gradient = Vector512.ConditionalSelect(isLower, gradient, allGradient - gradient);
            hessian = Vector512.ConditionalSelect(isLower, hessian, allHessian - hessian);
            Vector512<long> allowed = Vector512.Create(exists[c..]) & scan.Allowed(hessian);

            if (node.LeastRows > 1)
            {
                Vector512<long> rows = Load(counts, c).Hessian;
                allowed &= Vector512.GreaterThanOrEqual(rows, Vector512.Create((long)node.LeastRows))
                    & Vector512.LessThanOrEqual(rows, Vector512.Create((long)node.RowCount - node.LeastRows));
            }

            // Most of many columns have no rows in a small node.
            if (allowed != Vector512<long>.Zero)
            {
                Vector512<double> scores = scan.Scores(gradient, hessian);
                Vector512<long> better = allowed & Vector512.GreaterThan(scores, bestScores).AsInt64();
                bestScores = Vector512.ConditionalSelect(better.AsDouble(), scores, bestScores);
                bestCells = Vector512.ConditionalSelect(better, cell, bestCells);
            }

            cell += Vector512.Create((long)Lanes);
        }

        if (!Vector512.LessThanAll(bestCells, Vector512<long>.Zero))
        {
            Take(cells, bestScores, bestCells, node, ref feature, ref found);
        }
    }

    /// <summary>Of equal scores the lowest column: cells rise with the columns, within a lane the first one stayed.</summary>
    private void Take(
        BinSums cells,
        Vector512<double> scores,
        Vector512<long> bestCells,
        in GradientSplitSearch.NodeSums node,
        ref int feature,
        ref GradientSplitSearch.Found found)
    {
        int best = -1;
        double score = double.NegativeInfinity;
        for (int lane = 0; lane < Lanes; lane++)
        {
            int cell = (int)bestCells[lane];
            if (cell >= 0 && (best < 0 || scores[lane] > score || (scores[lane] == score && cell < best)))
            {
                best = cell;
                score = scores[lane];
            }
        }

        int column = _columns[best];
        if (score < found.Score || (score == found.Score && column > feature))
        {
            return;
        }

        (long gradient, long hessian) = cells[best];
        bool isLower = _isLower[best] != 0;
        feature = column;
        found.LeftBins = null;
        found.Score = score;
        found.LastLeft = 0;
        found.MissingLeft = false;
        found.LeftGradient = isLower ? gradient : node.Gradient - gradient;
        found.LeftHessian = isLower ? hessian : node.Hessian - hessian;
    }

    private ReadOnlySpan<long> Drawn(NodeColumns columns, Span<long> drawn)
    {
        for (int cell = 0; cell < _columns.Length; cell++)
        {
            drawn[cell] = _columns[cell] >= 0 && columns.Has(_columns[cell]) ? -1 : 0;
        }

        return drawn;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<long> Gradient, Vector512<long> Hessian) Load(BinSums cells, int first)
    {
        if (cells.IsPacked)
        {
            var packed = Vector512.Create(cells.Words[first..]);
            return (packed >> 32, packed & Vector512.Create(0xFFFFFFFFL));
        }

        // An index outside of the vector gives 0.
        var low = Vector512.Create(cells.Words[(2 * first)..]);
        var high = Vector512.Create(cells.Words[((2 * first) + Lanes)..]);
        return (
            Vector512.Shuffle(low, Vector512.Create(0L, 2, 4, 6, 8, 8, 8, 8))
                | Vector512.Shuffle(high, Vector512.Create(8L, 8, 8, 8, 0, 2, 4, 6)),
            Vector512.Shuffle(low, Vector512.Create(1L, 3, 5, 7, 8, 8, 8, 8))
                | Vector512.Shuffle(high, Vector512.Create(8L, 8, 8, 8, 1, 3, 5, 7)));
    }
}
