using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>A leaf of a grown tree: its rows in every block, and its sums.</summary>
internal readonly record struct GradientLeaf(Segment[] Segments, int RowCount, double Gradient, double Hessian, NodeConstraints? Constraints)
{
    /// <summary>Makes one leaf of all the leaves below a node, whose ranges are neighbours in every block.</summary>
    public static GradientLeaf Join(GradientLeaf[] leaves, int[] parts)
    {
        GradientLeaf all = leaves[parts[0]];
        foreach (int part in parts.AsSpan(1))
        {
            GradientLeaf leaf = leaves[part];
            Segment[] segments = [.. all.Segments.Zip(
                leaf.Segments, (a, b) => new Segment(Math.Min(a.Start, b.Start), a.Count + b.Count))];
            all = new GradientLeaf(
                segments,
                all.RowCount + leaf.RowCount,
                all.Gradient + leaf.Gradient,
                all.Hessian + leaf.Hessian,
                NodeConstraints.Join(all.Constraints, leaf.Constraints));
        }

        return all;
    }
}

/// <summary>
/// Grows trees on gradients by histograms: takes the first node from the frontier, makes it an inner node, and puts its children on the
/// frontier or closes them. One grower serves all trees of a fit, and its records and lists are used again.
/// </summary>
internal sealed class GradientTreeGrower
{
    // Children that are made in one go: each has a histogram of its own a worker.
    private const int MaxBatch = 32;

    // The most cells of the histograms of one go.
    private const int MaxBatchCells = 1 << 20;

    private readonly GradientTreeLimits _limits;
    private readonly WorkerTeam _team;
    private readonly BlockPartition _partition;
    private readonly GradientSplitFinder _finder;
    private readonly ColumnSampler _columns;
    private readonly NodeExpander _expander;
    private readonly HistogramNodes _records;
    private readonly PriorityQueue<HistogramNode, (double Order, int Made)> _frontier = new();
    private readonly TreeBuilder _builder = new();
    private readonly List<HistogramNode> _batch = [];
    private readonly List<(HistogramNode Node, (double Order, int Made) Place)> _passed = [];
    private readonly Action<int, int> _takeBlock;
    private readonly (long Gradient, long Hessian)[] _blockSums;
    private readonly int _maxBatch;
    private HistogramNode? _root;
    private bool[] _inSample = [];

    /// <param name="schema">The columns.</param>
    /// <param name="bins">Their bins.</param>
    /// <param name="gradients">Quantised anew before each tree.</param>
    /// <param name="limits">What a tree may be.</param>
    /// <param name="columns">Which columns a node may split on.</param>
    /// <param name="team">Who works.</param>
    public GradientTreeGrower(
        FeatureSchema schema,
        HistogramBins bins,
        QuantizedGradients gradients,
        GradientTreeLimits limits,
        ColumnSampler columns,
        WorkerTeam team)
    {
        _columns = columns;
        _limits = limits;
        _team = team;
        Gradients = gradients;
        _partition = new BlockPartition(bins.RowCount, team.Size);
        _records = new HistogramNodes(_partition.BlockCount);
        _finder = new GradientSplitFinder(schema, bins, gradients, limits, team.Size);
        _expander = new NodeExpander(bins, _partition, _finder, columns, gradients, team, _records, limits);
        _blockSums = new (long, long)[_partition.BlockCount];
        _takeBlock = (block, _) => TakeBlock(block);
        _maxBatch = Math.Clamp(MaxBatchCells / bins.Layout.CellCount, 1, MaxBatch);
    }

    public QuantizedGradients Gradients { get; }

    /// <summary>The rows of a leaf within a block.</summary>
    public ReadOnlySpan<ushort> Rows(int block, Segment segment) => _partition.Rows(block, segment);

    /// <summary>Grows a tree on the gradients.</summary>
    /// <param name="treeKey">The source of random decisions.</param>
    /// <param name="inSample">By row whether the tree has it; empty for all.</param>
    /// <param name="leaves">Receives the leaves in the order of their numbers; theirs until the next tree is grown.</param>
    public (Tree Tree, TreeStatistics Statistics) Grow(ulong treeKey, bool[] inSample, List<GradientLeaf> leaves)
    {
        _builder.Begin(1, keepNodeValues: false);
        _records.Clear();
        leaves.Clear();
        _columns.Enter(treeKey);
        int leafCount = 1;
        int made = 0;
        Push(MakeRoot(treeKey, inSample), isFull: false, leaves, ref made);
        while (_frontier.Count > 0)
        {
            HistogramNode node = _frontier.Dequeue();
            if (leafCount >= _limits.MaxLeaves)
            {
                CloseExpanded(node, leaves);
                continue;
            }

            if (node.Left is null)
            {
                Expand(node, _limits.MaxLeaves - leafCount);
            }

            leafCount++;
            int number = _builder.AddInner(ToGrowing(node), node.Split, []);
            node.Left!.Parent = number;
            node.Right!.Parent = number;

            // Of a full tree the last children are leaves at once, whether or not somebody looked for their splits ahead of time:
            // so leaves have the same numbers however many nodes were made in one go.
            bool isFull = leafCount >= _limits.MaxLeaves;
            Push(node.Left, isFull, leaves, ref made);
            Push(node.Right, isFull, leaves, ref made);
        }

        return _builder.Build();
    }

    private HistogramNode MakeRoot(ulong key, bool[] inSample)
    {
        HistogramNode root = _records.Add(0, key, isLeft: false);
        _root = root;
        _inSample = inSample;
        _team.ForEach(_partition.BlockCount, _takeBlock);
        for (int block = 0; block < _blockSums.Length; block++)
        {
            root.RowCount += root.Segments[block].Count;
            root.Gradient += _blockSums[block].Gradient;
            root.Hessian += _blockSums[block].Hessian;
        }

        root.Constraints = _limits.Constraints?.Root;
        _expander.Open(root);
        return root;
    }

    private void TakeBlock(int block)
    {
        Segment segment = _inSample.Length == 0 ? _partition.TakeAll(block) : _partition.Take(block, _inSample);
        _root!.Segments[block] = segment;
        _blockSums[block] = Gradients.Sum(block * BinBlocks.Size, _partition.Rows(block, segment));
    }

    private void Push(HistogramNode node, bool isFull, List<GradientLeaf> leaves, ref int made)
    {
        if (!isFull && MaySplit(node))
        {
            _frontier.Enqueue(node, (_limits.LeafWise ? -node.Split.Gain : node.Depth, made++));
        }
        else
        {
            Close(node, leaves);
        }
    }

    private bool MaySplit(HistogramNode node) =>
        node.Split.Exists
        && node.RowCount >= _limits.MinSamplesSplit
        && node.Split.Gain > _limits.MinGain + (_limits.GainTolerance * Math.Abs(node.Split.Score));

    private void Close(HistogramNode node, List<GradientLeaf> leaves)
    {
        _expander.Release(node);
        double gradient = node.Gradient * Gradients.GradientUnit;
        double hessian = node.Hessian * Gradients.HessianUnit;
        leaves.Add(new GradientLeaf(node.Segments, node.RowCount, gradient, hessian, node.Constraints));
        _builder.AddLeaf(ToGrowing(node), [0]);
    }

    /// <summary>Closes a node whose children, where it has any, came too late.</summary>
    private void CloseExpanded(HistogramNode node, List<GradientLeaf> leaves)
    {
        if (node.Left is not null)
        {
            _expander.Release(node.Left);
            _expander.Release(node.Right!);
        }

        Close(node, leaves);
    }

    private GrowingNode ToGrowing(HistogramNode node) => new()
    {
        Parent = node.Parent,
        IsLeft = node.IsLeft,
        Depth = node.Depth,
        Key = node.Key,
        Summary = new NodeSummary(node.Hessian * Gradients.HessianUnit, node.RowCount, 0, false),
    };

    /// <summary>
    /// Makes the children of a node, and of those that will most likely be split after it. Level by level that is certain; by gain, a new
    /// child may come before them, so no more than half of the splits that are left are made ahead. A node that is not split after all
    /// has cost time only: what a node becomes does not depend on when.
    /// </summary>
    private void Expand(HistogramNode node, int splitsLeft)
    {
        _batch.Clear();
        _batch.Add(node);
        int wanted = Math.Min(_maxBatch, _limits.LeafWise ? Math.Max(Math.Min(_team.Size, splitsLeft), splitsLeft / 2) : splitsLeft);
        _passed.Clear();
        while (_passed.Count + 1 < wanted && _frontier.TryDequeue(out HistogramNode? next, out (double Order, int Made) order))
        {
            _passed.Add((next, order));
            if (next.Left is null)
            {
                _batch.Add(next);
            }
        }

        _frontier.EnqueueRange(_passed);
        _expander.Expand(_batch, splitsLeft == 1);
    }
}
