using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Makes the children of nodes: parts the rows, builds the histogram of the smaller child, subtracts for the larger, and finds the splits
/// of both. Several nodes go together. Large ones go block by block, so that a block of bins is fetched once for all of them; small ones,
/// one a worker.
/// </summary>
internal sealed class NodeExpander
{
    // Nodes of fewer rows are worked on by one worker each.
    private const int SmallNode = 16_384;

    // Nodes of fewer rows are done before all workers have come.
    private const int TinyNode = 2048;

    // Digits that one worker searches at a time.
    private const int DigitsPerPiece = 8;

    private readonly ColumnDigits _digits;
    private readonly int _columnCount;
    private readonly BlockPartition _partition;
    private readonly HistogramBuilder _builder;
    private readonly HistogramBuilder? _counter;
    private readonly GradientSplitFinder _finder;
    private readonly ColumnSampler _columns;
    private readonly QuantizedGradients _gradients;
    private readonly WorkerTeam _team;
    private readonly HistogramNodes _nodes;
    private readonly HistogramPool _pool;
    private readonly GradientTreeLimits _limits;
    private readonly byte[][] _workerSides;
    private readonly List<HistogramNode> _large = [];
    private readonly List<HistogramNode> _small = [];
    private readonly List<HistogramNode> _smaller = [];
    private readonly List<HistogramNode> _searched = [];
    private readonly List<NodeColumns> _searchedColumns = [];
    private readonly NodeColumns[] _workerColumns;
    private readonly List<byte[]> _sides = [];
    private readonly Action<int, int> _partLarge;
    private readonly Action<int, int> _subtractLarge;
    private readonly Action<int, int> _findPiece;
    private readonly Action<int, int> _expandSmall;
    private (int Feature, GradientSplitSearch.Found Found)[] _found = [];
    private int _pieces;
    private bool _isLast;

    public NodeExpander(
        HistogramBins bins,
        BlockPartition partition,
        GradientSplitFinder finder,
        ColumnSampler columns,
        QuantizedGradients gradients,
        WorkerTeam team,
        HistogramNodes nodes,
        GradientTreeLimits limits)
    {
        _digits = bins.Digits;
        _columnCount = bins.Columns.ColumnCount;
        _partition = partition;
        _finder = finder;
        _columns = columns;
        _gradients = gradients;
        _team = team;
        _nodes = nodes;
        _limits = limits;
        _builder = new HistogramBuilder(bins, partition, gradients, team, node => node.Histogram!);
        _counter = limits.MinSamplesLeaf > 1
            ? new HistogramBuilder(bins, partition, QuantizedGradients.Ones(partition.RowCount), team, node => node.Counts!)
            : null;
        _pool = new HistogramPool(bins.Layout);
        _workerSides = [.. Enumerable.Range(0, team.Size).Select(_ => new byte[BinnedTable.MaxBinsWithMissing])];
        _workerColumns = [.. Enumerable.Range(0, team.Size).Select(_ => new NodeColumns(_columnCount))];
        _partLarge = PartLarge;
        _subtractLarge = (index, _) => Subtract(_large[index]);
        _findPiece = FindPiece;
        _expandSmall = ExpandSmall;
    }

    /// <summary>Builds the histogram of the root and finds its split.</summary>
    public void Open(HistogramNode root)
    {
        if (_limits.MaxDepth == 0)
        {
            return;
        }

        Rent(root);
        _smaller.Clear();
        _smaller.Add(root);
        Build();
        _searched.Clear();
        _searched.Add(root);
        Search();
    }

    /// <summary>Makes the children of nodes.</summary>
    /// <param name="batch">The nodes, each with a split.</param>
    /// <param name="isLast">Whether their children are leaves in any case.</param>
    public void Expand(List<HistogramNode> batch, bool isLast)
    {
        _isLast = isLast;
        _large.Clear();
        _small.Clear();
        foreach (HistogramNode node in batch)
        {
            node.Left = _nodes.Add(node.Depth + 1, KeyedRandom.Mix(node.Key, 1), isLeft: true);
            node.Right = _nodes.Add(node.Depth + 1, KeyedRandom.Mix(node.Key, 2), isLeft: false);
            (node.RowCount < SmallNode ? _small : _large).Add(node);
        }

        // A worker alone would keep the others waiting.
        if (_small.Count < _team.Size)
        {
            for (int i = _small.Count - 1; i >= 0; i--)
            {
                if (_small[i].RowCount >= TinyNode)
                {
                    _large.Add(_small[i]);
                    _small.RemoveAt(i);
                }
            }
        }

        if (_large.Count > 0)
        {
            ExpandLarge();
        }

        _team.ForEach(_small.Count, _expandSmall);
    }

    /// <summary>Takes back the histogram of a node that is a leaf.</summary>
    public void Release(HistogramNode node)
    {
        if (node.Histogram is not null)
        {
            _pool.Return(node.Histogram);
            node.Histogram = null;
        }

        if (node.Counts is not null)
        {
            _pool.Return(node.Counts);
            node.Counts = null;
        }
    }

    private static HistogramNode Smaller(HistogramNode node) => node.Left!.RowCount <= node.Right!.RowCount ? node.Left : node.Right;

    private static HistogramNode Larger(HistogramNode node) => node.Left!.RowCount <= node.Right!.RowCount ? node.Right : node.Left;

    private bool CountsApart => _counter is not null && !_gradients.CountsRows;

    private void Rent(HistogramNode node)
    {
        node.Histogram = _pool.Rent();
        node.Counts = CountsApart ? _pool.Rent() : null;
    }

    private void Build()
    {
        _builder.Build(_smaller);
        if (CountsApart)
        {
            _counter!.Build(_smaller);
        }
    }

    private bool MaySplit(HistogramNode child) => !_isLast && child.Depth < _limits.MaxDepth;

    private void ExpandLarge()
    {
        for (int i = 0; i < _large.Count; i++)
        {
            if (i == _sides.Count)
            {
                _sides.Add(new byte[BinnedTable.MaxBinsWithMissing]);
            }

            _finder.Sides(_large[i], _sides[i]);
        }

        _team.ForEach(_partition.BlockCount * _large.Count, _partLarge);
        _smaller.Clear();
        _searched.Clear();
        foreach (HistogramNode node in _large)
        {
            CountRows(node);
            if (!MaySplit(node.Left!))
            {
                Release(node);
                continue;
            }

            HistogramNode smaller = Smaller(node);
            Rent(smaller);
            _smaller.Add(smaller);
            _searched.Add(node.Left!);
            _searched.Add(node.Right!);
        }

        if (_smaller.Count > 0)
        {
            Build();
            _team.ForEach(_large.Count, _subtractLarge);
            Search();
        }
    }

    private void PartLarge(int index, int worker) => Part(_large[index % _large.Count], index / _large.Count, _sides[index % _large.Count], worker);

    private void Part(HistogramNode node, int block, byte[] sides, int worker)
    {
        Segment segment = node.Segments[block];
        int left = segment.Count == 0
            ? 0
            : _partition.Split(block, segment, _digits.Rows(_digits.DigitOf(node.Split.Feature)), sides, worker);
        node.Left!.Segments[block] = new Segment(segment.Start, left);
        node.Right!.Segments[block] = new Segment(segment.Start + left, segment.Count - left);
    }

    private void CountRows(HistogramNode node)
    {
        HistogramNode left = node.Left!;
        HistogramNode right = node.Right!;
        foreach (Segment segment in left.Segments)
        {
            left.RowCount += segment.Count;
        }

        right.RowCount = node.RowCount - left.RowCount;
        left.Gradient = node.LeftGradient;
        left.Hessian = node.LeftHessian;
        right.Gradient = node.Gradient - node.LeftGradient;
        right.Hessian = node.Hessian - node.LeftHessian;
        if (_limits.Constraints is GrowthConstraints constraints)
        {
            (left.Constraints, right.Constraints) = constraints.Split(
                node.Constraints!, node.Split, Weight(node.Constraints!, left), Weight(node.Constraints!, right));
        }
    }

    private double Weight(NodeConstraints bounds, HistogramNode child) =>
        bounds.Clamp(_limits.Score.Weight(child.Gradient * _gradients.GradientUnit, child.Hessian * _gradients.HessianUnit));

    private NodeColumns TakeColumns(HistogramNode node, NodeColumns taken)
    {
        int[] columns = _columns.Of(node.Depth, node.Key);
        taken.Take(node.Constraints?.Filter(columns) ?? columns);
        return taken;
    }

    private void Subtract(HistogramNode node)
    {
        if (node.Histogram is null)
        {
            return;
        }

        HistogramNode larger = Larger(node);
        larger.Histogram = node.Histogram;
        node.Histogram = null;
        larger.Histogram.SubtractToSibling(
            Smaller(node).Histogram!, _gradients.IsPacked && larger.RowCount <= GradientHistogram.MaxPackedRows);
        if (node.Counts is not null)
        {
            larger.Counts = node.Counts;
            node.Counts = null;
            larger.Counts.SubtractToSibling(Smaller(node).Counts!, larger.RowCount <= GradientHistogram.MaxPackedRows);
        }
    }

    private void ExpandSmall(int index, int worker)
    {
        HistogramNode node = _small[index];
        byte[] sides = _workerSides[worker];
        _finder.Sides(node, sides);
        for (int block = 0; block < node.Segments.Length; block++)
        {
            Part(node, block, sides, worker);
        }

        CountRows(node);
        if (!MaySplit(node.Left!))
        {
            Release(node);
            return;
        }

        HistogramNode smaller = Smaller(node);
        Rent(smaller);
        _builder.Build(smaller, worker);
        if (CountsApart)
        {
            _counter!.Build(smaller, worker);
        }

        Subtract(node);
        FindOnWorker(node.Left!, worker);
        FindOnWorker(node.Right!, worker);
    }

    private void FindOnWorker(HistogramNode node, int worker)
    {
        NodeColumns columns = TakeColumns(node, _workerColumns[worker]);
        _finder.Find(node, columns, 0, _digits.Count, worker, out int feature, out GradientSplitSearch.Found found);
        if (feature >= 0)
        {
            _finder.Take(node, feature, found);
        }
    }

    /// <summary>Finds the splits of several nodes on all workers, some digits of a node at a time.</summary>
    private void Search()
    {
        for (int i = 0; i < _searched.Count; i++)
        {
            if (i == _searchedColumns.Count)
            {
                _searchedColumns.Add(new NodeColumns(_columnCount));
            }

            TakeColumns(_searched[i], _searchedColumns[i]);
        }

        _pieces = _team.Size == 1 ? 1 : (_digits.Count + DigitsPerPiece - 1) / DigitsPerPiece;
        if (_found.Length < _pieces * _searched.Count)
        {
            _found = new (int, GradientSplitSearch.Found)[_pieces * _searched.Count];
        }

        _team.ForEach(_pieces * _searched.Count, _findPiece);
        for (int i = 0; i < _searched.Count; i++)
        {
            int best = i * _pieces;
            for (int piece = best + 1; piece < (i + 1) * _pieces; piece++)
            {
                best = IsBetter(_found[piece], _found[best]) ? piece : best;
            }

            if (_found[best].Feature >= 0)
            {
                _finder.Take(_searched[i], _found[best].Feature, _found[best].Found);
            }
        }
    }

    /// <summary>Of equal scores the lower column is the better one.</summary>
    private static bool IsBetter(
        (int Feature, GradientSplitSearch.Found Found) split, (int Feature, GradientSplitSearch.Found Found) other) =>
        split.Feature >= 0
        && (split.Found.Score > other.Found.Score
            || (split.Found.Score == other.Found.Score && (other.Feature < 0 || split.Feature < other.Feature)));

    private void FindPiece(int index, int worker)
    {
        int node = index / _pieces;
        int piece = index % _pieces;
        int first = (int)((long)_digits.Count * piece / _pieces);
        int end = (int)((long)_digits.Count * (piece + 1) / _pieces);
        _finder.Find(
            _searched[node], _searchedColumns[node], first, end, worker, out int feature, out GradientSplitSearch.Found found);
        _found[index] = (feature, found);
    }
}
