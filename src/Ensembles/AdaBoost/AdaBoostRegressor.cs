using Ensembles.Data;
using Ensembles.Learners;
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
public sealed record AdaBoostRegressor : AdaBoostLearner<RegressionDataset, RegressionModel>
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

    /// <inheritdoc/>
    public override AdaBoostRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures its root mean squared error on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by; they change nothing but when to stop.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set lacks a column.</exception>
    public AdaBoostRegressionModel Fit(
        RegressionDataset data, RegressionDataset validation, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, options ?? FitOptions.Default, cancellationToken);
    }

    private AdaBoostRegressionModel Boost(
        RegressionDataset data, RegressionDataset? validation, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckValidation(validation is not null);
        int threads = options.ResolvedThreads;
        MedianErrors? errors = validation is null ? null : new MedianErrors(data.Schema, validation, threads);
        var booster = new RegressorBooster(this, RowSampling.WithoutAbsent(data), threads);
        return new AdaBoostRegressionModel(data.Schema, this, booster.Boost(errors, options.Progress, cancellationToken));
    }
}
