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
public sealed record GradientBoostingRegressor : GradientBoostingLearner<RegressionDataset, RegressionModel>
{
    private readonly double _alpha = 0.9;

    /// <summary>What is made small (default <see cref="RegressionLoss.SquaredError"/>).</summary>
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

    /// <summary>
    /// What is measured after every round, the first one for early stopping; empty (default) for the root mean squared error, or the mean
    /// absolute error with <see cref="RegressionLoss.AbsoluteError"/> and <see cref="RegressionLoss.Huber"/>, or the pinball loss with
    /// <see cref="RegressionLoss.Quantile"/>. They need a validation set at <c>Fit</c>, or
    /// <see cref="GradientBoostingLearner{TDataset, TModel}.EvaluateTraining"/>.
    /// </summary>
    public MetricList<RegressionMetric> EvaluationMetrics
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(EvaluationMetrics));
    }
    = [];

    /// <inheritdoc/>
    public override GradientBoostingRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, start: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures it on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by; they change nothing but when to stop.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set lacks a column.</exception>
    public GradientBoostingRegressionModel Fit(
        RegressionDataset data, RegressionDataset validation, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, start: null, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>
    /// Adds <see cref="GradientBoostingLearner{TDataset, TModel}.Rounds"/> rounds to a model. By the recipe and the rows of the model it
    /// gives, to the last bit, what all the rounds in one go give; other hyper-parameters hold for the new rounds only.
    /// </summary>
    /// <param name="model">The rounds so far; it is not changed.</param>
    /// <param name="data">The rows to learn from, with the columns of the model.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The data have other columns than the model, or an initial learner is asked for.</exception>
    public GradientBoostingRegressionModel Continue(
        GradientBoostingRegressionModel model,
        RegressionDataset data,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Boost(data, validation: null, model, options ?? FitOptions.Default, cancellationToken);
    }

    /// <inheritdoc cref="Continue(GradientBoostingRegressionModel, RegressionDataset, FitOptions?, CancellationToken)"/>
    /// <param name="model">The rounds so far; it is not changed.</param>
    /// <param name="data">The rows to learn from, with the columns of the model.</param>
    /// <param name="validation">The rows to measure by. The best round is one of the new ones.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    public GradientBoostingRegressionModel Continue(
        GradientBoostingRegressionModel model,
        RegressionDataset data,
        RegressionDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, model, options ?? FitOptions.Default, cancellationToken);
    }

    private GradientBoostingRegressionModel Boost(
        RegressionDataset data,
        RegressionDataset? validation,
        GradientBoostingRegressionModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        BoostingChecks.Check(data.Schema, start);
        BoostingPlan plan = Plan(data, RowWeights.Of(data));
        plan = plan with
        {
            Initial = FitInitial(data, start is not null, start?.Recipe.InitialLearner, options, cancellationToken),
            Before = start?.Boosted,
        };
        MetricList<RegressionMetric> metrics = EvaluationMetrics.Count > 0 ? EvaluationMetrics : [DefaultMetric()];
        RoundEvaluation evaluation = Evaluate(metrics, EvaluationMetrics.Count > 0, data, validation, MeasuredRows.Of);
        BoostedRounds boosted = GradientBooster.Boost(
            plan, CreateLoss(data.TargetArray, data.WeightArray), validation?.Features, evaluation, options, cancellationToken);
        GradientBoostingRegressor whole = start is null ? this : this with { Rounds = start.RoundCount + Rounds };
        return new GradientBoostingRegressionModel(data.Schema, whole, boosted, evaluation.ToHistory(metrics));
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
