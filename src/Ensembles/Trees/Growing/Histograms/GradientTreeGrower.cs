using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>What a tree on gradients is allowed to be.</summary>
internal sealed record GradientTreeLimits
{
    public int MaxDepth { get; init; } = int.MaxValue;

    public int MaxLeaves { get; init; } = int.MaxValue;

    /// <summary>Whether the node of the largest gain is split first; otherwise level by level.</summary>
    public bool LeafWise { get; init; }

    public double MinChildWeight { get; init; }

    /// <summary>A split must gain more than this.</summary>
    public double MinGain { get; init; }

    public NewtonScore Score { get; init; }
}

/// <summary>A leaf of a grown tree: its rows in every block, and its sums.</summary>
internal readonly record struct GradientLeaf(Segment[] Segments, int RowCount, double Gradient, double Hessian);

/// <summary>
/// Grows trees on gradients by histograms: builds the bins of the smaller child, subtracts for the larger. One grower serves all trees of
/// a fit, and nothing is allocated for a node but its own small record.
/// </summary>
internal sealed class GradientTreeGrower
{
    // Nodes of fewer rows are worked on by one worker each, several nodes at a time.
    private const int SmallNode = 16_384;

    private readonly FeatureSchema _schema;
    private readonly BinnedTable _binned;
    private readonly int _rowCount;
    private readonly GradientTreeLimits _limits;
    private readonly WorkerTeam _team;
    private readonly BlockPartition _partition;
    private readonly HistogramBuilder _builder;
    private readonly HistogramPool _pool;
    private readonly GradientSplitSearch[] _searches;
    private readonly byte[][] _sides;
    private readonly PriorityQueue<HistogramNode, (double Order, int Made)> _frontier;
    private readonly TreeBuilder _nodes = new();
    private readonly List<HistogramNode> _batch = [];
    private readonly List<(HistogramNode Node, (double Order, int Made) Place)> _passed = [];
    private readonly GradientSplitSearch.Found[] _found;
    private readonly ColumnSampler _columns;

    /// <param name="schema">The columns.</param>
    /// <param name="binned">Their bins.</param>
    /// <param name="bins">The same row by row.</param>
    /// <param name="gradients">Quantised anew before each tree.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="limits">What a tree may be.</param>
    /// <param name="columns">Which columns a node may split on.</param>
    /// <param name="team">Who works.</param>
    public GradientTreeGrower(
        FeatureSchema schema,
        BinnedTable binned,
        RowMajorBins bins,
        QuantizedGradients gradients,
        int rowCount,
        GradientTreeLimits limits,
        ColumnSampler columns,
        WorkerTeam team)
    {
        _columns = columns;
        _schema = schema;
        _binned = binned;
        _rowCount = rowCount;
        _limits = limits;
        _team = team;
        Gradients = gradients;
        _partition = new BlockPartition(rowCount, team.Size);
        _builder = new HistogramBuilder(bins, _partition, gradients, team);
        _pool = new HistogramPool(bins.Stride);
        _searches = new GradientSplitSearch[team.Size];
        _sides = new byte[team.Size][];
        for (int w = 0; w < team.Size; w++)
        {
            _searches[w] = new GradientSplitSearch();
            _sides[w] = new byte[BinnedTable.MaxBinsWithMissing];
        }

        _frontier = new PriorityQueue<HistogramNode, (double, int)>();
        _found = new GradientSplitSearch.Found[2 * schema.Count];
    }

    public QuantizedGradients Gradients { get; }

    /// <summary>The rows of a leaf within a block.</summary>
    public ReadOnlySpan<ushort> Rows(int block, Segment segment) => _partition.Rows(block, segment);

    /// <summary>Grows a tree on the gradients.</summary>
    /// <param name="treeKey">The source of random decisions.</param>
    /// <param name="inSample">By row whether the tree has it; empty for all.</param>
    /// <param name="leaves">Receives the leaves in the order of their numbers.</param>
    public (Tree Tree, TreeStatistics Statistics) Grow(ulong treeKey, bool[] inSample, List<GradientLeaf> leaves)
    {
        TreeBuilder builder = _nodes;
        builder.Begin(1, keepNodeValues: false);
        leaves.Clear();
        _columns.Enter(treeKey);
        int leafCount = 1;
        int made = 0;
        HistogramNode root = MakeRoot(treeKey, inSample);
        Push(root, isFull: false, builder, leaves, ref made);
        while (_frontier.Count > 0)
        {
            HistogramNode node = _frontier.Dequeue();
            if (leafCount >= _limits.MaxLeaves)
            {
                CloseExpanded(node, builder, leaves);
                continue;
            }

            if (node.Left is null)
            {
                Expand(node, _limits.MaxLeaves - leafCount);
            }

            leafCount++;
            int number = builder.AddInner(ToGrowing(node), node.Split, []);
            node.Left!.Parent = number;
            node.Right!.Parent = number;

            // Of a full tree the last children are leaves at once, whether or not somebody looked for their splits ahead of time:
            // so leaves have the same numbers at any number of threads.
            bool isFull = leafCount >= _limits.MaxLeaves;
            Push(node.Left, isFull, builder, leaves, ref made);
            Push(node.Right, isFull, builder, leaves, ref made);
        }

        return builder.Build();
    }

    private HistogramNode MakeRoot(ulong key, bool[] inSample)
    {
        var segments = new Segment[_partition.BlockCount];
        var sums = new (long G, long H)[_partition.BlockCount];
        _team.ForEach(segments.Length, (block, _) =>
        {
            segments[block] = inSample.Length == 0 ? _partition.TakeAll(block) : _partition.Take(block, inSample);
            sums[block] = Sum(block, segments[block]);
        });
        int rows = segments.Sum(s => s.Count);
        var root = new HistogramNode
        {
            Depth = 0,
            Key = key,
            Segments = segments,
            RowCount = rows,
            Gradient = sums.Sum(s => s.G),
            Hessian = sums.Sum(s => s.H),
        };
        if (_limits.MaxDepth > 0)
        {
            root.Histogram = _pool.Rent();
            _builder.BuildOnTeam(root.Histogram, segments, rows);
            FindOnTeam(root, null);
        }

        return root;
    }

    private (long Gradient, long Hessian) Sum(int block, Segment segment)
    {
        long gradient = 0;
        long hessian = 0;
        int first = block * BinBlocks.Size;
        foreach (ushort row in _partition.Rows(block, segment))
        {
            if (Gradients.IsPacked)
            {
                uint packed = Gradients.Packed[first + row];
                gradient += (int)packed >> 16;
                hessian += packed & 0xFFFF;
            }
            else
            {
                gradient += Gradients.Wide[2 * (nint)(first + row)];
                hessian += Gradients.Wide[(2 * (nint)(first + row)) + 1];
            }
        }

        return (gradient, hessian);
    }

    private void Push(HistogramNode node, bool isFull, TreeBuilder builder, List<GradientLeaf> leaves, ref int made)
    {
        if (!isFull && node.Split.Exists && node.Split.Gain > _limits.MinGain)
        {
            _frontier.Enqueue(node, (_limits.LeafWise ? -node.Split.Gain : node.Depth, made++));
        }
        else
        {
            Close(node, builder, leaves);
        }
    }

    private void Close(HistogramNode node, TreeBuilder builder, List<GradientLeaf> leaves)
    {
        Release(node);
        double gradient = node.Gradient * Gradients.GradientUnit;
        double hessian = node.Hessian * Gradients.HessianUnit;
        leaves.Add(new GradientLeaf(node.Segments, node.RowCount, gradient, hessian));
        builder.AddLeaf(ToGrowing(node), [0]);
    }

    /// <summary>Closes a node whose children, where it has any, came too late.</summary>
    private void CloseExpanded(HistogramNode node, TreeBuilder builder, List<GradientLeaf> leaves)
    {
        if (node.Left is not null)
        {
            Release(node.Left);
            Release(node.Right!);
        }

        Close(node, builder, leaves);
    }

    private void Release(HistogramNode node)
    {
        if (node.Histogram is not null)
        {
            _pool.Return(node.Histogram);
            node.Histogram = null;
        }
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
    /// Makes the children of a node. A large node has all workers; a small one takes along those that will most likely be split next, one
    /// a worker. A node that then is not split after all has cost idle time only: what a node becomes does not depend on when.
    /// </summary>
    private void Expand(HistogramNode node, int splitsLeft)
    {
        if (node.RowCount >= SmallNode || _team.Size == 1)
        {
            ExpandOnTeam(node, splitsLeft);
            return;
        }

        _batch.Clear();
        _batch.Add(node);
        int wanted = Math.Min(_team.Size, splitsLeft);
        _passed.Clear();
        while (_batch.Count < wanted && _frontier.TryDequeue(out HistogramNode? next, out (double Order, int Made) order))
        {
            _passed.Add((next, order));
            if (next.Left is null && next.RowCount < SmallNode)
            {
                _batch.Add(next);
            }
        }

        _frontier.EnqueueRange(_passed);
        _team.ForEach(_batch.Count, (index, worker) => ExpandOnWorker(_batch[index], worker, splitsLeft));
    }

    private void ExpandOnTeam(HistogramNode node, int splitsLeft)
    {
        Sides(node, _sides[0]);
        var left = new Segment[node.Segments.Length];
        _team.ForEach(left.Length, (block, worker) => Part(node, block, left, _sides[0], worker));
        if (!MakeChildren(node, left, splitsLeft, out HistogramNode small, out HistogramNode large))
        {
            return;
        }

        small.Histogram = _pool.Rent();
        _builder.BuildOnTeam(small.Histogram, small.Segments, small.RowCount);
        TakeRest(node, small, large);
        FindOnTeam(small, large);
    }

    private void ExpandOnWorker(HistogramNode node, int worker, int splitsLeft)
    {
        Sides(node, _sides[worker]);
        var left = new Segment[node.Segments.Length];
        for (int block = 0; block < left.Length; block++)
        {
            Part(node, block, left, _sides[worker], worker);
        }

        if (!MakeChildren(node, left, splitsLeft, out HistogramNode small, out HistogramNode large))
        {
            return;
        }

        small.Histogram = _pool.Rent();
        _builder.Build(small.Histogram, small.Segments, small.RowCount, worker);
        TakeRest(node, small, large);
        FindOnWorker(small, worker);
        FindOnWorker(large, worker);
    }

    private void FindOnWorker(HistogramNode node, int worker)
    {
        foreach (int feature in _columns.Of(node))
        {
            Find(node, feature, worker, out GradientSplitSearch.Found found);
            Take(node, feature, found);
        }
    }

    private void TakeRest(HistogramNode node, HistogramNode small, HistogramNode large)
    {
        large.Histogram = node.Histogram!;
        node.Histogram = null;
        large.Histogram.SubtractToSibling(small.Histogram!, Gradients.IsPacked && large.RowCount <= GradientHistogram.MaxPackedRows);
    }

    private void Sides(HistogramNode node, byte[] sides)
    {
        BinMapper mapper = _binned.Mapper(node.Split.Feature);
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

    private void Part(HistogramNode node, int block, Segment[] left, byte[] sides, int worker)
    {
        Segment segment = node.Segments[block];
        int count = segment.Count == 0
            ? 0
            : _partition.Split(block, segment, _binned.Column(node.Split.Feature), sides, worker);
        left[block] = new Segment(segment.Start, count);
    }

    /// <summary>Makes the records of the children; false where neither can be split again.</summary>
    private bool MakeChildren(HistogramNode node, Segment[] leftSegments, int splitsLeft, out HistogramNode small, out HistogramNode large)
    {
        int leftRows = 0;
        var rightSegments = new Segment[leftSegments.Length];
        for (int b = 0; b < leftSegments.Length; b++)
        {
            leftRows += leftSegments[b].Count;
            rightSegments[b] = new Segment(leftSegments[b].Start + leftSegments[b].Count, node.Segments[b].Count - leftSegments[b].Count);
        }

        node.Left = new HistogramNode
        {
            IsLeft = true,
            Depth = node.Depth + 1,
            Key = KeyedRandom.Mix(node.Key, 1),
            Segments = leftSegments,
            RowCount = leftRows,
            Gradient = node.LeftGradient,
            Hessian = node.LeftHessian,
        };
        node.Right = new HistogramNode
        {
            Depth = node.Depth + 1,
            Key = KeyedRandom.Mix(node.Key, 2),
            Segments = rightSegments,
            RowCount = node.RowCount - leftRows,
            Gradient = node.Gradient - node.LeftGradient,
            Hessian = node.Hessian - node.LeftHessian,
        };
        (small, large) = leftRows <= node.RowCount - leftRows ? (node.Left, node.Right) : (node.Right, node.Left);
        if (node.Depth + 1 < _limits.MaxDepth && splitsLeft > 1)
        {
            return true;
        }

        Release(node);
        return false;
    }

    private void FindOnTeam(HistogramNode first, HistogramNode? second)
    {
        int[] firstColumns = _columns.Of(first);
        int[] secondColumns = second is null ? [] : _columns.Of(second);
        int split = firstColumns.Length;
        _team.ForEach(split + secondColumns.Length, (index, worker) => Find(
            index < split ? first : second!,
            index < split ? firstColumns[index] : secondColumns[index - split],
            worker,
            out _found[index]));
        for (int i = 0; i < split + secondColumns.Length; i++)
        {
            Take(i < split ? first : second!, i < split ? firstColumns[i] : secondColumns[i - split], _found[i]);
        }
    }

    private void Find(HistogramNode node, int feature, int worker, out GradientSplitSearch.Found found)
    {
        var sums = new GradientSplitSearch.NodeSums(node.Gradient, node.Hessian, Gradients.GradientUnit, Gradients.HessianUnit);
        long minHessian = Math.Max(1, (long)Math.Ceiling(_limits.MinChildWeight / Gradients.HessianUnit));
        BinMapper mapper = _binned.Mapper(feature);
        GradientSplitSearch search = _searches[worker];
        if (mapper.IsCategorical)
        {
            search.FindSet(node.Histogram!, feature, mapper, sums, _limits.Score, minHessian, out found);
        }
        else
        {
            search.FindThreshold(node.Histogram!, feature, mapper, sums, _limits.Score, minHessian, out found);
        }
    }

    /// <summary>Takes a split of a feature where it is the best so far; of equal scores the lower feature stays.</summary>
    private void Take(HistogramNode node, int feature, in GradientSplitSearch.Found found)
    {
        if (!(found.Score > node.Split.Score))
        {
            return;
        }

        BinMapper mapper = _binned.Mapper(feature);
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
            Gain = found.Score - _limits.Score.Score(node.Gradient * Gradients.GradientUnit, node.Hessian * Gradients.HessianUnit),
            LastLeft = found.LastLeft,
            Categories = found.LeftBins is null ? null : ToCategories(feature, mapper, histogram, found.LeftBins, defaultLeft),
            Threshold = found.LeftBins is not null ? 0 : next < mapper.BinCount
                ? SplitRules.Threshold(mapper.High(found.LastLeft), mapper.Low(next))
                : double.PositiveInfinity,
            DefaultLeft = defaultLeft,
        };
    }

    /// <summary>The categories of the bins that go left; those that the node has not go where missing values go.</summary>
    private CategorySet ToCategories(int feature, BinMapper mapper, GradientHistogram histogram, bool[] leftBins, bool defaultLeft)
    {
        var members = new bool[_schema[feature].Categories.Count];
        for (int code = 0; code < members.Length; code++)
        {
            int bin = mapper.BinOfCode(code);
            members[code] = histogram.Cell(feature, bin).Hessian > 0 ? leftBins[bin] : defaultLeft;
        }

        return new CategorySet(members.Length, members);
    }
}
