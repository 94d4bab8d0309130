namespace Ensembles.Trees.Pruning;

/// <summary>Cuts the branches of a tree that are not worth their leaves.</summary>
internal static class TreePruner
{
    private const int Absent = -1;

    /// <summary>The smallest subtree that makes impurity + alpha · leaves least; at alpha 0 the tree itself.</summary>
    /// <param name="tree">A tree.</param>
    /// <param name="statistics">What training knew of its nodes, values included.</param>
    /// <param name="alpha">The price of a leaf, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is negative or not a number.</exception>
    public static (Tree Tree, TreeStatistics Statistics) Prune(Tree tree, TreeStatistics statistics, double alpha)
    {
        if (!(alpha >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha must be at least 0.");
        }

        if (alpha == 0)
        {
            return (tree, statistics);
        }

        double[] collapse = new WeakestLinks(tree, statistics).CollapseAlphas();
        bool[] stays = Array.ConvertAll(collapse, c => c > alpha);
        return stays.AsSpan().Contains(false) ? Keep(tree, statistics, stays, out _) : (tree, statistics);
    }

    /// <summary>
    /// The tree of the inner nodes that stay. Where the statistics have no values, those of the leaves are 0 and to be filled in.
    /// </summary>
    /// <param name="tree">A tree.</param>
    /// <param name="statistics">What training knew of its nodes.</param>
    /// <param name="stays">By inner node; with a node all nodes above it stay.</param>
    /// <param name="oldNodes">By node of the new tree its number in the old one.</param>
    internal static (Tree Tree, TreeStatistics Statistics) Keep(
        Tree tree, TreeStatistics statistics, bool[] stays, out int[] oldNodes)
    {
        oldNodes = Renumber(tree, stays, out int[] newNumber);
        int inner = stays.AsSpan().Count(true);
        int width = statistics.ValueWidth;
        var feature = new int[inner];
        var threshold = new double[inner];
        var left = new int[inner];
        var right = new int[inner];
        var defaultLeft = new bool[inner];
        var categories = new CategorySet?[inner];
        var gain = new double[inner];
        for (int node = 0; node < inner; node++)
        {
            int old = oldNodes[node];
            feature[node] = tree.Feature(old);
            threshold[node] = tree.Threshold(old);
            left[node] = newNumber[tree.Left(old)];
            right[node] = newNumber[tree.Right(old)];
            defaultLeft[node] = tree.DefaultLeft(old);
            categories[node] = tree.Categories(old);
            gain[node] = statistics.Gain(old);
        }

        var values = new double[oldNodes.Length * width];
        for (int node = 0; node < oldNodes.Length; node++)
        {
            statistics.Value(oldNodes[node]).CopyTo(values.AsSpan(node * width));
        }

        double[] leafValues = width > 0 ? values[(inner * width)..] : new double[(inner + 1) * tree.ValueWidth];
        return (
            new Tree(feature, threshold, left, right, defaultLeft, categories, leafValues, tree.ValueWidth),
            new TreeStatistics(
                Array.ConvertAll(oldNodes, statistics.Cover),
                Array.ConvertAll(oldNodes, statistics.RowCount),
                Array.ConvertAll(oldNodes, statistics.Impurity),
                gain,
                values,
                width));
    }

    /// <summary>The old numbers of the nodes that are left: inner ones, then leaves, each in their old order.</summary>
    private static int[] Renumber(Tree tree, bool[] stays, out int[] newNumber)
    {
        var inTree = new bool[tree.NodeCount];
        inTree[0] = true;
        for (int node = 0; node < stays.Length; node++)
        {
            if (stays[node])
            {
                inTree[tree.Left(node)] = true;
                inTree[tree.Right(node)] = true;
            }
        }

        int[] oldNodes =
        [
            .. Enumerable.Range(0, stays.Length).Where(node => stays[node]),
            .. Enumerable.Range(0, inTree.Length).Where(node => inTree[node] && (tree.IsLeaf(node) || !stays[node])),
        ];
        newNumber = new int[inTree.Length];
        Array.Fill(newNumber, Absent);
        for (int node = 0; node < oldNodes.Length; node++)
        {
            newNumber[oldNodes[node]] = node;
        }

        return oldNodes;
    }
}
