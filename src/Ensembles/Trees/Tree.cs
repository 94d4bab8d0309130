namespace Ensembles.Trees;

/// <summary>
/// One binary decision tree, immutable. Nodes are numbered: the inner ones first, from the root at 0, then the leaves. So a
/// node is a leaf when its number is at least <see cref="InnerCount"/>, and a tree of one leaf has the single node 0.
/// </summary>
/// <remarks>
/// A row goes left at a numeric node when its value is at most the threshold, at a categorical node when its category is in
/// the node's set. A missing value takes the node's default side, and so does a category that the schema does not have.
/// Covers, gains and the like, which prediction never reads, are in <see cref="TreeStatistics"/>.
/// </remarks>
public sealed class Tree
{
    private readonly int[] _feature;
    private readonly double[] _threshold;
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly bool[] _defaultLeft;
    private readonly CategorySet?[] _categories;
    private readonly double[] _leafValues;
    private readonly bool _hasCategories;

    internal Tree(
        int[] feature, double[] threshold, int[] left, int[] right, bool[] defaultLeft, CategorySet?[] categories, double[] leafValues, int valueWidth)
    {
        _feature = feature;
        _threshold = threshold;
        _left = left;
        _right = right;
        _defaultLeft = defaultLeft;
        _categories = categories;
        _hasCategories = Array.Exists(categories, set => set is not null);
        _leafValues = leafValues;
        ValueWidth = valueWidth;
        Depth = NodeDepths().Max();
    }

    /// <summary>The number of nodes that split.</summary>
    public int InnerCount => _feature.Length;

    /// <summary>The number of leaves: one more than the nodes that split.</summary>
    public int LeafCount => InnerCount + 1;

    /// <summary>The number of all nodes.</summary>
    public int NodeCount => InnerCount + LeafCount;

    /// <summary>The number of splits on the longest way from the root to a leaf; 0 for a single leaf.</summary>
    public int Depth { get; }

    /// <summary>The number of values that a leaf has: 1, or one a class.</summary>
    public int ValueWidth { get; }

    /// <summary>Whether a node is a leaf.</summary>
    /// <param name="node">The number of the node.</param>
    public bool IsLeaf(int node) => node >= InnerCount;

    /// <summary>The column that an inner node reads.</summary>
    /// <param name="node">The number of an inner node.</param>
    public int Feature(int node) => _feature[node];

    /// <summary>The threshold of a numeric inner node: values up to it, itself included, go left.</summary>
    /// <param name="node">The number of an inner node.</param>
    public double Threshold(int node) => _threshold[node];

    /// <summary>The categories that go left at an inner node, or null where it splits a number.</summary>
    /// <param name="node">The number of an inner node.</param>
    public CategorySet? Categories(int node) => _categories[node];

    /// <summary>Whether missing values go left at an inner node.</summary>
    /// <param name="node">The number of an inner node.</param>
    public bool DefaultLeft(int node) => _defaultLeft[node];

    /// <summary>The left child of an inner node.</summary>
    /// <param name="node">The number of an inner node.</param>
    public int Left(int node) => _left[node];

    /// <summary>The right child of an inner node.</summary>
    /// <param name="node">The number of an inner node.</param>
    public int Right(int node) => _right[node];

    /// <summary>The values of a leaf: the mean or median of the target, or the share of each class.</summary>
    /// <param name="leaf">The index of the leaf, from 0: its node number less <see cref="InnerCount"/>.</param>
    public ReadOnlySpan<double> LeafValue(int leaf) => _leafValues.AsSpan(leaf * ValueWidth, ValueWidth);

    /// <summary>The values of all leaves, leaf after leaf; not to be written.</summary>
    internal double[] LeafValues => _leafValues;

    /// <summary>The leaf that a row reaches.</summary>
    /// <param name="row">The features in the order of the schema, NaN where missing.</param>
    /// <returns>The index of the leaf, from 0.</returns>
    public int LeafOf(ReadOnlySpan<double> row)
    {
        int[] feature = _feature;
        int node = 0;
        if (_hasCategories)
        {
            while (node < feature.Length)
            {
                node = GoesLeft(node, row[feature[node]]) ? _left[node] : _right[node];
            }

            return node - feature.Length;
        }

        // Without categories a node is a comparison, and the sets need not be looked for.
        while ((uint)node < (uint)feature.Length)
        {
            double value = row[feature[node]];
            bool left = value <= _threshold[node] || (double.IsNaN(value) && _defaultLeft[node]);
            node = left ? _left[node] : _right[node];
        }

        return node - feature.Length;
    }

    /// <summary>Whether a value goes left at an inner node.</summary>
    /// <param name="node">The number of an inner node.</param>
    /// <param name="value">The value of its feature, or the code of its category; NaN where missing.</param>
    public bool GoesLeft(int node, double value)
    {
        CategorySet? categories = _categories[node];
        if (categories is null)
        {
            return value <= _threshold[node] || (double.IsNaN(value) && _defaultLeft[node]);
        }

        return categories.TryGetCode(value, out int code) ? categories.Contains(code) : _defaultLeft[node];
    }

    /// <summary>The same tree over a wider table, for a tree that was grown on some of its columns.</summary>
    /// <param name="columns">For each column that the tree was grown on its column in the wider table.</param>
    internal Tree WithFeatures(int[] columns) =>
        new(Array.ConvertAll(_feature, f => columns[f]), _threshold, _left, _right, _defaultLeft, _categories, _leafValues, ValueWidth);

    /// <summary>The same splits with other values in the leaves.</summary>
    /// <param name="leafValues">One value a leaf.</param>
    internal Tree WithLeafValues(double[] leafValues) =>
        new(_feature, _threshold, _left, _right, _defaultLeft, _categories, leafValues, 1);

    /// <summary>The depth of each node: its number of splits from the root.</summary>
    internal int[] NodeDepths()
    {
        var depth = new int[NodeCount];
        for (int node = 0; node < InnerCount; node++)
        {
            // Parents are numbered before their children.
            depth[_left[node]] = depth[_right[node]] = depth[node] + 1;
        }

        return depth;
    }
}
