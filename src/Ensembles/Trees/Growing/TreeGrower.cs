using Ensembles.Numerics;
using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Grows one tree: takes a node from the frontier, parts its rows, finds the splits of its children, and puts these on the
/// frontier. What is split and how good that is, is the split finder's and the criterion's business; the order, the frontier's. A finder
/// may grow small nodes to their leaves by itself, where the order in which nodes are split does not matter.
/// </summary>
internal sealed class TreeGrower
{
    private readonly Criterion _criterion;
    private readonly SplitFinder _finder;
    private readonly GrowthLimits _limits;
    private readonly RowPartition _partition;
    private readonly Frontier _frontier;
    private readonly TreeBuilder _builder;
    private readonly NodeRecorder _recorder;
    private readonly byte[] _goesLeft;

    // Nodes of at most so many rows are grown to their leaves at once; 0 where none are.
    private readonly int _subtreeRows;

    /// <param name="criterion">The targets and what is to be made small.</param>
    /// <param name="finder">Finds splits of the nodes of this tree.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="buffers">The rows of the tree, all of weight above 0; used until the next tree takes them.</param>
    /// <param name="keepNodeValues">Whether inner nodes keep what they would predict.</param>
    public TreeGrower(Criterion criterion, SplitFinder finder, GrowthLimits limits, GrowthBuffers buffers, bool keepNodeValues)
    {
        _criterion = criterion;
        _finder = finder;
        _limits = limits;
        _partition = new RowPartition(buffers);
        _frontier = Frontier.Create(limits.Order);
        _builder = buffers.Builder;
        _builder.Begin(criterion.ValueWidth, keepNodeValues);
        _recorder = new NodeRecorder(criterion, _builder, keepNodeValues);
        _goesLeft = buffers.GoesLeft;
        _subtreeRows = limits.Order == GrowthOrder.DepthFirst && limits is { MaxLeaves: null, Constraints: null } ? finder.SubtreeRows : 0;
    }

    /// <summary>By leaf, in the order in which they were closed: where its rows are in <see cref="PartitionedRows"/>.</summary>
    public List<LeafRange> LeafRanges => _recorder.LeafRanges;

    /// <summary>The rows of the tree, parted by leaf once the tree is grown.</summary>
    public ReadOnlySpan<int> PartitionedRows(int start, int count) => _partition.Rows(start, count);

    /// <summary>Grows the tree.</summary>
    /// <param name="treeKey">The source of the random decisions of this tree.</param>
    /// <param name="cancellationToken">Ends the growth between two nodes.</param>
    public (Tree Tree, TreeStatistics Statistics) Grow(ulong treeKey, CancellationToken cancellationToken)
    {
        Open(new GrowingNode { Parent = -1, Key = treeKey, Start = 0, Count = _partition.Count, Constraints = _limits.Constraints?.Root });
        int splitsLeft = (_limits.MaxLeaves ?? int.MaxValue) - 1;
        while (_frontier.TryPop(out GrowingNode node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (node.Count <= _subtreeRows)
            {
                _finder.GrowSubtree(node, _partition.RowsOf(node), _recorder);
                continue;
            }

            if (splitsLeft-- <= 0)
            {
                Close(node);
                continue;
            }

            Split(node);
        }

        return _builder.Build();
    }

    private void Split(in GrowingNode node)
    {
        ReadOnlySpan<int> rows = _partition.Rows(node);
        int number = _recorder.AddInner(node, rows);
        _finder.Mark(node, rows, _goesLeft);
        int leftCount = _partition.Split(node, _goesLeft);
        if (node.Depth + 1 < _limits.MaxDepth)
        {
            // Children at the limit become leaves: the finder is not asked about them.
            _finder.Split(node, leftCount, _goesLeft);
        }

        ReadOnlySpan<int> leftRows = _partition.Rows(node.Start, leftCount);
        ReadOnlySpan<int> rightRows = _partition.Rows(node.Start + leftCount, node.Count - leftCount);
        (NodeConstraints? leftConstraints, NodeConstraints? rightConstraints) =
            node.Constraints is null ? default : _criterion.Constrain(node, leftRows, rightRows);
        GrowingNode left = node.LeftChild(number, leftCount, leftConstraints);
        GrowingNode right = node.RightChild(number, leftCount, rightConstraints);

        // Of two children that could go first the left one, made first, does. Depth-first: the stack turns the order.
        if (_limits.Order == GrowthOrder.DepthFirst)
        {
            Open(right);
            Open(left);
        }
        else
        {
            Open(left);
            Open(right);
        }
    }

    /// <summary>Puts a node on the frontier where it can be split, and closes it otherwise.</summary>
    private void Open(GrowingNode node)
    {
        ReadOnlySpan<int> rows = _partition.Rows(node);
        node.Summary = _criterion.Summarize(rows);
        if (_limits.MaySplit(node))
        {
            SplitCandidate split = _finder.Find(node, rows);
            if (_recorder.IsEnough(split, _limits))
            {
                // What rounding took below zero gained nothing.
                split.Gain = Math.Max(split.Gain, 0);
                node.Split = split;
                _frontier.Push(node);
                return;
            }
        }

        Close(node);
    }

    private void Close(in GrowingNode node) => _recorder.AddLeaf(node, _partition.Rows(node));
}
