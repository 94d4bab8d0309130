using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>A regressor trained by second-order boosting.</summary>
public sealed class NewtonBoostingRegressionModel : RegressionModel, IFeatureImportances, ITreeSumModel
{

    internal NewtonBoostingRegressionModel(
        FeatureSchema schema, NewtonBoostingRegressor recipe, NewtonRounds rounds, EvaluationHistory<RegressionMetric> history)
        : base(schema)
    {
        Recipe = recipe;
        Rounds = rounds;
        Trees = Array.AsReadOnly(rounds.Boosted.Trees);
        Statistics = Array.AsReadOnly(rounds.Boosted.Statistics);
        TreeWeights = Array.AsReadOnly(rounds.TreeWeights);
        History = history;
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public NewtonBoostingRegressor Recipe { get; }

    /// <summary>The trees, one a round.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>What training knew of the trees.</summary>
    public IReadOnlyList<TreeStatistics> Statistics { get; }

    /// <summary>The score before the first tree: of the squared error the value itself, of a log link its logarithm.</summary>
    public double BaseScore => Boosted.Start.Constants[0];

    /// <summary>The metrics after each round that was run, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<RegressionMetric> History { get; }

    /// <summary>The number of rounds that the model has; fewer than were run where early stopping took some back.</summary>
    public int RoundCount => Boosted.RoundCount;

    /// <summary>By what dropout has multiplied the leaf values of each tree, which have it in them; 1 without dropout.</summary>
    public IReadOnlyList<double> TreeWeights { get; }

    /// <summary>The trees, for those that go on from them.</summary>
    internal NewtonRounds Rounds { get; }

    /// <summary>The trees, and the scores before the first.</summary>
    internal BoostedTrees Boosted => Rounds.Boosted;

    /// <summary>By feature, its share of the gain of all splits.</summary>
    public double[] FeatureImportances() => Boosted.Importances(Schema.Count);

    /// <summary>By feature, its importance by one of XGBoost's ways to count.</summary>
    /// <param name="kind">The way to count.</param>
    public double[] FeatureImportances(BoostingImportance kind) => kind.Of(Boosted, Schema.Count);

    /// <summary>The predicted value of every row after each round: the first with one round, the last with all.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>As often as there are rounds one value a row, made when asked for.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<double[]> StagedPredictions(FeatureTable table) =>
        Boosted.StagedPredictions(SchemaMapping.Map(table, Schema));

    /// <summary>The predicted value of every row after each round, round after round; allocates nothing.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">Rounds × rows places.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void StagedPredictions(FeatureRows rows, Span<double> destination)
    {
        RowSet set = rows.Under(Schema);
        CheckDestination(destination.Length, set.Count, RoundCount);
        Boosted.PredictStages(set, destination);
    }

    /// <summary>
    /// Adds rounds, by the recipe of the model: on the same data the model that the recipe gives with as many more rounds, to the last bit.
    /// </summary>
    /// <param name="data">The rows to learn from: the same or others, with the columns of the model.</param>
    /// <param name="more">How many rounds to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model of the rounds so far and the new ones; this one is not changed.</returns>
    /// <exception cref="ArgumentException">
    /// The data have other columns, or the recipe asks for early stopping, which needs a validation set.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="more"/> is below 1.</exception>
    public NewtonBoostingRegressionModel Continue(
        RegressionDataset data, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        return (Recipe with { Rounds = more }).Continue(this, data, options, cancellationToken);
    }

    /// <summary>Adds rounds, by the recipe of the model, and measures them on a validation set.</summary>
    /// <inheritdoc cref="Continue(RegressionDataset, int, FitOptions?, CancellationToken)"/>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by. The best round is one of the new ones.</param>
    /// <param name="more">How many rounds to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    public NewtonBoostingRegressionModel Continue(
        RegressionDataset data,
        RegressionDataset validation,
        int more,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        return (Recipe with { Rounds = more }).Continue(this, data, validation, options, cancellationToken);
    }

    TreeSum ITreeSumModel.ToTreeSum() => TreeSum.OfRounds(Schema, Trees, Statistics, [.. Boosted.Start.Constants]) with
    {
        Scale = Recipe.Loss.Link == ScoreLink.Identity ? ExplainedScale.Prediction : ExplainedScale.Score,
    };

    internal override IBatchPrediction Batches => Boosted.Ensemble;

    internal override void PredictBlock(in RowSet rows, Span<double> output) => Boosted.Predict(rows, output);

    internal override void ScoreBlock(in RowSet rows, Span<double> scores) => Boosted.Score(rows, scores);
}
