using System.Runtime.CompilerServices;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.GradientBoosting;

/// <summary>
/// The hyper-parameters of gradient boosting (Friedman 2001, 2002): regression trees are added one round after the other, each fitted to
/// the negative gradients of a loss at the scores so far.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What it gives.</typeparam>
public abstract record GradientBoostingLearner<TDataset, TModel> : TreeLearner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private readonly int _rounds = 100;
    private readonly double _learningRate = 0.1;
    private readonly double _subsample = 1;
    private readonly double _columnSampleByTree = 1;
    private readonly int? _earlyStoppingRounds;
    private readonly double _earlyStoppingMinDelta;

    private protected GradientBoostingLearner()
    {
        MaxDepth = 3;
    }

    /// <summary>
    /// The number of rounds, at least 1 (default 100). A round adds one tree, or one a class where there are more than two.
    /// </summary>
    public int Rounds
    {
        get => _rounds;
        init => _rounds = CheckRange(value, 1);
    }

    /// <summary>The shrinkage ν by which every leaf is multiplied, above 0, at most 1 (default 0.1).</summary>
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = CheckShare(value);
    }

    /// <summary>
    /// The share of the rows of weight above 0 that a round draws without replacement (Friedman 2002), above 0, at most 1 (default). It
    /// draws max(1, ⌊share · n⌋) rows; the others give the out-of-bag improvements of the model.
    /// </summary>
    public double Subsample
    {
        get => _subsample;
        init => _subsample = CheckShare(value);
    }

    /// <summary>
    /// The share of the columns that a tree draws, above 0, at most 1 (default). Its nodes draw
    /// <see cref="TreeLearner{TDataset, TModel}.MaxFeatures"/> of these.
    /// </summary>
    public double ColumnSampleByTree
    {
        get => _columnSampleByTree;
        init => _columnSampleByTree = CheckShare(value);
    }

    /// <summary>
    /// What predicts the scores before the first tree: any learner of the same kind, trained on the same rows; null (default) for the
    /// loss's own optimum. Probabilities are turned into scores, none below 2⁻²³.
    /// </summary>
    public Learner<TDataset, TModel>? InitialLearner { get; init; }

    /// <summary>What early stopping goes by (default <see cref="StoppingRule.Validation"/>).</summary>
    public StoppingRule StoppingRule
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// Stop when the first of the evaluation metrics has not improved on the validation set for so many rounds, at least 1, and keep the
    /// rounds up to the best one; null (default) to run all rounds. It needs a validation set at <c>Fit</c>, or with
    /// <see cref="StoppingRule.OutOfBag"/> a <see cref="Subsample"/> below 1.
    /// </summary>
    public int? EarlyStoppingRounds
    {
        get => _earlyStoppingRounds;
        init => _earlyStoppingRounds = value is int rounds ? CheckRange(rounds, 1) : null;
    }

    /// <summary>
    /// With early stopping: a round improves on the best one before it where the metric, or the sum of the out-of-bag improvements, is
    /// better by more than this, at least 0 (default).
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

    private protected static double CheckShare(double value, [CallerMemberName] string name = "") =>
        value > 0 && value <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and at most 1.");

    /// <summary>What measures the rounds.</summary>
    /// <param name="metrics">The metrics that are measured.</param>
    /// <param name="areNamed">Whether the recipe names them.</param>
    /// <param name="training">The training set.</param>
    /// <param name="validation">The validation set, or null.</param>
    /// <param name="measure">The rows of a set, and how metrics see them.</param>
    /// <exception cref="ArgumentException">Something is asked for that needs a validation set, and there is none.</exception>
    private protected RoundEvaluation Evaluate<TMetric>(
        MetricList<TMetric> metrics,
        bool areNamed,
        TDataset training,
        TDataset? validation,
        Func<MetricList<TMetric>, TDataset, EvaluatedRows, MeasuredRows> measure)
        where TMetric : Metric
    {
        bool byMetric = StoppingRule == StoppingRule.Validation || EarlyStoppingRounds is null;
        return RoundEvaluation.Of(
            metrics,
            areNamed,
            validation is null ? null : measure(metrics, validation, EvaluatedRows.Validation),
            EvaluateTraining ? measure(metrics, training, EvaluatedRows.Training) : null,
            byMetric ? EarlyStoppingRounds : null,
            byMetric ? EarlyStoppingMinDelta : 0);
    }

    /// <summary>Trains the initial learner, where there is one and no rounds have begun from it.</summary>
    /// <param name="data">The training set, with all weights.</param>
    /// <param name="isContinued">Whether there are rounds already.</param>
    /// <param name="begun">The initial learner of these.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">The rounds so far began from another one.</exception>
    private protected TModel? FitInitial(
        TDataset data,
        bool isContinued,
        Learner<TDataset, TModel>? begun,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        if (!isContinued)
        {
            return InitialLearner?.Fit(data, new FitOptions { Threads = options.Threads }, cancellationToken);
        }

        return Equals(begun, InitialLearner)
            ? null
            : throw new ArgumentException("InitialLearner is for the first round: the model that is continued began from another one.");
    }

    /// <summary>The recipe for a training set.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="weights">The weight of each row.</param>
    private protected BoostingPlan Plan(TDataset data, double[] weights) => new()
    {
        Table = data.Features,
        Weights = weights,
        Tree = ResolveTreeOptions(data.RowCount, Splitter.Best, exactOnly: false),
        Seed = Seed,
        Rounds = Rounds,
        LearningRate = LearningRate,
        Subsample = Subsample,
        ColumnSampleByTree = ColumnSampleByTree,
        Patience = EarlyStoppingRounds,
        StopBy = StoppingRule,
        MinDelta = EarlyStoppingMinDelta,
    };
}
