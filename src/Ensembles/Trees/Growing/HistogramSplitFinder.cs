using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Tries the thresholds between bins. A node of many rows adds these up by bin and scans the bins; a node of few rows sorts
/// them by bin and scans them one by one.
/// </summary>
internal sealed class HistogramSplitFinder<TAccumulator> : SplitFinder
    where TAccumulator : struct, ISplitAccumulator<TAccumulator>
{
    // Below this many rows, clearing and scanning all bins costs more than sorting.
    private const int FewRows = 64;

    // A fork and join pays from about this many cells on.
    private const long CellsPerFork = 100_000;

    private readonly FeatureSchema _schema;
    private readonly BinnedTable _binned;
    private readonly GrowthLimits _limits;
    private readonly Worker[] _workers;
    private readonly int[] _pool;
    private readonly SplitCandidate[] _candidates;

    public HistogramSplitFinder(TAccumulator accumulator, FeatureSchema schema, BinnedTable binned, GrowthLimits limits, int threads)
    {
        _schema = schema;
        _binned = binned;
        _limits = limits;
        _pool = new int[schema.Count];
        _candidates = new SplitCandidate[schema.Count];
        _workers = new Worker[Math.Max(1, Math.Min(threads, schema.Count))];
        for (int w = 0; w < _workers.Length; w++)
        {
            _workers[w] = new Worker(w == 0 ? accumulator : accumulator.Fork(), limits);
        }
    }

    public override SplitCandidate Find(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        SplitCandidate best = _limits.FeaturesPerNode < _schema.Count ? FindAmongDrawn(node, rows) : FindAmongAll(node, rows);
        best.Gain = best.Score - _workers[0].Accumulator.NodeScore;
        return best;
    }

    public override void Mark(in GrowingNode node, ReadOnlySpan<int> rows, byte[] goesLeft)
    {
        SplitCandidate split = node.Split;
        BinMapper mapper = _binned.Mapper(split.Feature);
        Span<byte> side = stackalloc byte[BinnedTable.MaxBinsWithMissing];
        for (int bin = 0; bin < mapper.BinCount; bin++)
        {
            side[bin] = bin <= split.LastLeft ? (byte)1 : (byte)0;
        }

        if (split.Categories is not null)
        {
            foreach (int code in Enumerable.Range(0, split.Categories.CategoryCount))
            {
                side[mapper.BinOfCode(code)] = split.Categories.Contains(code) ? (byte)1 : (byte)0;
            }
        }

        side[mapper.MissingBin] = split.DefaultLeft ? (byte)1 : (byte)0;
        ReadOnlySpan<byte> bins = _binned.Column(split.Feature);
        foreach (int row in rows)
        {
            goesLeft[row] = side[bins[row]];
        }
    }

    public override void Split(in GrowingNode node, int leftCount, byte[] goesLeft)
    {
        // Nothing is kept by node.
    }

    private SplitCandidate FindAmongDrawn(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        Worker worker = _workers[0];
        worker.Accumulator.Enter(node, rows);
        SplitCandidate best = SplitCandidate.None;
        ulong? tieKey = _limits.TieKey(node);
        var sampler = new FeatureSampler(_pool, _limits.FeaturesPerNode, node.Key);
        bool varying = false;
        while (sampler.TryNext(varying, out int feature))
        {
            if (TryFind(worker, feature, rows, out SplitCandidate candidate))
            {
                varying = true;
                best = best.IsWorseThan(candidate, tieKey) ? candidate : best;
            }
        }

        return best;
    }

    private SplitCandidate FindAmongAll(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        int stripes = (int)Math.Clamp((long)rows.Length * _schema.Count / CellsPerFork, 1, _workers.Length);
        if (stripes == 1)
        {
            FindInStripe(_workers[0], 0, 1, node, rows);
        }
        else
        {
            GrowingNode shared = node;
            int[] copy = rows.ToArray();
            ParallelWork.For(stripes, stripes, CancellationToken.None, s => FindInStripe(_workers[s], s, stripes, shared, copy));
        }

        SplitCandidate best = SplitCandidate.None;
        ulong? tieKey = _limits.TieKey(node);
        foreach (ref readonly SplitCandidate candidate in _candidates.AsSpan())
        {
            best = best.IsWorseThan(candidate, tieKey) ? candidate : best;
        }

        return best;
    }

    private void FindInStripe(Worker worker, int stripe, int stripes, in GrowingNode node, ReadOnlySpan<int> rows)
    {
        worker.Accumulator.Enter(node, rows);
        for (int c = stripe; c < _candidates.Length; c += stripes)
        {
            _candidates[c] = TryFind(worker, c, rows, out SplitCandidate candidate) ? candidate : SplitCandidate.None;
        }
    }

    /// <summary>The best split of a feature; false where the feature is constant in the node.</summary>
    private bool TryFind(Worker worker, int feature, ReadOnlySpan<int> rows, out SplitCandidate best)
    {
        BinMapper mapper = _binned.Mapper(feature);
        ReadOnlySpan<byte> bins = _binned.Column(feature);
        BinSums sums = worker.Sums;
        if (rows.Length <= FewRows)
        {
            sums.FillFromFew(worker.Accumulator, rows, bins);
        }
        else
        {
            sums.Fill(worker.Accumulator, rows, bins, mapper.BinCount + 1);
        }

        int present = sums.Count;
        bool hasMissing = present > 0 && sums.Bin(present - 1) == mapper.MissingBin;
        present -= hasMissing ? 1 : 0;
        best = SplitCandidate.None;
        if (sums.Count < 2)
        {
            return false;
        }

        worker.Accumulator.Take(feature);
        int missingRows = hasMissing ? sums.Rows(present) : 0;
        if (mapper.IsCategorical)
        {
            best = FindSet(worker, feature, sums, present, missingRows, mapper);
            return true;
        }

        Scan(worker.Accumulator, feature, sums, present, missingRows, rows.Length, mapper, missingLeft: false, ref best);
        if (missingRows > 0)
        {
            Scan(worker.Accumulator, feature, sums, present, missingRows, rows.Length, mapper, missingLeft: true, ref best);
        }

        return true;
    }

    private void Scan(
        TAccumulator node,
        int feature,
        BinSums sums,
        int present,
        int missingRows,
        int rowCount,
        BinMapper mapper,
        bool missingLeft,
        ref SplitCandidate best)
    {
        TAccumulator accumulator = node;
        accumulator.Reset();
        int left = 0;
        if (missingLeft)
        {
            accumulator.MoveSums(sums.Sums(present));
            left = missingRows;
        }

        int last = missingRows > 0 && !missingLeft ? present : present - 1;
        GrowthLimits limits = _limits;
        for (int i = 0; i < last; i++)
        {
            accumulator.MoveSums(sums.Sums(i));
            left += sums.Rows(i);
            if (!limits.Allows(left, rowCount - left, accumulator.LeftWeight, accumulator.RightWeight))
            {
                continue;
            }

            double score = accumulator.Score();
            bool heavierLeft = SplitRules.DefaultLeft(accumulator.LeftWeight, accumulator.RightWeight);
            int bin = sums.Bin(i);
            if (score > best.Score || (missingLeft && heavierLeft && score == best.Score && bin == best.LastLeft && best.Exists))
            {
                best.Feature = feature;
                best.Score = score;
                best.LastLeft = bin;
                best.Threshold = i + 1 < present
                    ? SplitRules.Threshold(mapper.High(bin), mapper.Low(sums.Bin(i + 1)))
                    : double.PositiveInfinity;
                best.DefaultLeft = missingRows > 0 ? missingLeft : heavierLeft;
            }
        }
    }

    private SplitCandidate FindSet(Worker worker, int feature, BinSums sums, int present, int missingRows, BinMapper mapper)
    {
        TAccumulator accumulator = worker.Accumulator;
        accumulator.Reset();
        worker.Search.Clear();
        for (int i = 0; i < present; i++)
        {
            sums.Sums(i).CopyTo(worker.Search.Add(sums.Bin(i), start: 0, sums.Rows(i), accumulator.SumWidth));
        }

        ReadOnlySpan<double> missingSums = missingRows > 0 ? sums.Sums(present) : [];
        return worker.Search.Find(
            ref accumulator, rows: [], missingRows, missing: [], missingSums, feature, _schema[feature].Categories.Count, mapper);
    }

    /// <summary>What a thread needs of its own.</summary>
    private sealed class Worker(TAccumulator accumulator, GrowthLimits limits)
    {
        public TAccumulator Accumulator = accumulator;

        public CategorySplitSearch<TAccumulator> Search { get; } = new(limits);

        public BinSums Sums { get; } = new(accumulator.SumWidth);
    }

    /// <summary>The sums of the bins of a node that have rows, in the order of the bins.</summary>
    private sealed class BinSums(int width)
    {
        private readonly double[] _all = new double[BinnedTable.MaxBinsWithMissing * width];
        private readonly int[] _allRows = new int[BinnedTable.MaxBinsWithMissing];
        private readonly int[] _bins = new int[BinnedTable.MaxBinsWithMissing];

        /// <summary>The number of bins that have rows.</summary>
        public int Count { get; private set; }

        public int Bin(int place) => _bins[place];

        public int Rows(int place) => _allRows[_bins[place]];

        public ReadOnlySpan<double> Sums(int place) => _all.AsSpan(_bins[place] * width, width);

        public void Fill(in TAccumulator accumulator, ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount)
        {
            _all.AsSpan(0, binCount * width).Clear();
            _allRows.AsSpan(0, binCount).Clear();
            accumulator.AddToBins(rows, bins, _all, _allRows);
            int count = 0;
            for (int bin = 0; bin < binCount; bin++)
            {
                _bins[count] = bin;
                count += _allRows[bin] > 0 ? 1 : 0;
            }

            Count = count;
        }

        /// <summary>The same for few rows: only the bins that they touch are cleared and visited.</summary>
        public void FillFromFew(in TAccumulator accumulator, ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins)
        {
            // One bit a bin: setting bits is a sort without a comparison.
            Span<ulong> touched = stackalloc ulong[BinnedTable.MaxBinsWithMissing / 64];
            touched.Clear();
            foreach (int row in rows)
            {
                int bin = bins[row];
                touched[bin >> 6] |= 1UL << (bin & 63);
            }

            int count = 0;
            for (int word = 0; word < touched.Length; word++)
            {
                for (ulong bits = touched[word]; bits != 0; bits &= bits - 1)
                {
                    int bin = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                    _bins[count++] = bin;
                    _all.AsSpan(bin * width, width).Clear();
                    _allRows[bin] = 0;
                }
            }

            Count = count;
            if (count > 1)
            {
                accumulator.AddToBins(rows, bins, _all, _allRows);
            }
        }
    }
}
