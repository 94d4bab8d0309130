using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.AdaBoost;

/// <summary>
/// AdaBoost.R2 (H. Drucker: Improving Regressors using Boosting Techniques, 1997): the weighted median of boosted regressors.
/// </summary>
/// <remarks>
/// With L the loss of each row and e their weighted mean, β = e/(1 − e); the weight of a member is ν·ln(1/β), and rows are multiplied by
/// β^(ν·(1 − L)). It ends when e ≥ ½ (that member is dropped, unless it is the first: then it is the only one, with weight 1) or e = 0 (it
/// is kept, with weight 1).
/// </remarks>
/// <example>
/// <code>
/// AdaBoostRegressionModel model = new AdaBoostRegressor { Rounds = 100 }.Fit(train);
/// </code>
/// </example>
public sealed record AdaBoostRegressor :
    AdaBoostLearner<RegressionDataset, RegressionModel, RegressionMetric, AdaBoostRegressionModel>
{
    /// <summary>AdaBoost.R2 of trees of depth 3.</summary>
    public AdaBoostRegressor()
        : this(new DecisionTreeRegressor { MaxDepth = 3, SplitMethod = SplitMethod.Auto })
    {
    }

    /// <summary>AdaBoost.R2 of a recipe.</summary>
    /// <param name="member">The recipe of the members.</param>
    public AdaBoostRegressor(Learner<RegressionDataset, RegressionModel> member)
        : base(member)
    {
        BoostBy = BoostBy.Resampling;
    }

    /// <summary>How the errors of rows count (default <see cref="AdaBoostLoss.Linear"/>).</summary>
    public AdaBoostLoss Loss
    {
        get;
        init => field = CheckDefined(value);
    }

    private protected override AdaBoostRegressionModel Boost(
        RegressionDataset data, RegressionDataset? validation, FitOptions options, CancellationToken cancellationToken)
    {
        RoundEvaluation evaluation = Evaluate(
            RegressionMetric.RootMeanSquaredError, data, validation, MeasuredRows.Of, out MetricList<RegressionMetric> metrics);
        var booster = new RegressorBooster(this, RowSampling.WithoutAbsent(data), options.ResolvedThreads);
        using FitLog<BoostedMember<RegressionModel>> log = options.OpenLog<BoostedMember<RegressionModel>>(Identify(data, validation));
        BoostedMembers<RegressionModel> boosted = booster.Boost(
            data.Features, validation?.Features, evaluation, log, options.Progress, cancellationToken);
        var model = new AdaBoostRegressionModel(data.Schema, this, boosted, evaluation.ToHistory(metrics));
        log.Finish();
        return model;
    }
}
