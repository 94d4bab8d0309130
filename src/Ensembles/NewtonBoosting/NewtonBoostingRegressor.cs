using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.NewtonBoosting;

/// <summary>A regressor by second-order boosting ("XGBoost-style"; Chen and Guestrin 2016) of the squared error.</summary>
public sealed record NewtonBoostingRegressor :
    NewtonBoostingLearner<RegressionDataset, RegressionModel, RegressionMetric, NewtonBoostingRegressionModel>
{
    private protected override NewtonBoostingRegressionModel Boost(
        RegressionDataset data,
        RegressionDataset? validation,
        NewtonBoostingRegressionModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        BoostingChecks.Check(data.Schema, start);
        RoundEvaluation evaluation = Evaluate(
            RegressionMetric.RootMeanSquaredError, data, validation, MeasuredRows.Of, out MetricList<RegressionMetric> metrics);
        var loss = new SquaredErrorLoss(data.TargetArray, data.WeightArray);
        NewtonRounds rounds = NewtonBooster.Boost(
            data.Features, this, loss, data.WeightArray, start?.Rounds, validation?.Features, evaluation, options, cancellationToken);
        return new NewtonBoostingRegressionModel(data.Schema, Continued(start), rounds, evaluation.ToHistory(metrics));
    }

    /// <summary>The recipe that gives in one go what was given in two.</summary>
    private NewtonBoostingRegressor Continued(NewtonBoostingRegressionModel? start) =>
        start is null ? this : this with { Rounds = start.RoundCount + Rounds };
}
