using Ensembles.Data;
using Ensembles.Metrics;

namespace Ensembles.Learners;

/// <summary>
/// The hyper-parameters of every ensemble that is trained in rounds, each of which sees what those before it left over: the rounds, and
/// what is measured after each of them.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">The kind of what it gives: <see cref="ClassificationModel"/> or <see cref="RegressionModel"/>.</typeparam>
/// <typeparam name="TMetric">What is measured.</typeparam>
/// <typeparam name="TFitted">What it gives.</typeparam>
public abstract record StagedLearner<TDataset, TModel, TMetric, TFitted> : Learner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
    where TMetric : Metric
    where TFitted : TModel
{
    private readonly int _rounds;
    private readonly double _learningRate;
    private readonly int? _earlyStoppingRounds;
    private readonly double _earlyStoppingMinDelta;

    private protected StagedLearner(int rounds, double learningRate)
    {
        _rounds = rounds;
        _learningRate = learningRate;
    }

    /// <summary>The number of rounds, at least 1 (default 100, of AdaBoost 50).</summary>
    public int Rounds
    {
        get => _rounds;
        init => _rounds = CheckRange(value, 1);
    }

    /// <summary>
    /// The shrinkage, ν or η, by which what a round adds is multiplied, above 0, at most 1 (default 0.1 of trees, 0.5 of linear models, 1
    /// of AdaBoost).
    /// </summary>
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = CheckShare(value);
    }

    /// <summary>
    /// What is measured after every round, the first one for early stopping; empty (default) for the log loss of a classifier, the share of
    /// right classes of AdaBoost, or of a regressor what its loss is measured by. They need a validation set at <c>Fit</c>, or
    /// <see cref="EvaluateTraining"/>.
    /// </summary>
    public MetricList<TMetric> EvaluationMetrics
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(EvaluationMetrics));
    }
    = [];

    /// <summary>
    /// Whether the evaluation metrics are measured on the training set as well (default false); it costs a pass over its rows a round.
    /// </summary>
    public bool EvaluateTraining { get; init; }

    /// <summary>
    /// Stop when the first of the evaluation metrics has not improved on the validation set for so many rounds, at least 1, and keep the
    /// rounds up to the best one; null (default) to run all rounds. It needs a validation set at <c>Fit</c>, or of gradient boosting rounds
    /// that leave rows out.
    /// </summary>
    public int? EarlyStoppingRounds
    {
        get => _earlyStoppingRounds;
        init => _earlyStoppingRounds = value is int rounds ? CheckRange(rounds, 1) : null;
    }

    /// <summary>
    /// With early stopping: a round improves on the best one before it where what it is measured by is better by more than this, at least 0
    /// (default).
    /// </summary>
    public double EarlyStoppingMinDelta
    {
        get => _earlyStoppingMinDelta;
        init => _earlyStoppingMinDelta = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>Whether early stopping goes by the evaluation metrics.</summary>
    private protected virtual bool StopsByMetrics => true;

    /// <inheritdoc/>
    public sealed override TFitted Fit(TDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Boost(data, validation: null, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Trains a model and measures it on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">
    /// The rows to measure by, of a classifier with the classes of <paramref name="data"/>; they change nothing but when to stop.
    /// </param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set has other classes or lacks a column.</exception>
    public TFitted Fit(
        TDataset data, TDataset validation, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Runs the rounds.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="validation">The validation set, or null.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    private protected abstract TFitted Boost(
        TDataset data, TDataset? validation, FitOptions options, CancellationToken cancellationToken);

    /// <summary>What decides the model of a fit.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="validation">The validation set, or null.</param>
    /// <param name="start">The model to go on from, or null.</param>
    private protected FitIdentity Identify(TDataset data, TDataset? validation, TFitted? start = null) => new()
    {
        Recipe = this,
        Table = data.Features,
        Data = data,
        Validation = validation,
        Start = start,
        Units = Rounds,
    };

    /// <summary>What measures the rounds.</summary>
    /// <param name="byDefault">What is measured where the recipe names no metrics.</param>
    /// <param name="training">The training set.</param>
    /// <param name="validation">The validation set, or null.</param>
    /// <param name="measure">The rows of a set, and how metrics see them.</param>
    /// <param name="measured">The metrics that are measured.</param>
    /// <exception cref="ArgumentException">Something is asked for that needs a validation set, and there is none.</exception>
    private protected RoundEvaluation Evaluate(
        TMetric byDefault,
        TDataset training,
        TDataset? validation,
        Func<MetricList<TMetric>, TDataset, EvaluatedRows, MeasuredRows> measure,
        out MetricList<TMetric> measured)
    {
        measured = EvaluationMetrics.Count > 0 ? EvaluationMetrics : [byDefault];
        bool byMetrics = StopsByMetrics || EarlyStoppingRounds is null;
        return RoundEvaluation.Of(
            measured,
            EvaluationMetrics.Count > 0,
            validation is null ? null : measure(measured, validation, EvaluatedRows.Validation),
            EvaluateTraining ? measure(measured, training, EvaluatedRows.Training) : null,
            byMetrics ? EarlyStoppingRounds : null,
            byMetrics ? EarlyStoppingMinDelta : 0);
    }
}
