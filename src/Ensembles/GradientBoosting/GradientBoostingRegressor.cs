using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.GradientBoosting;

/// <summary>A regressor by gradient boosting of trees (Friedman 2001), by sampled rows where asked for (Friedman 2002).</summary>
/// <example>
/// <code>
/// GradientBoostingRegressionModel model = new GradientBoostingRegressor { Rounds = 500, LearningRate = 0.05, Subsample = 0.5 }.Fit(train);
/// </code>
/// </example>
public sealed record GradientBoostingRegressor :
    GradientBoostingLearner<RegressionDataset, RegressionModel, RegressionMetric, GradientBoostingRegressionModel>
{
    private readonly double _alpha = 0.9;

    /// <summary>
    /// What is made small (default <see cref="RegressionLoss.SquaredError"/>). By default rounds are measured by the root mean squared
    /// error, those of <see cref="RegressionLoss.AbsoluteError"/> and <see cref="RegressionLoss.Huber"/> by the mean absolute error, those
    /// of <see cref="RegressionLoss.Quantile"/> by the pinball loss.
    /// </summary>
    public RegressionLoss Loss
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// The quantile that <see cref="RegressionLoss.Quantile"/> predicts, and that of the absolute residuals up to which
    /// <see cref="RegressionLoss.Huber"/> is squared; between 0 and 1 (default 0.9). Of no use with the others.
    /// </summary>
    public double Alpha
    {
        get => _alpha;
        init => _alpha = value > 0 && value < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Alpha), value, "Alpha must be above 0 and below 1.");
    }

    private protected override GradientBoostingRegressionModel Boost(
        RegressionDataset data,
        RegressionDataset? validation,
        GradientBoostingRegressionModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        BoostingChecks.Check(data.Schema, start);
        BoostingPlan plan = Plan(data, RowWeights.Of(data));
        plan = plan with
        {
            Initial = FitInitial(data, start is not null, start?.Recipe.InitialLearner, options, cancellationToken),
            Before = start?.Rounds,
        };
        RoundEvaluation evaluation = Evaluate(DefaultMetric(), data, validation, MeasuredRows.Of, out MetricList<RegressionMetric> metrics);
        using FitLog<BoostedRound> log = options.OpenLog<BoostedRound>(Identify(data, validation, start));
        GradientRounds rounds = GradientBooster.Boost(
            plan, CreateLoss(data.TargetArray, data.WeightArray), validation?.Features, evaluation, log, options, cancellationToken);
        GradientBoostingRegressor whole = start is null ? this : this with { Rounds = start.RoundCount + Rounds };
        var model = new GradientBoostingRegressionModel(data.Schema, whole, rounds, evaluation.ToHistory(metrics));
        log.Finish();
        return model;
    }

    private IGradientLoss CreateLoss(double[] targets, double[] weights) => Loss switch
    {
        RegressionLoss.AbsoluteError => new AbsoluteErrorLoss(targets, weights),
        RegressionLoss.Huber => new HuberLoss(targets, weights, Alpha),
        RegressionLoss.Quantile => new QuantileLoss(targets, weights, Alpha),
        _ => new SquaredErrorLoss(targets, weights),
    };

    private RegressionMetric DefaultMetric() => Loss switch
    {
        RegressionLoss.AbsoluteError or RegressionLoss.Huber => RegressionMetric.MeanAbsoluteError,
        RegressionLoss.Quantile => RegressionMetric.PinballLoss(Alpha),
        _ => RegressionMetric.RootMeanSquaredError,
    };
}
