using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.NewtonBoosting;

/// <summary>A regressor by second-order boosting ("XGBoost-style"; Chen and Guestrin 2016) of the squared error.</summary>
public sealed record NewtonBoostingRegressor : NewtonBoostingLearner<RegressionDataset, RegressionModel>
{
    /// <inheritdoc/>
    public override NewtonBoostingRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures its root mean squared error on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by; they change nothing but when to stop.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set lacks a column.</exception>
    public NewtonBoostingRegressionModel Fit(
        RegressionDataset data, RegressionDataset validation, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, options ?? FitOptions.Default, cancellationToken);
    }

    private NewtonBoostingRegressionModel Boost(
        RegressionDataset data, RegressionDataset? validation, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckValidation(validation is not null);
        var loss = new SquaredErrorLoss(data.TargetArray, data.WeightArray);
        ValidationScores? measured = validation is null
            ? null
            : new ValidationScores(
                SchemaMapping.Map(validation.Features, data.Schema),
                outputs: 1,
                loss.Link,
                predictionWidth: 1,
                predictions => RootMeanSquaredError.Compute(validation.Targets, predictions, validation.Weights));
        using var booster = new NewtonBooster(data.Features, this, loss, data.WeightArray, options.ResolvedThreads, cancellationToken);
        BoostedTrees boosted = booster.Boost(measured, options.Progress, cancellationToken);
        return new NewtonBoostingRegressionModel(data.Schema, this, boosted);
    }
}
