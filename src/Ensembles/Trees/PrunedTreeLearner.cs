using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees.Pruning;

namespace Ensembles.Trees;

/// <summary>
/// The hyper-parameters of learners that grow a tree, choose by cross-validation how far to prune it (Breiman, Friedman, Olshen
/// and Stone 1984, chapter 3), and prune it. Rows fall into folds by <see cref="Learner.Seed"/>, which is also added to the seed
/// of the tree.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What it gives.</typeparam>
public abstract record PrunedTreeLearner<TDataset, TModel> : Learner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private readonly int _folds = 10;
    private readonly double _standardErrors = 1;

    private protected PrunedTreeLearner()
    {
    }

    /// <summary>The number of folds, at least 2 (default 10); where there are fewer rows, one fold a row.</summary>
    public int Folds
    {
        get => _folds;
        init => _folds = CheckRange(value, 2);
    }

    /// <summary>
    /// The smallest subtree is taken whose error is at most the least one plus this many standard errors: at least 0, which takes
    /// the least error; 1 (default) is the book's rule.
    /// </summary>
    public double StandardErrors
    {
        get => _standardErrors;
        init => _standardErrors = CheckRange(value, 0, double.PositiveInfinity);
    }

    /// <summary>The rows of weight above 0, with these weights.</summary>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    private protected static TDataset RowsToValidate(TDataset data, double[] weights)
    {
        int[] rows = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        if (rows.Length < 2)
        {
            throw new ArgumentException("Cross-validation needs at least two rows of weight above 0.", nameof(data));
        }

        TDataset weighted = data.WithWeights(weights);
        return rows.Length == weights.Length ? weighted : weighted.SelectRows(rows);
    }
}
