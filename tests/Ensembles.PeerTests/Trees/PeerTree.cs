using Ensembles.Trees;

namespace Ensembles.PeerTests.Trees;

/// <summary>scikit-learn's arrays of nodes, the root at 0; a leaf has −1 as its children.</summary>
internal sealed record PeerTree(
    int[] Left,
    int[] Right,
    int[] Feature,
    double[] Threshold,
    double[] Impurity,
    int[] Rows,
    double[] Weight,
    double[] Value,
    double[] Importances)
{
    public int NodeCount => Left.Length;

    public bool IsLeaf(int node) => Left[node] < 0;

    /// <summary>
    /// The same tree in the library's form: inner nodes first, here in the order of their numbers, then the leaves. Values are
    /// those of scikit-learn.
    /// </summary>
    public (Tree Tree, TreeStatistics Statistics) ToTree()
    {
        int[] nodes = [.. Enumerable.Range(0, NodeCount).OrderBy(IsLeaf)];
        int[] numbers = new int[NodeCount];
        for (int i = 0; i < nodes.Length; i++)
        {
            numbers[nodes[i]] = i;
        }

        int[] inner = nodes[..(NodeCount / 2)];
        int width = Value.Length / NodeCount;
        double[] values = [.. nodes.SelectMany(node => ValueOf(node).ToArray())];
        double[] gains = [.. inner.Select(node =>
            (Weight[node] * Impurity[node]) - (Weight[Left[node]] * Impurity[Left[node]]) - (Weight[Right[node]] * Impurity[Right[node]]))];
        return (
            new Tree(
                [.. inner.Select(node => Feature[node])],
                [.. inner.Select(node => Threshold[node])],
                [.. inner.Select(node => numbers[Left[node]])],
                [.. inner.Select(node => numbers[Right[node]])],
                new bool[inner.Length],
                new CategorySet?[inner.Length],
                values[(inner.Length * width)..],
                width),
            new TreeStatistics(
                [.. nodes.Select(node => Weight[node])],
                [.. nodes.Select(node => Rows[node])],
                [.. nodes.Select(node => Impurity[node])],
                gains,
                values,
                width));
    }

    /// <summary>The mean or median of a node, or the weight of each class.</summary>
    public ReadOnlySpan<double> ValueOf(int node)
    {
        int width = Value.Length / NodeCount;
        return Value.AsSpan(node * width, width);
    }
}
