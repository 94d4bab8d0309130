using System.Runtime.InteropServices;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Collects the nodes of a tree while it grows and puts them into the final arrays: inner nodes in the order in which they
/// were split, then the leaves in the order in which they were closed.
/// </summary>
internal sealed class TreeBuilder
{
    private readonly List<Inner> _inner = [];
    private readonly List<NodeSummary> _leaves = [];
    private readonly List<double> _innerValues = [];
    private readonly List<double> _leafValues = [];
    private int _valueWidth;
    private bool _keepNodeValues;

    public int LeafCount => _leaves.Count;

    /// <summary>Begins a tree; the memory of the one before is used again.</summary>
    /// <param name="valueWidth">The number of values of a leaf.</param>
    /// <param name="keepNodeValues">Whether inner nodes keep what they would predict.</param>
    public void Begin(int valueWidth, bool keepNodeValues)
    {
        _valueWidth = valueWidth;
        _keepNodeValues = keepNodeValues;
        _inner.Clear();
        _leaves.Clear();
        _innerValues.Clear();
        _leafValues.Clear();
    }

    /// <summary>Adds an inner node below its parent and returns its number.</summary>
    public int AddInner(in GrowingNode node, in SplitCandidate split, ReadOnlySpan<double> value)
    {
        int number = _inner.Count;
        _inner.Add(new Inner { Split = split, Summary = node.Summary });
        if (_keepNodeValues)
        {
            _innerValues.AddRange(value);
        }

        Attach(node, number);
        return number;
    }

    /// <summary>Adds a leaf below its parent and returns its index.</summary>
    public int AddLeaf(in GrowingNode node, ReadOnlySpan<double> value)
    {
        int leaf = _leaves.Count;
        _leaves.Add(node.Summary);
        _leafValues.AddRange(value);
        Attach(node, ~leaf);
        return leaf;
    }

    public (Tree Tree, TreeStatistics Statistics) Build()
    {
        int inner = _inner.Count;
        int nodes = inner + _leaves.Count;
        var feature = new int[inner];
        var threshold = new double[inner];
        var left = new int[inner];
        var right = new int[inner];
        var defaultLeft = new bool[inner];
        var categories = new CategorySet?[inner];
        var gain = new double[inner];
        var cover = new double[nodes];
        var rowCount = new int[nodes];
        var impurity = new double[nodes];
        for (int i = 0; i < nodes; i++)
        {
            NodeSummary summary = i < inner ? _inner[i].Summary : _leaves[i - inner];
            cover[i] = summary.Weight;
            rowCount[i] = summary.RowCount;
            impurity[i] = summary.Impurity;
        }

        for (int i = 0; i < inner; i++)
        {
            Inner node = _inner[i];
            feature[i] = node.Split.Feature;
            threshold[i] = node.Split.Threshold;
            defaultLeft[i] = node.Split.DefaultLeft;
            categories[i] = node.Split.Categories;
            gain[i] = node.Split.Gain;
            left[i] = node.Left >= 0 ? node.Left : inner + ~node.Left;
            right[i] = node.Right >= 0 ? node.Right : inner + ~node.Right;
        }

        double[] leafValues = [.. _leafValues];
        double[] values = _keepNodeValues ? [.. _innerValues, .. _leafValues] : [];
        return (
            new Tree(feature, threshold, left, right, defaultLeft, categories, leafValues, _valueWidth),
            new TreeStatistics(cover, rowCount, impurity, gain, values, _keepNodeValues ? _valueWidth : 0));
    }

    private void Attach(in GrowingNode node, int reference)
    {
        if (node.Parent < 0)
        {
            return;
        }

        ref Inner parent = ref CollectionsMarshal.AsSpan(_inner)[node.Parent];
        if (node.IsLeft)
        {
            parent.Left = reference;
        }
        else
        {
            parent.Right = reference;
        }
    }

    private struct Inner
    {
        public SplitCandidate Split { get; init; }

        public NodeSummary Summary { get; init; }

        public int Left { get; set; }

        public int Right { get; set; }
    }
}
