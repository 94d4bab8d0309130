using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.LinearBoosting;

/// <summary>A linear regressor trained by boosted coordinate descent.</summary>
public sealed class LinearBoostingRegressionModel : RegressionModel, IFeatureImportances
{
    private readonly double[] _importances;

    internal LinearBoostingRegressionModel(
        FeatureSchema schema,
        LinearBoostingRegressor recipe,
        LinearModel linear,
        double[] importances,
        EvaluationHistory<RegressionMetric> history)
        : base(schema)
    {
        Recipe = recipe;
        Linear = linear;
        History = history;
        _importances = importances;
    }

    /// <summary>The recipe that the model was trained by; of a continued model with all rounds.</summary>
    public LinearBoostingRegressor Recipe { get; }

    /// <summary>The metrics after each round that was run, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<RegressionMetric> History { get; }

    /// <summary>The number of rounds that made the model; fewer than were run where early stopping took some back.</summary>
    public int RoundCount => Linear.RoundCount;

    /// <summary>The prediction for a row of zeros.</summary>
    public double Intercept => Linear.Intercepts[0];

    /// <summary>The coefficients, for those that go on from them.</summary>
    internal LinearModel Linear { get; }

    /// <summary>The coefficients of a feature: one of a number, one for each category of a categorical feature.</summary>
    /// <param name="feature">The feature, from 0.</param>
    public IReadOnlyList<double> Coefficients(int feature) =>
        Linear.Coefficients[0][Linear.Offsets[feature]..Linear.Offsets[feature + 1]];

    /// <summary>
    /// By feature, how far its contribution to the score varies over the training rows (the standard deviation), as a share of all
    /// features.
    /// </summary>
    public double[] FeatureImportances() => [.. _importances];

    /// <summary>
    /// Adds rounds, by the recipe of the model: on the same data the model that the recipe gives with as many more rounds, to the last bit.
    /// </summary>
    /// <param name="data">The rows to learn from: the same or others, with the columns of the model.</param>
    /// <param name="more">How many rounds to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model of the rounds so far and the new ones; this one is not changed.</returns>
    /// <exception cref="ArgumentException">
    /// The data have other columns, or the recipe asks for early stopping, which needs a validation set: then use
    /// <c>Continue</c> of the recipe.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="more"/> is below 1.</exception>
    public LinearBoostingRegressionModel Continue(
        RegressionDataset data, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        return (Recipe with { Rounds = more }).Continue(this, data, options, cancellationToken);
    }

    internal override IBatchPrediction Batches => LinearTerms.Instance;

    internal override void PredictBlock(in RowSet rows, Span<double> output) => Linear.Score(Schema, rows, output);
}
