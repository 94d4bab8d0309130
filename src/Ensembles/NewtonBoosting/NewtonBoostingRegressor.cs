using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.NewtonBoosting;

/// <summary>A regressor by second-order boosting ("XGBoost-style"; Chen and Guestrin 2016): of the squared error, or of another loss.</summary>
public sealed record NewtonBoostingRegressor :
    NewtonBoostingLearner<RegressionDataset, RegressionModel, RegressionMetric, NewtonBoostingRegressionModel>
{
    /// <summary>
    /// What is made small (default <see cref="NewtonLoss.SquaredError"/>). By default rounds of <see cref="NewtonLoss.Poisson"/> are measured
    /// by the mean Poisson deviance, those of the others by the root mean squared error.
    /// </summary>
    public NewtonLoss Loss
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Loss));
    }
    = NewtonLoss.SquaredError;

    private protected override NewtonBoostingRegressionModel Boost(
        RegressionDataset data,
        RegressionDataset? validation,
        NewtonBoostingRegressionModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        BoostingChecks.Check(data.Schema, start);
        if (Loss is NamedNewtonLoss named)
        {
            throw named.Unknown();
        }

        if (start is not null && !Loss.GoesOnFrom(start.Recipe.Loss))
        {
            throw new ArgumentException($"The scores of the model are those of {start.Recipe.Loss}, not of {Loss}.");
        }

        RegressionMetric byDefault = Loss is PoissonNewtonLoss ? RegressionMetric.MeanPoissonDeviance : RegressionMetric.RootMeanSquaredError;
        RoundEvaluation evaluation = Evaluate(byDefault, data, validation, MeasuredRows.Of, out MetricList<RegressionMetric> metrics);
        INewtonLoss loss = Loss is SquaredErrorNewtonLoss
            ? new SquaredErrorLoss(data.TargetArray, data.WeightArray)
            : new ScoredLoss(Loss.WithMaxDeltaStep(MaxDeltaStep), data.TargetArray, data.WeightArray);
        using FitLog<BoostedRound> log = options.OpenLog<BoostedRound>(Identify(data, validation, start));
        NewtonRounds rounds = NewtonBooster.Boost(
            data.Features, this, loss, data.WeightArray, start?.Rounds, validation?.Features, evaluation, log, options, cancellationToken);
        var model = new NewtonBoostingRegressionModel(data.Schema, Continued(start), rounds, evaluation.ToHistory(metrics));
        log.Finish();
        return model;
    }

    /// <summary>The recipe that gives in one go what was given in two.</summary>
    private NewtonBoostingRegressor Continued(NewtonBoostingRegressionModel? start) =>
        start is null ? this : this with { Rounds = start.RoundCount + Rounds };
}
