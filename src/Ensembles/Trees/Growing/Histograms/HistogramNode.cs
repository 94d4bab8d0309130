using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// A node of a tree that grows by histograms: its rows in every block, its sums, and the best split found. Nodes and their lists are
/// used again for the next tree.
/// </summary>
/// <param name="blockCount">The number of row blocks of the table.</param>
internal sealed class HistogramNode(int blockCount)
{
    public int Depth { get; private set; }

    /// <summary>Names the node by its path from the root: the source of its random decisions.</summary>
    public ulong Key { get; private set; }

    public bool IsLeft { get; private set; }

    /// <summary>The number of the inner node above, or −1 for the root.</summary>
    public int Parent { get; set; }

    /// <summary>Its rows, by block.</summary>
    public Segment[] Segments { get; } = new Segment[blockCount];

    public int RowCount { get; set; }

    /// <summary>The gradient sum in whole units.</summary>
    public long Gradient { get; set; }

    /// <summary>The hessian sum in whole units.</summary>
    public long Hessian { get; set; }

    /// <summary>The sums of its bins; null before they are built and after the children took them.</summary>
    public GradientHistogram? Histogram { get; set; }

    /// <summary>By bin the number of rows; null where nobody asks, or where the hessians of the histogram say it.</summary>
    public GradientHistogram? Counts { get; set; }

    /// <summary>What the splits above leave to the node; null where the fit has no constraints.</summary>
    public NodeConstraints? Constraints { get; set; }

    /// <summary>The best split found; its feature is −1 where there is none.</summary>
    public SplitCandidate Split { get; set; }

    /// <summary>The sums that the best split sends left.</summary>
    public long LeftGradient { get; set; }

    public long LeftHessian { get; set; }

    /// <summary>The children, once the node is expanded.</summary>
    public HistogramNode? Left { get; set; }

    public HistogramNode? Right { get; set; }

    /// <summary>Makes this the record of another node.</summary>
    public void Begin(int depth, ulong key, bool isLeft)
    {
        Depth = depth;
        Key = key;
        IsLeft = isLeft;
        Parent = -1;
        RowCount = 0;
        Gradient = 0;
        Hessian = 0;
        Histogram = null;
        Counts = null;
        Constraints = null;
        Split = SplitCandidate.None;
        LeftGradient = 0;
        LeftHessian = 0;
        Left = null;
        Right = null;
    }
}

/// <summary>The records of the nodes of one tree after the other.</summary>
/// <param name="blockCount">The number of row blocks of the table.</param>
internal sealed class HistogramNodes(int blockCount)
{
    private readonly List<HistogramNode> _nodes = [];
    private int _used;

    /// <summary>Takes back all records.</summary>
    public void Clear() => _used = 0;

    /// <summary>A record for a node.</summary>
    public HistogramNode Add(int depth, ulong key, bool isLeft)
    {
        if (_used == _nodes.Count)
        {
            _nodes.Add(new HistogramNode(blockCount));
        }

        HistogramNode node = _nodes[_used++];
        node.Begin(depth, key, isLeft);
        return node;
    }
}
