using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// The hyper-parameters of second-order boosting ("XGBoost-style"; Chen and Guestrin 2016): trees are added one round after the other, each
/// fitted to the gradients and hessians of a regularised loss at the scores so far. A round adds one tree, or one a class where there are
/// more than two.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">The kind of what it gives.</typeparam>
/// <typeparam name="TMetric">What is measured.</typeparam>
/// <typeparam name="TFitted">What it gives.</typeparam>
public abstract record NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted> :
    BoostingLearner<TDataset, TModel, TMetric, TFitted>, INewtonBoostingRecipe
    where TDataset : Dataset<TDataset>
    where TModel : Model
    where TMetric : Metric
    where TFitted : TModel
{
    private const double DefaultLearningRate = 0.1;

    private readonly int? _maxDepth = 6;
    private readonly int? _maxLeaves;
    private readonly double _l1;
    private readonly double _l2 = 1;
    private readonly double _minSplitGain;
    private readonly double _minChildWeight = 1;
    private readonly double _minCategoryWeight = 3;
    private readonly double _maxDeltaStep;
    private readonly double _subsample = 1;
    private readonly double _columnSampleByTree = 1;
    private readonly double _columnSampleByLevel = 1;
    private readonly double _columnSampleByNode = 1;
    private readonly int _maxBins = 255;
    private readonly double? _sketchError;

    private protected NewtonBoostingLearner()
        : base(DefaultLearningRate)
    {
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

    /// <summary>
    /// The least hessian sum of a category in a node of more than four categories, at least 0 (default 3). The categories of a feature that
    /// have less go together, as one, to a side of a split of that node: an order of many categories of few rows each follows their noise.
    /// </summary>
    public double MinCategoryWeight
    {
        get => _minCategoryWeight;
        init => _minCategoryWeight = CheckRange(value, 0, double.MaxValue);
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

    /// <summary>Dropout of trees (DART); null (default) for none. It costs two bytes a row and tree, of validation rows as well.</summary>
    public Dropout? Dropout { get; init; }
}
