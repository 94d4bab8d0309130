using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>Finds the best split of a node among the columns that it may use, from its histogram.</summary>
/// <param name="schema">The columns.</param>
/// <param name="bins">Their bins.</param>
/// <param name="gradients">What the whole numbers of the histograms stand for.</param>
/// <param name="limits">What a tree may be.</param>
/// <param name="workers">The number of threads that search at the same time.</param>
internal sealed class GradientSplitFinder(
    FeatureSchema schema, HistogramBins bins, QuantizedGradients gradients, GradientTreeLimits limits, int workers)
{
    private readonly GradientSplitSearch[] _searches = [.. Enumerable.Range(0, workers).Select(_ => new GradientSplitSearch())];
    private readonly int[] _alone =
        [.. Enumerable.Range(0, bins.Digits.Count).Select(digit => bins.Digits.IsShared(digit) ? -1 : bins.Digits.Columns(digit)[0])];

    private readonly SharedDigitScan?[] _shared = [.. Enumerable.Range(0, bins.Digits.Count)
        .Select(digit => bins.Digits.IsShared(digit) ? new SharedDigitScan(bins.Digits, digit, bins.Columns) : null)];

    /// <summary>The best split among the columns of some digits: of equal scores the one of the lower column.</summary>
    /// <param name="node">The node, with its histogram.</param>
    /// <param name="columns">The columns that it may split on.</param>
    /// <param name="firstDigit">The first digit.</param>
    /// <param name="endDigit">The digit behind the last one.</param>
    /// <param name="worker">Whose memory to use.</param>
    /// <param name="feature">The column of the split, or −1 where there is none.</param>
    /// <param name="found">The split.</param>
    public void Find(
        HistogramNode node,
        NodeColumns columns,
        int firstDigit,
        int endDigit,
        int worker,
        out int feature,
        out GradientSplitSearch.Found found)
    {
        var sums = new GradientSplitSearch.NodeSums(node.Gradient, node.Hessian, gradients.GradientUnit, gradients.HessianUnit)
        {
            RowCount = node.RowCount,
            LeastRows = limits.MinSamplesLeaf,
            LeastOfCategory = (long)Math.Min(long.MaxValue / 2, Math.Ceiling(limits.MinCategoryWeight / gradients.HessianUnit)),
        };
        long minHessian = Math.Max(1, (long)Math.Ceiling(limits.MinChildWeight / gradients.HessianUnit));
        var search = new NodeSearch(node, _searches[worker], sums, minHessian);
        feature = -1;
        found = new GradientSplitSearch.Found { Score = double.NegativeInfinity };
        for (int digit = firstDigit; digit < endDigit; digit++)
        {
            if (_shared[digit] is not { } shared)
            {
                int column = _alone[digit];
                if (columns.Has(column))
                {
                    BinSums own = node.Histogram!.Sums(digit);
                    BinSums rows = limits.MinSamplesLeaf > 1 ? (node.Counts ?? node.Histogram!).Sums(digit) : default;
                    Try(search, column, own, rows, ref feature, ref found);
                }

                continue;
            }

            if (limits.Score.IsPlain && limits.Constraints is null)
            {
                BinSums counts = limits.MinSamplesLeaf > 1 ? (node.Counts ?? node.Histogram!).Sums(digit) : default;
                shared.Find(node.Histogram!.Sums(digit), counts, columns, sums, limits.Score.L2, minHessian, ref feature, ref found);
                Try(search, columns, shared.Others, ref feature, ref found);
            }
            else
            {
                Try(search, columns, bins.Digits.Columns(digit), ref feature, ref found);
            }
        }
    }

    /// <summary>Searches columns that share a digit one by one.</summary>
    private void Try(
        in NodeSearch search, NodeColumns columns, ReadOnlySpan<int> some, ref int feature, ref GradientSplitSearch.Found found)
    {
        HistogramNode node = search.Node;
        foreach (int column in some)
        {
            if (!columns.Has(column))
            {
                continue;
            }

            BinSums sums = SumsOf(node.Histogram!, node, column, search.Search.Sums);
            BinSums counts = default;
            if (limits.MinSamplesLeaf > 1)
            {
                counts = node.Counts is null ? sums : SumsOf(node.Counts, column, 0, node.RowCount, search.Search.Counts);
            }

            Try(search, column, sums, counts, ref feature, ref found);
        }
    }

    /// <summary>Searches a column.</summary>
    private void Try(
        in NodeSearch search, int column, BinSums sums, BinSums counts, ref int feature, ref GradientSplitSearch.Found found)
    {
        if (column > feature)
        {
            feature = Find(search, column, sums, counts, ref found) ? column : feature;
            return;
        }

        // Columns come by digit: a lower one takes the place of a higher one that scores as much.
        double score = found.Score;
        found.Score = Math.BitDecrement(score);
        if (Find(search, column, sums, counts, ref found))
        {
            feature = column;
        }
        else
        {
            found.Score = score;
        }
    }

    private bool Find(in NodeSearch search, int column, BinSums sums, BinSums counts, ref GradientSplitSearch.Found found)
    {
        BinMapper mapper = bins.Columns.Mapper(column);
        SplitScore score = ScoreOf(search.Node, column);
        return mapper.IsCategorical
            ? search.Search.FindSet(sums, counts, mapper, search.Sums, score, search.MinHessian, ref found)
            : search.Search.FindThreshold(sums, counts, mapper, search.Sums, score, search.MinHessian, ref found);
    }

    private BinSums SumsOf(GradientHistogram histogram, HistogramNode node, int column, Span<long> scratch) =>
        SumsOf(histogram, column, node.Gradient, node.Hessian, scratch);

    private BinSums SumsOf(GradientHistogram histogram, int column, long gradient, long hessian, Span<long> scratch) =>
        BinSums.Of(histogram, bins.Digits, bins.Columns, column, gradient, hessian, scratch);

    /// <summary>Gives a node the split that was found for it, with its threshold and its side of missing values.</summary>
    public void Take(HistogramNode node, int feature, in GradientSplitSearch.Found found)
    {
        BinMapper mapper = bins.Columns.Mapper(feature);
        BinSums sums = SumsOf(node.Histogram!, node, feature, stackalloc long[BinSums.MaxWords]);
        bool sawMissing = sums[mapper.MissingBin].Hessian > 0;
        bool defaultLeft = sawMissing ? found.MissingLeft : 2 * found.LeftHessian >= node.Hessian;
        int next = found.LastLeft + 1;
        while (found.LeftBins is null && next < mapper.BinCount && sums[next].Hessian == 0)
        {
            next++;
        }

        node.LeftGradient = found.LeftGradient;
        node.LeftHessian = found.LeftHessian;
        node.Split = new SplitCandidate
        {
            Feature = feature,
            Score = found.Score,
            Gain = found.Score - ScoreOf(node, feature).Node(node.Gradient * gradients.GradientUnit, node.Hessian * gradients.HessianUnit),
            LastLeft = found.LastLeft,
            Categories = found.LeftBins is null ? null : ToCategories(feature, mapper, sums, found.LeftBins, defaultLeft),
            Threshold = found.LeftBins is not null ? 0 : next < mapper.BinCount
                ? SplitRules.Threshold(mapper.High(found.LastLeft), mapper.Low(next))
                : double.PositiveInfinity,
            DefaultLeft = defaultLeft,
        };
    }

    /// <summary>Writes for each value of the digit of a node's split feature a 1 where it goes left, else a 0.</summary>
    public void Sides(HistogramNode node, Span<byte> sides)
    {
        int column = node.Split.Feature;
        ColumnDigits.Member member = bins.Digits.MemberOf(column);
        if (member.IsAlone)
        {
            SidesOfBins(node, sides);
            return;
        }

        // Where other columns are off their usual bin this one is in its own.
        Span<byte> byBin = stackalloc byte[BinnedTable.MaxBinsWithMissing];
        SidesOfBins(node, byBin);
        sides.Fill(byBin[member.UsualBin]);
        for (int bin = 0; bin < member.Bins; bin++)
        {
            if (bin != member.UsualBin)
            {
                sides[member.Cell(bin)] = byBin[bin];
            }
        }
    }

    private void SidesOfBins(HistogramNode node, Span<byte> sides)
    {
        BinMapper mapper = bins.Columns.Mapper(node.Split.Feature);
        CategorySet? categories = node.Split.Categories;
        for (int bin = 0; bin < sides.Length; bin++)
        {
            sides[bin] = bin <= node.Split.LastLeft ? (byte)1 : (byte)0;
        }

        for (int code = 0; categories is not null && code < categories.CategoryCount; code++)
        {
            sides[mapper.BinOfCode(code)] = categories.Contains(code) ? (byte)1 : (byte)0;
        }

        sides[mapper.MissingBin] = node.Split.DefaultLeft ? (byte)1 : (byte)0;
    }

    private SplitScore ScoreOf(HistogramNode node, int column) =>
        SplitScore.Of(limits.Score, limits.Constraints, node.Constraints, column);

    /// <summary>The categories of the bins that go left; those that the node has not go where missing values go.</summary>
    private CategorySet ToCategories(int feature, BinMapper mapper, BinSums sums, bool[] leftBins, bool defaultLeft)
    {
        var members = new bool[schema[feature].Categories.Count];
        for (int code = 0; code < members.Length; code++)
        {
            int bin = mapper.BinOfCode(code);
            members[code] = sums[bin].Hessian > 0 ? leftBins[bin] : defaultLeft;
        }

        return new CategorySet(members.Length, members);
    }

    /// <summary>What the search of a node needs for every column.</summary>
    private readonly record struct NodeSearch(
        HistogramNode Node, GradientSplitSearch Search, GradientSplitSearch.NodeSums Sums, long MinHessian);
}
