using System.Runtime.CompilerServices;
using Ensembles.Data;
using Ensembles.Metrics;

namespace Ensembles.Learners;

/// <summary>The hyper-parameters of second-order boosting, whatever it boosts: rounds, and what is measured after each of them.</summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What it gives.</typeparam>
public abstract record BoostingLearner<TDataset, TModel> : Learner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private readonly int _rounds = 100;
    private readonly double _learningRate;
    private readonly int? _earlyStoppingRounds;
    private readonly double _earlyStoppingMinDelta;
    private readonly double? _baseScore;

    private protected BoostingLearner(double learningRate)
    {
        _learningRate = learningRate;
    }

    /// <summary>The number of rounds, at least 1 (default 100).</summary>
    public int Rounds
    {
        get => _rounds;
        init => _rounds = CheckRange(value, 1);
    }

    /// <summary>The shrinkage η by which every step is multiplied, above 0, at most 1 (default 0.1 of trees, 0.5 of linear models).</summary>
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = CheckShare(value);
    }

    /// <summary>
    /// Stop when the first of the evaluation metrics has not improved on the validation set for so many rounds, at least 1, and keep the
    /// best round; null (default) to run all rounds. It needs a validation set at <c>Fit</c>.
    /// </summary>
    public int? EarlyStoppingRounds
    {
        get => _earlyStoppingRounds;
        init => _earlyStoppingRounds = value is int rounds ? CheckRange(rounds, 1) : null;
    }

    /// <summary>
    /// With early stopping: a round improves on the best one before it where the metric is better by more than this, at least 0 (default).
    /// </summary>
    public double EarlyStoppingMinDelta
    {
        get => _earlyStoppingMinDelta;
        init => _earlyStoppingMinDelta = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>
    /// Whether the evaluation metrics are measured on the training set as well (default false); it costs a pass over its rows a round.
    /// </summary>
    public bool EvaluateTraining { get; init; }

    /// <summary>
    /// The prediction that boosting starts from, as XGBoost defines it: of two classes the probability of the second, of more the same score
    /// for all, of a regressor the value; finite; null (default) for the loss's own optimum.
    /// </summary>
    public double? BaseScore
    {
        get => _baseScore;
        init => _baseScore = value is double score ? CheckRange(score, -double.MaxValue, double.MaxValue) : null;
    }

    private protected static double CheckShare(double value, [CallerMemberName] string name = "") =>
        value > 0 && value <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and at most 1.");

    /// <summary>What measures the rounds.</summary>
    /// <param name="metrics">The metrics that the recipe names.</param>
    /// <param name="byDefault">What is measured where it names none.</param>
    /// <param name="training">The training set.</param>
    /// <param name="validation">The validation set, or null.</param>
    /// <param name="measure">The rows of a set, and how metrics see them.</param>
    /// <param name="measured">The metrics that are measured.</param>
    /// <exception cref="ArgumentException">Something is asked for that needs a validation set, and there is none.</exception>
    private protected RoundEvaluation Evaluate<TMetric>(
        MetricList<TMetric> metrics,
        TMetric byDefault,
        TDataset training,
        TDataset? validation,
        Func<MetricList<TMetric>, TDataset, EvaluatedRows, MeasuredRows> measure,
        out MetricList<TMetric> measured)
        where TMetric : Metric
    {
        measured = metrics.Count > 0 ? metrics : [byDefault];
        return RoundEvaluation.Of(
            measured,
            metrics.Count > 0,
            validation is null ? null : measure(measured, validation, EvaluatedRows.Validation),
            EvaluateTraining ? measure(measured, training, EvaluatedRows.Training) : null,
            EarlyStoppingRounds,
            EarlyStoppingMinDelta);
    }
}
