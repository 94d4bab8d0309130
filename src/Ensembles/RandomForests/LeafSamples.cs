using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>The training rows in the leaves of a tree, each with its share of the weight of its leaf.</summary>
internal sealed class LeafSamples
{
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly double[] _shares;

    /// <param name="starts">By leaf, and once more at the end, the place of its first row.</param>
    /// <param name="rows">Leaf after leaf.</param>
    /// <param name="shares">One a row.</param>
    public LeafSamples(int[] starts, int[] rows, double[] shares)
    {
        _starts = starts;
        _rows = rows;
        _shares = shares;
    }

    /// <param name="grown">The tree.</param>
    /// <param name="weights">The weight in this tree of each row of the table.</param>
    public static LeafSamples Of(in GrownTree grown, double[] weights)
    {
        int leaves = grown.Tree.LeafCount;
        var starts = new int[leaves + 1];
        var rows = new List<int>();
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            rows.AddRange(grown.LeafRows(leaf));
            starts[leaf + 1] = rows.Count;
        }

        var shares = new double[rows.Count];
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            double cover = grown.Statistics.Cover(grown.Tree.InnerCount + leaf);
            for (int i = starts[leaf]; i < starts[leaf + 1]; i++)
            {
                shares[i] = weights[rows[i]] / cover;
            }
        }

        return new LeafSamples(starts, [.. rows], shares);
    }

    /// <summary>By leaf, and once more at the end, the place of its first row.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>The rows of all leaves, leaf after leaf.</summary>
    public ReadOnlySpan<int> AllRows => _rows;

    /// <summary>The shares of these rows.</summary>
    public ReadOnlySpan<double> AllShares => _shares;

    /// <summary>The rows of a leaf.</summary>
    public ReadOnlySpan<int> Rows(int leaf) => _rows.AsSpan(_starts[leaf].._starts[leaf + 1]);

    /// <summary>The shares of these rows; they sum to 1.</summary>
    public ReadOnlySpan<double> Shares(int leaf) => _shares.AsSpan(_starts[leaf].._starts[leaf + 1]);
}
