using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Prediction;

/// <summary>
/// Trees that are asked together. All prediction of models of many trees goes through here, by a plain loop: each tree passes
/// over a block of rows while it is in cache.
/// </summary>
/// <param name="trees">The trees, all with the same number of values a leaf.</param>
internal sealed class TreeEnsemble(Tree[] trees)
{
    /// <summary>The trees; not to be written.</summary>
    public Tree[] Trees { get; } = trees;

    /// <summary>The number of values of a leaf.</summary>
    public int ValueWidth => Trees[0].ValueWidth;

    /// <summary>Adds to each row the leaf values of all trees, in the order of the trees.</summary>
    /// <param name="rows">Count × features, row after row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="sums">Count × <see cref="ValueWidth"/>.</param>
    public void AddValues(ReadOnlySpan<double> rows, int count, Span<double> sums)
    {
        int features = rows.Length / count;
        int width = ValueWidth;
        foreach (Tree tree in Trees)
        {
            for (int r = 0; r < count; r++)
            {
                ReadOnlySpan<double> values = tree.LeafValue(tree.LeafOf(rows.Slice(r * features, features)));
                Span<double> sum = sums.Slice(r * width, width);
                for (int k = 0; k < values.Length; k++)
                {
                    sum[k] += values[k];
                }
            }
        }
    }

    /// <summary>Adds to each row one for every tree at the class that is the most probable in its leaf; of equals the first.</summary>
    /// <param name="rows">Count × features, row after row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="votes">Count × <see cref="ValueWidth"/>.</param>
    public void AddVotes(ReadOnlySpan<double> rows, int count, Span<double> votes)
    {
        int features = rows.Length / count;
        int width = ValueWidth;
        foreach (Tree tree in Trees)
        {
            for (int r = 0; r < count; r++)
            {
                int leaf = tree.LeafOf(rows.Slice(r * features, features));
                votes[(r * width) + ClassificationModel.IndexOfMax(tree.LeafValue(leaf))]++;
            }
        }
    }

    /// <summary>Writes for each row the leaf that it reaches in each tree.</summary>
    /// <param name="rows">Count × features, row after row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="leaves">Count × trees.</param>
    public void FindLeaves(ReadOnlySpan<double> rows, int count, Span<int> leaves)
    {
        int features = rows.Length / count;
        for (int t = 0; t < Trees.Length; t++)
        {
            for (int r = 0; r < count; r++)
            {
                leaves[(r * Trees.Length) + t] = Trees[t].LeafOf(rows.Slice(r * features, features));
            }
        }
    }
}
