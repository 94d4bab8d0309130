using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.NewtonBoosting;

/// <summary>A regressor by second-order boosting ("XGBoost-style"; Chen and Guestrin 2016) of the squared error.</summary>
public sealed record NewtonBoostingRegressor : NewtonBoostingLearner<RegressionDataset, RegressionModel>
{
    /// <summary>
    /// What is measured after every round, the first one for early stopping; empty (default) for the root mean squared error. They need a
    /// validation set at <c>Fit</c>, or <see cref="BoostingLearner{TDataset, TModel}.EvaluateTraining"/>.
    /// </summary>
    public MetricList<RegressionMetric> EvaluationMetrics
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(EvaluationMetrics));
    }
    = [];

    /// <inheritdoc/>
    public override NewtonBoostingRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, start: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures it on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by; they change nothing but when to stop.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set lacks a column.</exception>
    public NewtonBoostingRegressionModel Fit(
        RegressionDataset data, RegressionDataset validation, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, start: null, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Goes on from a model: adds <see cref="BoostingLearner{TDataset, TModel}.Rounds"/> rounds to those it has.</summary>
    /// <param name="model">The rounds so far. It may come of another recipe; its base score stays.</param>
    /// <param name="data">The rows to learn from, with the columns of the model.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A model of all rounds. With the recipe and the data of the model it is, to the last bit, the one that the sum of the rounds gives.
    /// </returns>
    /// <exception cref="ArgumentException">The data have other columns than the model, or the recipe another base score.</exception>
    public NewtonBoostingRegressionModel Continue(
        NewtonBoostingRegressionModel model,
        RegressionDataset data,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Boost(data, validation: null, model, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Goes on from a model and measures the new rounds on a validation set.</summary>
    /// <inheritdoc cref="Continue(NewtonBoostingRegressionModel, RegressionDataset, FitOptions?, CancellationToken)"/>
    /// <param name="model">The rounds so far.</param>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by. The best round is one of the new ones.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    public NewtonBoostingRegressionModel Continue(
        NewtonBoostingRegressionModel model,
        RegressionDataset data,
        RegressionDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, model, options ?? FitOptions.Default, cancellationToken);
    }

    private NewtonBoostingRegressionModel Boost(
        RegressionDataset data,
        RegressionDataset? validation,
        NewtonBoostingRegressionModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        BoostingChecks.Check(data.Schema, start);
        RoundEvaluation evaluation = Evaluate(
            EvaluationMetrics, RegressionMetric.RootMeanSquaredError, data, validation, MeasuredRows.Of, out MetricList<RegressionMetric> metrics);
        var loss = new SquaredErrorLoss(data.TargetArray, data.WeightArray);
        BoostedTrees boosted = NewtonBooster.Boost(
            data.Features, this, loss, data.WeightArray, start?.Boosted, validation?.Features, evaluation, options, cancellationToken);
        return new NewtonBoostingRegressionModel(data.Schema, Continued(start), boosted, evaluation.ToHistory(metrics));
    }

    /// <summary>The recipe that gives in one go what was given in two.</summary>
    private NewtonBoostingRegressor Continued(NewtonBoostingRegressionModel? start) =>
        start is null ? this : this with { Rounds = start.RoundCount + Rounds };
}
