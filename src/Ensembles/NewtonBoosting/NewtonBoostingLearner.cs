using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// The hyper-parameters of second-order boosting ("XGBoost-style"; Chen and Guestrin 2016): trees are added one round after the other, each
/// fitted to the gradients and hessians of a regularised loss at the scores so far.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What it gives.</typeparam>
public abstract record NewtonBoostingLearner<TDataset, TModel> : Learner<TDataset, TModel>, INewtonBoostingRecipe
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private readonly int _rounds = 100;
    private readonly double _learningRate = 0.1;
    private readonly int? _maxDepth = 6;
    private readonly int? _maxLeaves;
    private readonly double _l1;
    private readonly double _l2 = 1;
    private readonly double _minSplitGain;
    private readonly double _minChildWeight = 1;
    private readonly double _maxDeltaStep;
    private readonly double _subsample = 1;
    private readonly double _columnSampleByTree = 1;
    private readonly double _columnSampleByLevel = 1;
    private readonly double _columnSampleByNode = 1;
    private readonly int _maxBins = 255;
    private readonly double? _sketchError;
    private readonly int? _earlyStoppingRounds;
    private readonly double _earlyStoppingMinDelta;
    private readonly double? _baseScore;

    private protected NewtonBoostingLearner()
    {
    }

    /// <summary>The number of rounds, at least 1 (default 100). A round adds one tree, or one a class where there are more than two.</summary>
    public int Rounds
    {
        get => _rounds;
        init => _rounds = CheckRange(value, 1);
    }

    /// <summary>The shrinkage η by which every leaf is multiplied, above 0, at most 1 (default 0.1).</summary>
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = CheckShare(value);
    }

    /// <summary>Which thresholds are tried (default <see cref="BoostingSplitMethod.Histogram"/>).</summary>
    public BoostingSplitMethod SplitMethod
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>Which node is split next (default <see cref="GrowthPolicy.DepthWise"/>).</summary>
    public GrowthPolicy GrowthPolicy
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>The most splits on a way from the root to a leaf, at least 1 (default 6); null for no limit.</summary>
    public int? MaxDepth
    {
        get => _maxDepth;
        init => _maxDepth = value is int depth ? CheckRange(depth, 1) : null;
    }

    /// <summary>The most leaves of a tree, at least 2; null (default) for no limit.</summary>
    public int? MaxLeaves
    {
        get => _maxLeaves;
        init => _maxLeaves = value is int leaves ? CheckRange(leaves, 2) : null;
    }

    /// <summary>α: the L1 penalty of leaf weights, at least 0 (default).</summary>
    public double L1
    {
        get => _l1;
        init => _l1 = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>λ: the L2 penalty of leaf weights, at least 0 (default 1).</summary>
    public double L2
    {
        get => _l2;
        init => _l2 = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>γ: a split must gain more than this, S(left) + S(right) − S(node) as XGBoost compares it; at least 0 (default).</summary>
    public double MinSplitGain
    {
        get => _minSplitGain;
        init => _minSplitGain = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>When splits that gain too little are refused (default <see cref="GainPruning.ByMethod"/>).</summary>
    public GainPruning GainPruning
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// The fewest rows of a leaf, a count of at least 1 (default 1) or a fraction of the rows of weight above 0. Rows are counted, whatever
    /// they weigh.
    /// </summary>
    public SampleCount MinSamplesLeaf { get; init; } = 1;

    /// <summary>The least hessian sum of a child, at least 0 (default 1).</summary>
    public double MinChildWeight
    {
        get => _minChildWeight;
        init => _minChildWeight = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>The greatest weight of a leaf before shrinkage, at least 0; 0 (default) for no limit.</summary>
    public double MaxDeltaStep
    {
        get => _maxDeltaStep;
        init => _maxDeltaStep = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>The share of the rows that a round draws without replacement, above 0, at most 1 (default).</summary>
    public double Subsample
    {
        get => _subsample;
        init => _subsample = CheckShare(value);
    }

    /// <summary>The share of the columns that a tree draws, above 0, at most 1 (default).</summary>
    public double ColumnSampleByTree
    {
        get => _columnSampleByTree;
        init => _columnSampleByTree = CheckShare(value);
    }

    /// <summary>The share of the tree's columns that each of its levels draws, above 0, at most 1 (default).</summary>
    public double ColumnSampleByLevel
    {
        get => _columnSampleByLevel;
        init => _columnSampleByLevel = CheckShare(value);
    }

    /// <summary>The share of the level's columns that each node draws, above 0, at most 1 (default).</summary>
    public double ColumnSampleByNode
    {
        get => _columnSampleByNode;
        init => _columnSampleByNode = CheckShare(value);
    }

    /// <summary>Features with which scores may only rise, or only fall; null (default) for none.</summary>
    public MonotoneConstraints? MonotoneConstraints { get; init; }

    /// <summary>Groups of features that a way through a tree may combine; null (default) where it may combine all.</summary>
    public InteractionConstraints? InteractionConstraints { get; init; }

    /// <summary>
    /// With <see cref="BoostingSplitMethod.Histogram"/>: the most bins for the values of a column, from 2 to 255 (default 255); missing values
    /// have one more.
    /// </summary>
    public int MaxBins
    {
        get => _maxBins;
        init => _maxBins = CheckRange(value, 2, 255);
    }

    /// <summary>
    /// With <see cref="BoostingSplitMethod.Approximate"/>: ε, the share of the hessian sum of the rows between two candidates of a feature,
    /// above 0 and below 1; null (default) for 1/<see cref="MaxBins"/>.
    /// </summary>
    public double? SketchError
    {
        get => _sketchError;
        init => _sketchError = value is not double error || (error > 0 && error < 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SketchError), value, "SketchError must be above 0 and below 1.");
    }

    /// <summary>
    /// With <see cref="BoostingSplitMethod.Approximate"/>: what candidates are proposed for (default <see cref="CandidateScope.Tree"/>).
    /// </summary>
    public CandidateScope CandidateScope
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// Stop when the first of the evaluation metrics has not improved on the validation set for so many rounds, at least 1, and keep the
    /// rounds up to the best one; null (default) to run all rounds. It needs a validation set at <c>Fit</c>.
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

    /// <summary>Whether the evaluation metrics are measured on the training set as well (default false); it costs a pass over its rows a round.</summary>
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

    /// <summary>Dropout of trees (DART); null (default) for none. It costs two bytes a row and tree, of validation rows as well.</summary>
    public Dropout? Dropout { get; init; }

    private protected static double CheckShare(double value, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        value > 0 && value <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and at most 1.");

    /// <exception cref="ArgumentException">Something is asked for that needs a validation set, and there is none.</exception>
    private protected void CheckValidation(bool hasValidation, bool hasMetrics)
    {
        if (EarlyStoppingRounds is not null && !hasValidation)
        {
            throw new ArgumentException("EarlyStoppingRounds needs a validation set: give one to Fit.");
        }

        if (EarlyStoppingMinDelta > 0 && EarlyStoppingRounds is null)
        {
            throw new ArgumentException("EarlyStoppingMinDelta needs EarlyStoppingRounds.");
        }

        if (hasMetrics && !hasValidation && !EvaluateTraining)
        {
            throw new ArgumentException("EvaluationMetrics need rows to be measured on: give a validation set to Fit, or set EvaluateTraining.");
        }
    }
}
