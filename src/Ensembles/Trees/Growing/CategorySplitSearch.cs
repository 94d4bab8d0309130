using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>
/// The best split of the categories of a node in two sets. Where the criterion says that the best split is among those of one
/// order (Breiman et al. 1984, theorem 4.5), these are tried; otherwise all sets of up to eight categories, and beyond that
/// the splits of a good order. Missing values try both sides.
/// </summary>
internal sealed class CategorySplitSearch<TAccumulator>
    where TAccumulator : struct, ISplitAccumulator<TAccumulator>
{
    private const int MaxExhaustive = 8;

    // The id of the group of the categories of little weight.
    private const int RareId = -1;

    private readonly GrowthLimits _limits;
    private readonly TreeCategoryOrders? _orders;
    private Group[] _groups = [];
    private double[] _sums = [];
    private double[] _keys = [];
    private int[] _rare = [];
    private int _rareCount;
    private int _count;

    /// <param name="limits">When a split is allowed.</param>
    /// <param name="orders">The orders of the tree; null where no node takes these.</param>
    public CategorySplitSearch(GrowthLimits limits, TreeCategoryOrders? orders)
    {
        _limits = limits;
        _orders = orders;
    }

    /// <summary>The rows of one category, or of the categories that share a bin.</summary>
    internal struct Group
    {
        /// <summary>The code of the category, or the bin; <see cref="RareId"/> of those of little weight.</summary>
        public int Id;

        /// <summary>The number of rows.</summary>
        public int Count;

        /// <summary>Where the rows begin in what the caller passed.</summary>
        public int Start;

        /// <summary>Where the sums are.</summary>
        public int Sums;
    }

    /// <summary>Forgets the groups and gives room for new ones.</summary>
    public void Clear()
    {
        _count = 0;
        _rareCount = 0;
    }

    /// <summary>Adds a group and returns the place for its sums, all zero.</summary>
    public Span<double> Add(int id, int start, int count, int sumWidth)
    {
        if (_count == _groups.Length)
        {
            Array.Resize(ref _groups, Math.Max(16, 2 * _count));
        }

        if ((_count + 1) * sumWidth > _sums.Length)
        {
            Array.Resize(ref _sums, Math.Max(16, 2 * (_count + 1)) * sumWidth);
        }

        Span<double> sums = _sums.AsSpan(_count * sumWidth, sumWidth);
        sums.Clear();
        _groups[_count] = new Group { Id = id, Start = start, Count = count, Sums = _count * sumWidth };
        _count++;
        return sums;
    }

    /// <summary>The number of groups.</summary>
    public int Count => _count;

    /// <summary>Keeps the order of the groups added, those of all rows of the tree, for its nodes of few rows a category.</summary>
    /// <param name="accumulator">The criterion.</param>
    /// <param name="feature">The feature.</param>
    public void KeepOrder(in TAccumulator accumulator, int feature)
    {
        Span<double> keys = Keys();
        accumulator.OrderCategories(_sums.AsSpan(0, _count * accumulator.SumWidth), keys);
        _orders!.Begin(feature);
        for (int g = 0; g < _count; g++)
        {
            _orders.Keep(feature, _groups[g].Id, keys[g]);
        }
    }

    /// <summary>Finds the best split of the groups added.</summary>
    /// <param name="accumulator">Has entered the node.</param>
    /// <param name="rows">The rows that groups point into; unused for additive criteria.</param>
    /// <param name="missingCount">The number of rows that miss the category.</param>
    /// <param name="missing">These rows; unused for additive criteria.</param>
    /// <param name="missingSums">The sums of the rows that miss the category.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="categoryCount">The number of its categories.</param>
    /// <param name="mapper">How categories fall into groups; null where a group is a category.</param>
    public SplitCandidate Find(
        ref TAccumulator accumulator,
        ReadOnlySpan<int> rows,
        int missingCount,
        ReadOnlySpan<int> missing,
        ReadOnlySpan<double> missingSums,
        int feature,
        int categoryCount,
        BinMapper? mapper)
    {
        if (_limits.MinCategoryWeight > 0 && _count > SplitRules.FewCategories)
        {
            PoolRare(accumulator.SumWidth);
        }

        var scan = new Scan { Best = double.NegativeInfinity, MissingCount = missingCount };
        if (_count == 0 || (_count == 1 && missingCount == 0))
        {
            return SplitCandidate.None;
        }

        bool byTree = _orders is not null && TotalCount() < (long)_limits.MinSamplesPerCategory * _count;
        if (!byTree && !TAccumulator.OrderHoldsBestSplit && _count <= MaxExhaustive)
        {
            TryAllSets(ref accumulator, ref scan, rows);
        }
        else
        {
            Order(accumulator, byTree ? _orders!.Of(feature) : null);
            TryPrefixes(ref accumulator, ref scan, rows, missing, missingSums, missingLeft: false);
            if (missingCount > 0)
            {
                TryPrefixes(ref accumulator, ref scan, rows, missing, missingSums, missingLeft: true);
            }

            // Where a limit forbade a split of the order, the best of those allowed may be none of the order.
            if (!byTree && scan.Refused && _count <= MaxExhaustive)
            {
                TryAllSets(ref accumulator, ref scan, rows);
            }
        }

        return scan.BestSet == 0 && scan.BestPrefix == 0 ? SplitCandidate.None : ToCandidate(scan, feature, categoryCount, mapper);
    }

    /// <summary>A category that the node has not goes where missing values go.</summary>
    private SplitCandidate ToCandidate(in Scan scan, int feature, int categoryCount, BinMapper? mapper)
    {
        bool defaultLeft = scan.MissingCount > 0 ? scan.BestMissingLeft : scan.BestIsHeavierLeft;
        var groupGoesLeft = new bool[Math.Max(categoryCount, BinnedTable.MaxBinsWithMissing)];
        Array.Fill(groupGoesLeft, defaultLeft);
        for (int g = 0; g < _count; g++)
        {
            bool left = g < scan.BestPrefix || (scan.BestSet != 0 && (scan.BestSet & (1 << g)) != 0);
            ReadOnlySpan<int> ids = _groups[g].Id == RareId ? _rare.AsSpan(0, _rareCount) : new ReadOnlySpan<int>(in _groups[g].Id);
            foreach (int id in ids)
            {
                groupGoesLeft[id] = left;
            }
        }

        var members = new bool[categoryCount];
        for (int code = 0; code < categoryCount; code++)
        {
            members[code] = groupGoesLeft[mapper is null ? code : mapper.BinOfCode(code)];
        }

        return new SplitCandidate
        {
            Feature = feature,
            Score = scan.Best,
            Categories = new CategorySet(categoryCount, members),
            DefaultLeft = defaultLeft,
        };
    }

    private struct Scan
    {
        public double Best;
        public bool BestMissingLeft;
        public bool BestIsHeavierLeft;

        /// <summary>The best split sends this many groups of the order left; 0 where it is <see cref="BestSet"/>.</summary>
        public int BestPrefix;

        /// <summary>The best split sends the groups of these bits left; 0 where it is <see cref="BestPrefix"/>.</summary>
        public int BestSet;
        public int MissingCount;

        /// <summary>Whether a limit, or the criterion, did not allow a split that was tried.</summary>
        public bool Refused;
    }

    /// <summary>
    /// Makes one group, the last, of the categories of less than the least weight, which is the first of their sums. (Of additive criteria:
    /// the rows of the group do not lie together.)
    /// </summary>
    private void PoolRare(int sumWidth)
    {
        if (_rare.Length < _count)
        {
            _rare = new int[_groups.Length];
        }

        Span<double> rareSums = sumWidth <= 32 ? stackalloc double[sumWidth] : new double[sumWidth];
        rareSums.Clear();
        var rare = new Group { Id = RareId };
        int kept = 0;
        for (int g = 0; g < _count; g++)
        {
            Group group = _groups[g];
            ReadOnlySpan<double> sums = _sums.AsSpan(group.Sums, sumWidth);
            if (sums[0] >= _limits.MinCategoryWeight)
            {
                sums.CopyTo(_sums.AsSpan(kept * sumWidth));
                group.Sums = kept * sumWidth;
                _groups[kept++] = group;
                continue;
            }

            _rare[_rareCount++] = group.Id;
            rare.Count += group.Count;
            for (int i = 0; i < sumWidth; i++)
            {
                rareSums[i] += sums[i];
            }
        }

        if (_rareCount > 0)
        {
            rareSums.CopyTo(_sums.AsSpan(kept * sumWidth));
            rare.Sums = kept * sumWidth;
            _groups[kept++] = rare;
        }

        _count = kept;
    }

    private Span<double> Keys()
    {
        if (_keys.Length < _count)
        {
            _keys = new double[_groups.Length];
        }

        return _keys.AsSpan(0, _count);
    }

    /// <param name="accumulator">The criterion.</param>
    /// <param name="ofTree">Keys by the id of the group; empty to find them in the sums of the groups.</param>
    private void Order(in TAccumulator accumulator, ReadOnlySpan<double> ofTree)
    {
        Span<double> keys = Keys();
        if (ofTree.Length == 0)
        {
            accumulator.OrderCategories(_sums.AsSpan(0, _count * accumulator.SumWidth), keys);
        }
        else
        {
            for (int g = 0; g < _count; g++)
            {
                keys[g] = ofTree[_groups[g].Id];
            }
        }

        var order = new int[_count];
        RadixSort.SortIndices(keys, order);
        Group[] ordered = Array.ConvertAll(order, g => _groups[g]);
        ordered.CopyTo(_groups, 0);
    }

    private void TryPrefixes(
        ref TAccumulator accumulator,
        ref Scan scan,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<int> missing,
        ReadOnlySpan<double> missingSums,
        bool missingLeft)
    {
        accumulator.Reset();
        int total = TotalCount() + scan.MissingCount;
        int left = 0;
        if (missingLeft)
        {
            MoveMissing(ref accumulator, missing, missingSums);
            left = scan.MissingCount;
        }

        // All present values left and the missing ones right is a split as well.
        int last = missingLeft || scan.MissingCount == 0 ? _count - 1 : _count;
        for (int g = 0; g < last; g++)
        {
            MoveGroup(ref accumulator, _groups[g], rows);
            left += _groups[g].Count;
            if (Improves(accumulator, ref scan, left, total - left, tieTaken: missingLeft && g + 1 == scan.BestPrefix))
            {
                scan.BestMissingLeft = missingLeft;
                scan.BestPrefix = g + 1;
            }
        }
    }

    private void TryAllSets(
        ref TAccumulator accumulator,
        ref Scan scan,
        ReadOnlySpan<int> rows)
    {
        int total = TotalCount() + scan.MissingCount;

        // Without missing rows a set and its complement are the same split: the last group stays right.
        int sets = scan.MissingCount == 0 ? 1 << (_count - 1) : 1 << _count;
        for (int set = 1; set < sets; set++)
        {
            accumulator.Reset();
            int left = 0;
            for (int g = 0; g < _count; g++)
            {
                if ((set & (1 << g)) != 0)
                {
                    MoveGroup(ref accumulator, _groups[g], rows);
                    left += _groups[g].Count;
                }
            }

            // With missing rows: these always lie right here, and the complements cover the other side.
            if (Improves(accumulator, ref scan, left, total - left, tieTaken: false))
            {
                scan.BestMissingLeft = false;
                scan.BestPrefix = 0;
                scan.BestSet = set;
            }
        }
    }

    /// <param name="accumulator">The split.</param>
    /// <param name="scan">The best so far.</param>
    /// <param name="leftCount">The rows left.</param>
    /// <param name="rightCount">The rows right.</param>
    /// <param name="tieTaken">Whether an equal score is taken where missing values, lying left here, join the heavier child.</param>
    private bool Improves(in TAccumulator accumulator, ref Scan scan, int leftCount, int rightCount, bool tieTaken)
    {
        double score = _limits.Allows(leftCount, rightCount, accumulator.LeftWeight, accumulator.RightWeight)
            ? accumulator.Score()
            : double.NegativeInfinity;
        scan.Refused |= double.IsNegativeInfinity(score);
        bool heavierLeft = SplitRules.DefaultLeft(accumulator.LeftWeight, accumulator.RightWeight);
        if (!(score > scan.Best || (tieTaken && heavierLeft && score == scan.Best && !double.IsNegativeInfinity(score))))
        {
            return false;
        }

        scan.Best = score;
        scan.BestIsHeavierLeft = heavierLeft;
        return true;
    }

    private void MoveGroup(ref TAccumulator accumulator, in Group group, ReadOnlySpan<int> rows)
    {
        if (TAccumulator.IsAdditive)
        {
            accumulator.MoveSums(_sums.AsSpan(group.Sums, accumulator.SumWidth));
            return;
        }

        foreach (int row in rows.Slice(group.Start, group.Count))
        {
            accumulator.Move(row);
        }
    }

    private static void MoveMissing(ref TAccumulator accumulator, ReadOnlySpan<int> missing, ReadOnlySpan<double> missingSums)
    {
        if (TAccumulator.IsAdditive)
        {
            accumulator.MoveSums(missingSums);
            return;
        }

        foreach (int row in missing)
        {
            accumulator.Move(row);
        }
    }

    private int TotalCount()
    {
        int total = 0;
        for (int g = 0; g < _count; g++)
        {
            total += _groups[g].Count;
        }

        return total;
    }
}
