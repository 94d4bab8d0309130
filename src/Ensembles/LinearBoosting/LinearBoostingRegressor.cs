using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.LinearBoosting;

/// <summary>Linear regression by boosted coordinate descent, with L1 and L2 penalties (ridge, lasso, elastic net): the squared error.</summary>
/// <inheritdoc cref="LinearBoostingLearner{TDataset, TModel}"/>
public sealed record LinearBoostingRegressor : LinearBoostingLearner<RegressionDataset, RegressionModel>
{
    /// <summary>
    /// What is measured after every round, the first one for early stopping; empty (default) for the root mean squared error. They need a validation set at
    /// <c>Fit</c>, or <see cref="BoostingLearner{TDataset, TModel}.EvaluateTraining"/>.
    /// </summary>
    public MetricList<RegressionMetric> EvaluationMetrics
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(EvaluationMetrics));
    }
    = [];

    /// <inheritdoc/>
    public override LinearBoostingRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, start: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures it on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by; they change nothing but when to stop.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set lacks a column.</exception>
    public LinearBoostingRegressionModel Fit(
        RegressionDataset data,
        RegressionDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, start: null, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Goes on from a model: adds <see cref="BoostingLearner{TDataset, TModel}.Rounds"/> rounds to those it has.</summary>
    /// <param name="model">The rounds so far. It may come of another recipe; its base score stays.</param>
    /// <param name="data">The rows to learn from, with the columns of the model.</param>
    /// <param name="validation">The rows to measure by, or null. The best round is one of the new ones.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A model of all rounds. With the recipe and the data of the model it is, to the last bit, the one that the sum of the rounds gives.
    /// </returns>
    /// <exception cref="ArgumentException">The data have other columns than the model, or the recipe another base score.</exception>
    public LinearBoostingRegressionModel Continue(
        LinearBoostingRegressionModel model,
        RegressionDataset data,
        RegressionDataset? validation = null,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Boost(data, validation, model, options ?? FitOptions.Default, cancellationToken);
    }

    private LinearBoostingRegressionModel Boost(
        RegressionDataset data,
        RegressionDataset? validation,
        LinearBoostingRegressionModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckSelector();
        BoostingChecks.Check(data.Schema, start);
        RoundEvaluation evaluation = Evaluate(
            EvaluationMetrics, RegressionMetric.RootMeanSquaredError, data, validation, MeasuredRows.Of, out MetricList<RegressionMetric> metrics);
        double[] weights = [];
        RegressionDataset present = data.IsWeighted ? PresentRows.Select(data, RowWeights.Of(data), out weights) : data;
        var loss = new SquaredErrorLoss(present.TargetArray, weights);
        (LinearModel linear, double[] importances) = LinearBooster.Boost(
            present.Features, this, loss, weights, start?.Linear, data.Features, validation?.Features, evaluation, options, cancellationToken);
        LinearBoostingRegressor recipe = start is null ? this : this with { Rounds = start.RoundCount + Rounds };
        return new LinearBoostingRegressionModel(data.Schema, recipe, linear, importances, evaluation.ToHistory(metrics));
    }
}
