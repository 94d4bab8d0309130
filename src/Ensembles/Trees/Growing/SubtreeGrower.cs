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
    private readonly Stack<GrowingNode> _waiting = new();

    /// <inheritdoc cref="SplitFinder.GrowSubtree"/>
    public void Grow(in GrowingNode root, Span<int> rows, NodeRecorder recorder)
    {
        worker.Load(rows);
        _waiting.Push(root);
        while (_waiting.TryPop(out GrowingNode node))
        {
            int start = node.Start - root.Start;
            Span<int> ofNode = rows.Slice(start, node.Count);
            int number = recorder.AddInner(node, ofNode);
            int leftCount = worker.Part(start, ofNode, node.Split);
            Open(node.RightChild(number, leftCount, constraints: null), start + leftCount, ofNode[leftCount..], recorder);
            Open(node.LeftChild(number, leftCount, constraints: null), start, ofNode[..leftCount], recorder);
        }
    }

    private void Open(GrowingNode node, int start, ReadOnlySpan<int> rows, NodeRecorder recorder)
    {
        node.Summary = recorder.Summarize(rows);
        if (limits.MaySplit(node) && TryFind(ref node, start, rows, recorder))
        {
            _waiting.Push(node);
        }
        else
        {
            recorder.AddLeaf(node, rows);
        }
    }

    private bool TryFind(ref GrowingNode node, int start, ReadOnlySpan<int> rows, NodeRecorder recorder)
    {
        worker.EnterLoaded(start, rows);
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
