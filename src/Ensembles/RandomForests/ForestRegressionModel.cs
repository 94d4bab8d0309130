using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>A trained forest of regression trees: a random forest or extra-trees. It predicts the mean of its trees.</summary>
public sealed class ForestRegressionModel : RegressionModel, IFeatureImportances, ITreeSumModel
{
    private readonly Forest _forest;
    private readonly TrainingMark _training;
    private readonly QuantilePrediction? _quantiles;

    internal ForestRegressionModel(RegressionDataset data, ForestRegressor recipe, Forest forest, ForestOutOfBagRegression? outOfBag)
        : this(data.Schema, recipe, forest, outOfBag, TrainingMark.Of(data), recipe.KeepLeafSamples ? data.Targets : [])
    {
    }

    internal ForestRegressionModel(
        FeatureSchema schema,
        ForestRegressor recipe,
        Forest forest,
        ForestOutOfBagRegression? outOfBag,
        TrainingMark training,
        ReadOnlySpan<double> targets)
        : base(schema)
    {
        Recipe = recipe;
        OutOfBag = outOfBag;
        _forest = forest;
        _training = training;
        _quantiles = recipe.KeepLeafSamples ? new QuantilePrediction(forest.Ensemble, forest.Samples, targets) : null;
    }

    internal Forest Forest => _forest;

    internal TrainingMark Training => _training;

    /// <summary>The targets of the training rows; none where leaf samples were not kept.</summary>
    internal double[] LeafSampleTargets => _quantiles?.Targets() ?? [];

    /// <summary>The recipe that gives the model, its count that of the trees.</summary>
    public ForestRegressor Recipe { get; }

    /// <summary>The trees.</summary>
    public IReadOnlyList<Tree> Trees => _forest.Trees;

    /// <summary>For each tree what training knew of its nodes.</summary>
    public IReadOnlyList<TreeStatistics> Statistics => _forest.Statistics;

    /// <summary>
    /// The estimate from the rows that trees did not draw; null where the recipe asked for none, or no tree leaves a row out.
    /// </summary>
    public ForestOutOfBagRegression? OutOfBag { get; }

    /// <summary>
    /// By feature, the mean over the trees of its share of all that the splits of the tree gained (Breiman's impurity importance);
    /// they sum to 1, or are all 0. They favour features of many values, also where these say nothing.
    /// </summary>
    public double[] FeatureImportances() => _forest.ImpurityImportances(Schema.Count);

    /// <summary>
    /// Quantiles of the target of every row (Meinshausen 2006). A training row weighs what its share is, in the mean over the trees, of the
    /// leaf that the row reaches; the quantile of α is the least target up to which the training rows have at least α of all weight.
    /// </summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <param name="quantiles">Numbers from 0 (the least target of positive weight) to 1 (the greatest).</param>
    /// <returns>Rows × quantiles.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind, or a quantile is not in 0 to 1.</exception>
    /// <exception cref="InvalidOperationException">The recipe did not set <see cref="ForestRegressor.KeepLeafSamples"/>.</exception>
    public double[,] PredictQuantiles(FeatureTable table, params ReadOnlySpan<double> quantiles)
    {
        foreach (double quantile in quantiles)
        {
            if (!(quantile >= 0 && quantile <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(quantiles), quantile, "A quantile must lie in 0 to 1.");
            }
        }

        return _quantiles is null
            ? throw new InvalidOperationException("Quantiles need the rows of the leaves: set KeepLeafSamples on the recipe.")
            : _quantiles.Predict(SchemaMapping.Map(table, Schema), quantiles.ToArray());
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
    public double[,] OutOfBagProximities(RegressionDataset data)
    {
        _training.Check(data, Schema);
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
    /// <returns>One a feature: the mean rise of the mean squared error over the trees, and its standard error.</returns>
    /// <exception cref="ArgumentException">The data are not those that the forest was trained on.</exception>
    /// <exception cref="InvalidOperationException">No tree leaves a row out.</exception>
    public ImportanceList<PermutationImportance> PermutationImportances(
        RegressionDataset data, int repeats = 1, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        _training.Check(data, Schema);
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
    public ForestRegressionModel Continue(
        RegressionDataset data, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        _training.Check(data, Schema);
        return Recipe.Grow(data, _forest, more, options ?? FitOptions.Default, cancellationToken);
    }

    TreeSum ITreeSumModel.ToTreeSum() => TreeSum.OfMean(Schema, Trees, Statistics);

    internal override IBatchPrediction Batches => _forest.Ensemble;

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        output.Clear();
        _forest.Ensemble.Add(rows, output);
        foreach (ref double value in output)
        {
            value /= Trees.Count;
        }
    }

    private sealed class Permutation(ForestRegressionModel model, RegressionDataset data)
        : ForestPermutation(model._forest, model.Recipe.Plan(data).Rows, data, model.Recipe.Seed)
    {
        protected override double Loss(int row, ReadOnlySpan<double> leafValue)
        {
            double error = leafValue[0] - data.TargetArray[row];
            return error * error;
        }
    }
}
