using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>A trained forest of classification trees: a random forest or extra-trees.</summary>
public sealed class ForestClassificationModel : ClassificationModel, IFeatureImportances, ITreeSumModel
{
    private readonly Forest _forest;
    private readonly TreeEnsemble _ensemble;
    private readonly TrainingMark _training;

    internal ForestClassificationModel(
        ClassificationDataset data, ForestClassifier recipe, Forest forest, ForestOutOfBagClassification? outOfBag)
        : this(data.Schema, data.Classes, recipe, forest, outOfBag, TrainingMark.Of(data))
    {
    }

    internal ForestClassificationModel(
        FeatureSchema schema,
        ClassLabels classes,
        ForestClassifier recipe,
        Forest forest,
        ForestOutOfBagClassification? outOfBag,
        TrainingMark training)
        : base(schema, classes)
    {
        Recipe = recipe;
        OutOfBag = outOfBag;
        _forest = forest;
        _ensemble = recipe.Voting == Voting.Majority ? TreeEnsemble.OfVotes(forest.Ensemble.Trees) : forest.Ensemble;
        _training = training;
    }

    internal Forest Forest => _forest;

    internal TrainingMark Training => _training;

    /// <summary>The recipe that gives the model, its count that of the trees.</summary>
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

    /// <summary>The share of trees in which two rows of a table reach the same leaf, for every pair (Breiman's proximities).</summary>
    /// <param name="table">The rows; its columns are found by name. The result has as many cells as rows times rows.</param>
    /// <returns>A symmetric matrix whose diagonal is 1.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public double[,] Proximities(FeatureTable table) => ForestProximities.Among(LeafIndices(table));

    /// <summary>The share of trees in which a row of one table and a row of another reach the same leaf.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="others">The rows they are compared with, say the training rows.</param>
    /// <returns>Rows × other rows.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public double[,] Proximities(FeatureTable table, FeatureTable others) =>
        ForestProximities.Between(LeafIndices(table), LeafIndices(others));

    /// <summary>
    /// The proximities of the training rows, each pair by those trees alone that drew neither: free of the pull by which a tree parts
    /// the rows it was grown on.
    /// </summary>
    /// <param name="data">The training set.</param>
    /// <returns>A symmetric matrix whose diagonal is 1; NaN where every tree drew one of the two.</returns>
    /// <exception cref="ArgumentException">The data are not those that the forest was trained on.</exception>
    public double[,] OutOfBagProximities(ClassificationDataset data)
    {
        _training.Check(data, Schema, Classes);
        RowSampler rows = Recipe.Plan(data).Rows;
        OutOfBagMarks outOfBag = OutOfBagMarks.Of(rows, Trees.Count, ParallelWork.Resolve(null), CancellationToken.None);
        return ForestProximities.OutOfBag(LeafIndices(data.Features), outOfBag);
    }

    /// <summary>
    /// Breiman's permutation importances from the rows that trees did not draw: by how much the error of a tree rises when the values of a
    /// feature are shuffled among these rows. Unlike <see cref="FeatureImportances"/> they do not favour features of many values.
    /// </summary>
    /// <param name="data">The training set.</param>
    /// <param name="repeats">How many shuffles of each feature each tree tries, at least 1 (default).</param>
    /// <param name="options">How many threads to use; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One a feature: the mean rise of the misclassified share over the trees, and its standard error.</returns>
    /// <exception cref="ArgumentException">The data are not those that the forest was trained on.</exception>
    /// <exception cref="InvalidOperationException">No tree leaves a row out.</exception>
    public ImportanceList<PermutationImportance> PermutationImportances(
        ClassificationDataset data, int repeats = 1, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        _training.Check(data, Schema, Classes);
        return new Permutation(this, data).Compute(repeats, (options ?? FitOptions.Default).ThreadsWithoutSnapshots, cancellationToken);
    }

    /// <summary>Grows more trees on the same data: the model that the recipe gives with a greater count, to the last bit.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="more">How many trees to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model of the trees so far and the new ones; this one is not changed.</returns>
    /// <exception cref="ArgumentException">The data are not those that the forest was trained on.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="more"/> is below 1.</exception>
    public ForestClassificationModel Continue(
        ClassificationDataset data, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        _training.Check(data, Schema, Classes);
        return Recipe.Grow(data, _forest, more, options ?? FitOptions.Default, cancellationToken);
    }

    TreeSum ITreeSumModel.ToTreeSum() => TreeSum.OfMean(Schema, _ensemble.Parts, Statistics, Classes);

    internal override IBatchPrediction Batches => _ensemble;

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        output.Clear();
        _ensemble.Add(rows, output);
        foreach (ref double value in output)
        {
            value /= Trees.Count;
        }
    }

    private sealed class Permutation(ForestClassificationModel model, ClassificationDataset data)
        : ForestPermutation(model._forest, model.Recipe.Plan(data).Rows, data, model.Recipe.Seed)
    {
        protected override double Loss(int row, ReadOnlySpan<double> leafValue) => IndexOfMax(leafValue) == data.LabelArray[row] ? 0 : 1;
    }
}
