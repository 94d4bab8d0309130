using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// The categories of a node as a split may part them: each is a group of its own, but those of little hessian are the last group together.
/// Where many categories have few rows each, the best of the splits of their order is the one that noise favours most.
/// </summary>
internal sealed class CategoryGroups
{
    private readonly int[] _bins = new int[BinnedTable.MaxBinsWithMissing];
    private readonly long[] _gradients = new long[BinnedTable.MaxBinsWithMissing];
    private readonly long[] _hessians = new long[BinnedTable.MaxBinsWithMissing];
    private readonly int[] _rare = new int[BinnedTable.MaxBinsWithMissing];
    private int _common;
    private int _rareCount;

    /// <summary>The number of groups.</summary>
    public int Count => _common + (_rareCount > 0 ? 1 : 0);

    /// <summary>Takes the categories of a node that have rows.</summary>
    /// <param name="sums">Their sums.</param>
    /// <param name="binCount">The number of its bins.</param>
    /// <param name="least">The least hessian of a group of its own where there are more than a few.</param>
    public void Gather(BinSums sums, int binCount, long least)
    {
        _common = 0;
        _rareCount = 0;
        long rareGradient = 0;
        long rareHessian = 0;
        least = CountPresent(sums, binCount) > SplitRules.FewCategories ? least : 1;
        for (int bin = 0; bin < binCount; bin++)
        {
            (long gradient, long hessian) = sums[bin];
            if (hessian >= least && hessian > 0)
            {
                _bins[_common] = bin;
                _gradients[_common] = gradient;
                _hessians[_common] = hessian;
                _common++;
            }
            else if (hessian > 0)
            {
                _rare[_rareCount++] = bin;
                rareGradient += gradient;
                rareHessian += hessian;
            }
        }

        if (_rareCount > 0)
        {
            _gradients[_common] = rareGradient;
            _hessians[_common] = rareHessian;
        }
    }

    private static int CountPresent(BinSums sums, int binCount)
    {
        int present = 0;
        for (int bin = 0; bin < binCount; bin++)
        {
            present += sums[bin].Hessian > 0 ? 1 : 0;
        }

        return present;
    }

    /// <summary>The sums of a group.</summary>
    public (long Gradient, long Hessian) Sums(int group) => (_gradients[group], _hessians[group]);

    /// <summary>The bins of a group.</summary>
    public ReadOnlySpan<int> Bins(int group) => group < _common ? _bins.AsSpan(group, 1) : _rare.AsSpan(0, _rareCount);

    /// <summary>The number of rows of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="counts">The sums whose hessians count rows.</param>
    public long RowCount(int group, BinSums counts)
    {
        long rows = 0;
        foreach (int bin in Bins(group))
        {
            rows += counts[bin].Hessian;
        }

        return rows;
    }
}
