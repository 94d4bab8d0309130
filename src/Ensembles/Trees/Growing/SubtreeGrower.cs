using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Grows a node of few rows to its leaves. The bins of the rows are copied once, for the whole subtree, and then parted node by node like
/// the rows themselves: those of a node lie side by side, in the innermost cache.
/// </summary>
/// <param name="finder">Finds the splits.</param>
/// <param name="worker">Has the bins of the rows.</param>
/// <param name="limits">When to stop.</param>
/// <param name="columnCount">The number of columns.</param>
internal sealed class SubtreeGrower<TAccumulator>(
    HistogramSplitFinder<TAccumulator> finder, BinWorker<TAccumulator> worker, GrowthLimits limits, int columnCount)
    where TAccumulator : struct, ISplitAccumulator<TAccumulator>
{
    private readonly int[] _pool = new int[columnCount];
    // The nodes that are to be split, a stack: nodes are large, and are read and written where they are.
    private GrowingNode[] _waiting = new GrowingNode[64];
    private int _waitingCount;

    /// <inheritdoc cref="SplitFinder.GrowSubtree"/>
    public void Grow(in GrowingNode root, Span<int> rows, NodeRecorder recorder)
    {
        worker.Load(rows);
        _waiting[0] = root;
        _waitingCount = 1;
        while (_waitingCount > 0)
        {
            if (_waitingCount + 1 >= _waiting.Length)
            {
                Array.Resize(ref _waiting, 2 * _waiting.Length);
            }

            ref GrowingNode node = ref _waiting[--_waitingCount];
            int start = node.Start - root.Start;
            Span<int> ofNode = rows.Slice(start, node.Count);
            int number = recorder.AddInner(node, ofNode);
            int leftCount = worker.Part(start, ofNode, node.Split);
            GrowingNode left = node.LeftChild(number, leftCount, constraints: null);
            node = node.RightChild(number, leftCount, constraints: null);
            Open(start + leftCount, ofNode[leftCount..], recorder);
            _waiting[_waitingCount] = left;
            Open(start, ofNode[..leftCount], recorder);
        }
    }

    /// <summary>Opens the node behind the last that waits: it waits as well, or becomes a leaf.</summary>
    private void Open(int start, ReadOnlySpan<int> rows, NodeRecorder recorder)
    {
        ref GrowingNode node = ref _waiting[_waitingCount];
        bool isSummarized = worker.TrySummarize(start, rows, out NodeSummary summary);
        node.Summary = isSummarized ? summary : recorder.Summarize(rows);
        if (limits.MaySplit(node) && TryFind(ref node, start, rows, recorder, isSummarized))
        {
            _waitingCount++;
        }
        else if (isSummarized)
        {
            worker.Value(recorder.LeafValue);
            recorder.AddLeaf(node);
        }
        else
        {
            recorder.AddLeaf(node, rows);
        }
    }

    private bool TryFind(ref GrowingNode node, int start, ReadOnlySpan<int> rows, NodeRecorder recorder, bool isEntered)
    {
        if (!isEntered)
        {
            worker.EnterLoaded(start, rows);
        }

        var sampler = new FeatureSampler(_pool, limits.FeaturesPerNode, node.Key);
        if (worker.TryFindAtOnce(node, ref sampler, out SplitCandidate split))
        {
            split.Gain = split.Score - worker.NodeScore;
        }
        else
        {
            split = finder.FindEntered(node, rows);
        }

        if (!recorder.IsEnough(split, limits))
        {
            return false;
        }

        // What rounding took below zero gained nothing.
        split.Gain = Math.Max(split.Gain, 0);
        node.Split = split;
        return true;
    }
}
