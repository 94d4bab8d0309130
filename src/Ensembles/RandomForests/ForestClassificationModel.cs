using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>A trained forest of classification trees: a random forest or extra-trees.</summary>
public sealed class ForestClassificationModel : ClassificationModel, IFeatureImportances
{
    private readonly Forest _forest;

    internal ForestClassificationModel(
        FeatureSchema schema, ClassLabels classes, ForestClassifier recipe, Forest forest, ForestOutOfBagClassification? outOfBag)
        : base(schema, classes)
    {
        Recipe = recipe;
        _forest = forest;
        OutOfBag = outOfBag;
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public ForestClassifier Recipe { get; }

    /// <summary>The trees.</summary>
    public IReadOnlyList<Tree> Trees => _forest.Trees;

    /// <summary>For each tree what training knew of its nodes.</summary>
    public IReadOnlyList<TreeStatistics> Statistics => _forest.Statistics;

    /// <summary>
    /// The estimate from the rows that trees did not draw; null where the recipe asked for none, or no tree leaves a row out.
    /// </summary>
    public ForestOutOfBagClassification? OutOfBag { get; }

    /// <summary>
    /// By feature, the mean over the trees of its share of all that the splits of the tree gained (Breiman's impurity importance);
    /// they sum to 1, or are all 0. They favour features of many values, also where these say nothing.
    /// </summary>
    public double[] FeatureImportances() => _forest.ImpurityImportances(Schema.Count);

    /// <summary>How many trees vote for each class, for every row.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>Rows × classes; each row sums to the number of trees.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public int[,] PredictVotes(FeatureTable table)
    {
        int[,] leaves = LeafIndices(table);
        var votes = new int[leaves.GetLength(0), ClassCount];
        for (int r = 0; r < votes.GetLength(0); r++)
        {
            for (int t = 0; t < Trees.Count; t++)
            {
                votes[r, IndexOfMax(Trees[t].LeafValue(leaves[r, t]))]++;
            }
        }

        return votes;
    }

    /// <summary>The leaf that each row reaches in each tree.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>Rows × trees, leaf indices from 0 as in <see cref="Tree.LeafOf"/>.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public int[,] LeafIndices(FeatureTable table) => _forest.LeafIndices(table, Schema);

    internal override void PredictBlock(ReadOnlySpan<double> rows, int count, Span<double> output)
    {
        output.Clear();
        if (Recipe.Voting == Voting.Majority)
        {
            _forest.Ensemble.AddVotes(rows, count, output);
        }
        else
        {
            _forest.Ensemble.AddValues(rows, count, output);
        }

        foreach (ref double value in output)
        {
            value /= Trees.Count;
        }
    }
}
