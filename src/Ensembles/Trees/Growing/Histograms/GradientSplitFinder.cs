using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>Finds the best split of a node among the columns that it may use, from its histogram.</summary>
/// <param name="schema">The columns.</param>
/// <param name="binned">Their bins.</param>
/// <param name="gradients">What the whole numbers of the histograms stand for.</param>
/// <param name="limits">What a tree may be.</param>
/// <param name="workers">The number of threads that search at the same time.</param>
internal sealed class GradientSplitFinder(
    FeatureSchema schema, BinnedTable binned, QuantizedGradients gradients, GradientTreeLimits limits, int workers)
{
    private readonly GradientSplitSearch[] _searches = [.. Enumerable.Range(0, workers).Select(_ => new GradientSplitSearch())];

    /// <summary>The best split among some of a node's columns: of equal scores the one of the lower column.</summary>
    /// <param name="node">The node, with its histogram.</param>
    /// <param name="columns">Columns, rising.</param>
    /// <param name="worker">Whose memory to use.</param>
    /// <param name="feature">The column of the split, or −1 where there is none.</param>
    /// <param name="found">The split.</param>
    public void Find(HistogramNode node, ReadOnlySpan<int> columns, int worker, out int feature, out GradientSplitSearch.Found found)
    {
        var sums = new GradientSplitSearch.NodeSums(node.Gradient, node.Hessian, gradients.GradientUnit, gradients.HessianUnit)
        {
            Counts = limits.MinSamplesLeaf > 1 ? node.Counts ?? node.Histogram : null,
            RowCount = node.RowCount,
            LeastRows = limits.MinSamplesLeaf,
            LeastOfCategory = (long)Math.Min(long.MaxValue / 2, Math.Ceiling(limits.MinCategoryWeight / gradients.HessianUnit)),
        };
        long minHessian = Math.Max(1, (long)Math.Ceiling(limits.MinChildWeight / gradients.HessianUnit));
        GradientSplitSearch search = _searches[worker];
        GradientHistogram histogram = node.Histogram!;
        feature = -1;
        found = new GradientSplitSearch.Found { Score = double.NegativeInfinity };
        foreach (int column in columns)
        {
            BinMapper mapper = binned.Mapper(column);
            SplitScore score = ScoreOf(node, column);
            bool isBetter = mapper.IsCategorical
                ? search.FindSet(histogram, column, mapper, sums, score, minHessian, ref found)
                : search.FindThreshold(histogram, column, mapper, sums, score, minHessian, ref found);
            feature = isBetter ? column : feature;
        }
    }

    /// <summary>Gives a node the split that was found for it, with its threshold and its side of missing values.</summary>
    public void Take(HistogramNode node, int feature, in GradientSplitSearch.Found found)
    {
        BinMapper mapper = binned.Mapper(feature);
        GradientHistogram histogram = node.Histogram!;
        bool sawMissing = histogram.Cell(feature, mapper.MissingBin).Hessian > 0;
        bool defaultLeft = sawMissing ? found.MissingLeft : 2 * found.LeftHessian >= node.Hessian;
        int next = found.LastLeft + 1;
        while (found.LeftBins is null && next < mapper.BinCount && histogram.Cell(feature, next).Hessian == 0)
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
            Categories = found.LeftBins is null ? null : ToCategories(feature, mapper, histogram, found.LeftBins, defaultLeft),
            Threshold = found.LeftBins is not null ? 0 : next < mapper.BinCount
                ? SplitRules.Threshold(mapper.High(found.LastLeft), mapper.Low(next))
                : double.PositiveInfinity,
            DefaultLeft = defaultLeft,
        };
    }

    /// <summary>Writes for each bin of the split feature of a node a 1 where it goes left, else a 0.</summary>
    public void Sides(HistogramNode node, Span<byte> sides)
    {
        BinMapper mapper = binned.Mapper(node.Split.Feature);
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
    private CategorySet ToCategories(int feature, BinMapper mapper, GradientHistogram histogram, bool[] leftBins, bool defaultLeft)
    {
        var members = new bool[schema[feature].Categories.Count];
        for (int code = 0; code < members.Length; code++)
        {
            int bin = mapper.BinOfCode(code);
            members[code] = histogram.Cell(feature, bin).Hessian > 0 ? leftBins[bin] : defaultLeft;
        }

        return new CategorySet(members.Length, members);
    }
}
