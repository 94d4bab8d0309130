namespace Ensembles.Trees;

/// <summary>What training knew of the nodes of a tree and prediction does not need, indexed by node number.</summary>
public sealed class TreeStatistics
{
    private readonly double[] _cover;
    private readonly int[] _rowCount;
    private readonly double[] _impurity;
    private readonly double[] _gain;
    private readonly double[] _values;

    internal TreeStatistics(double[] cover, int[] rowCount, double[] impurity, double[] gain, double[] values, int valueWidth)
    {
        _cover = cover;
        _rowCount = rowCount;
        _impurity = impurity;
        _gain = gain;
        _values = values;
        ValueWidth = valueWidth;
    }

    /// <summary>The number of values of a node: 1, or one a class; 0 where the values of inner nodes were not kept.</summary>
    public int ValueWidth { get; }

    /// <summary>The weight of the training rows that reached a node.</summary>
    /// <param name="node">The number of the node.</param>
    public double Cover(int node) => _cover[node];

    /// <summary>The number of training rows of weight above 0 that reached a node.</summary>
    /// <param name="node">The number of the node.</param>
    public int RowCount(int node) => _rowCount[node];

    /// <summary>The impurity of a node, by the criterion of the tree.</summary>
    /// <param name="node">The number of the node.</param>
    public double Impurity(int node) => _impurity[node];

    /// <summary>
    /// What the split of an inner node gained: cover × impurity of the node, less the same of its children, which for squared
    /// errors is Friedman's improvement.
    /// </summary>
    /// <param name="node">The number of an inner node.</param>
    public double Gain(int node) => _gain[node];

    /// <summary>What the tree would predict if it ended at this node; empty where the values were not kept.</summary>
    /// <param name="node">The number of the node.</param>
    public ReadOnlySpan<double> Value(int node) => _values.AsSpan(node * ValueWidth, ValueWidth);
}
