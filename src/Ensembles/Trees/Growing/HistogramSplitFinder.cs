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
    // A fork and join pays from about this many cells on.
    private const long CellsPerFork = 100_000;

    private readonly FeatureSchema _schema;
    private readonly BinnedTable _binned;
    private readonly GrowthLimits _limits;
    private readonly BinWorker<TAccumulator>[] _workers;
    private readonly int[] _pool;
    private readonly SplitCandidate[] _candidates;
    private readonly SubtreeGrower<TAccumulator>? _subtrees;
    private readonly TreeCategoryOrders? _orders;

    public HistogramSplitFinder(TAccumulator accumulator, FeatureSchema schema, BinnedTable binned, GrowthLimits limits, int threads)
    {
        RowMajorBins? rowMajor =
            NodeCells.CopiesRows(limits.FeaturesPerNode, schema.Count) ? binned.RowMajor(threads, CancellationToken.None) : null;
        _schema = schema;
        _binned = binned;
        _limits = limits;
        _pool = new int[schema.Count];
        _orders = TreeCategoryOrders.For(limits, schema);
        _workers = new BinWorker<TAccumulator>[Math.Max(1, Math.Min(threads, schema.Count))];
        _candidates = new SplitCandidate[_workers.Length];
        for (int w = 0; w < _workers.Length; w++)
        {
            _workers[w] = new BinWorker<TAccumulator>(w == 0 ? accumulator : accumulator.Fork(), schema, binned, rowMajor, limits, _orders);
        }

        if (rowMajor is not null && !schema.Any(feature => feature.IsCategorical))
        {
            _subtrees = new SubtreeGrower<TAccumulator>(this, _workers[0], limits, schema.Count);
        }
    }

    public override int SubtreeRows => _subtrees is null ? 0 : _workers[0].SubtreeRows;

    public override void GrowSubtree(in GrowingNode root, Span<int> rows, NodeRecorder recorder) => _subtrees!.Grow(root, rows, recorder);

    /// <summary>The best split of a node that the first worker has entered.</summary>
    public SplitCandidate FindEntered(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        BinWorker<TAccumulator> worker = _workers[0];
        var sampler = new FeatureSampler(_pool, _limits.FeaturesPerNode, node.Key);
        SplitCandidate best = SplitCandidate.None;
        ulong? tieKey = _limits.TieKey(node);
        bool varying = false;
        while (sampler.TryNext(varying, out int feature))
        {
            varying |= worker.TryImprove(feature, rows, tieKey, ref best);
        }

        best.Gain = best.Score - worker.NodeScore;
        return best;
    }

    public override SplitCandidate Find(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        if (_orders is not null && node.Parent < 0)
        {
            _workers[0].Enter(node, rows);
            for (int c = 0; c < _schema.Count; c++)
            {
                _workers[0].OrderCategories(c, rows);
            }
        }

        if (_limits.FeaturesPerNode < _schema.Count)
        {
            _workers[0].Enter(node, rows);
            return FindEntered(node, rows);
        }

        SplitCandidate best = FindAmongAll(node, rows);
        best.Gain = best.Score - _workers[0].NodeScore;
        return best;
    }

    public override void Mark(in GrowingNode node, ReadOnlySpan<int> rows, byte[] goesLeft)
    {
        SplitCandidate split = node.Split;
        BinMapper mapper = _binned.Mapper(split.Feature);
        ReadOnlySpan<byte> bins = _binned.Column(split.Feature);
        if (split.Categories is null && !split.DefaultLeft)
        {
            // The bin of missing values is the last one.
            int last = split.LastLeft;
            foreach (int row in rows)
            {
                goesLeft[row] = bins[row] <= last ? (byte)1 : (byte)0;
            }

            return;
        }

        Span<byte> side = stackalloc byte[BinnedTable.MaxBinsWithMissing];
        side[..(split.LastLeft + 1)].Fill(1);
        for (int code = 0; code < split.Categories?.CategoryCount; code++)
        {
            side[mapper.BinOfCode(code)] = split.Categories.Contains(code) ? (byte)1 : (byte)0;
        }

        side[mapper.MissingBin] = split.DefaultLeft ? (byte)1 : (byte)0;
        foreach (int row in rows)
        {
            goesLeft[row] = side[bins[row]];
        }
    }

    public override void Split(in GrowingNode node, int leftCount, byte[] goesLeft)
    {
        // Nothing is kept by node.
    }

    private SplitCandidate FindAmongAll(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        int stripes = (int)Math.Clamp((long)rows.Length * _schema.Count / CellsPerFork, 1, _workers.Length);
        if (stripes == 1)
        {
            return FindInStripe(0, 1, node, rows);
        }

        GrowingNode shared = node;
        int[] copy = rows.ToArray();
        ParallelWork.For(stripes, stripes, CancellationToken.None, s => _candidates[s] = FindInStripe(s, stripes, shared, copy));
        SplitCandidate best = SplitCandidate.None;
        ulong? tieKey = _limits.TieKey(node);
        foreach (ref readonly SplitCandidate candidate in _candidates.AsSpan(0, stripes))
        {
            best = best.IsWorseThan(candidate, tieKey) ? candidate : best;
        }

        return best;
    }

    private SplitCandidate FindInStripe(int stripe, int stripes, in GrowingNode node, ReadOnlySpan<int> rows)
    {
        _workers[stripe].Enter(node, rows);
        SplitCandidate best = SplitCandidate.None;
        ulong? tieKey = _limits.TieKey(node);
        for (int c = stripe; c < _schema.Count; c += stripes)
        {
            _workers[stripe].TryImprove(c, rows, tieKey, ref best);
        }

        return best;
    }
}
