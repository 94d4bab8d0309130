using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.LinearBoosting;

/// <summary>Linear regression by boosted coordinate descent, with L1 and L2 penalties (ridge, lasso, elastic net): the squared error.</summary>
/// <inheritdoc cref="LinearBoostingLearner{TDataset, TModel, TMetric, TFitted}"/>
public sealed record LinearBoostingRegressor :
    LinearBoostingLearner<RegressionDataset, RegressionModel, RegressionMetric, LinearBoostingRegressionModel>
{
    private protected override LinearBoostingRegressionModel Boost(
        RegressionDataset data,
        RegressionDataset? validation,
        LinearBoostingRegressionModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        CheckSelector();
        BoostingChecks.Check(data.Schema, start);
        RoundEvaluation evaluation = Evaluate(
            RegressionMetric.RootMeanSquaredError, data, validation, MeasuredRows.Of, out MetricList<RegressionMetric> metrics);
        double[] weights = [];
        RegressionDataset present = data.IsWeighted ? PresentRows.Select(data, RowWeights.Of(data), out weights) : data;
        var loss = new SquaredErrorLoss(present.TargetArray, weights);
        using FitLog<LinearRound> log = options.OpenLog<LinearRound>(Identify(data, validation, start));
        (LinearModel linear, double[] importances) = LinearBooster.Boost(
            present.Features, this, loss, weights, start?.Linear, data.Features, validation?.Features, evaluation, log, options, cancellationToken);
        LinearBoostingRegressor recipe = start is null ? this : this with { Rounds = start.RoundCount + Rounds };
        var model = new LinearBoostingRegressionModel(data.Schema, recipe, linear, importances, evaluation.ToHistory(metrics));
        log.Finish();
        return model;
    }
}
