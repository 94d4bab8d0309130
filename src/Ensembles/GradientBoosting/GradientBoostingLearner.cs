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
/// <typeparam name="TModel">The kind of what it gives.</typeparam>
/// <typeparam name="TMetric">What is measured.</typeparam>
/// <typeparam name="TFitted">What it gives.</typeparam>
public abstract record GradientBoostingLearner<TDataset, TModel, TMetric, TFitted> :
    BoostingLearner<TDataset, TModel, TMetric, TFitted>
    where TDataset : Dataset<TDataset>
    where TModel : Model
    where TMetric : Metric
    where TFitted : TModel
{
    private const double DefaultLearningRate = 0.1;

    private readonly TreeSettings _tree = new() { MaxDepth = 3 };
    private readonly double _subsample = 1;
    private readonly double _columnSampleByTree = 1;
    private readonly double _minCategoryWeight = 10;

    private protected GradientBoostingLearner()
        : base(DefaultLearningRate)
    {
    }

    /// <summary>The most splits on a way from the root to a leaf, at least 1 (default 3); null for no limit.</summary>
    public int? MaxDepth
    {
        get => _tree.MaxDepth;
        init => _tree = _tree with { MaxDepth = value };
    }

    /// <inheritdoc cref="TreeLearner{TDataset, TModel}.MaxLeaves"/>
    public int? MaxLeaves
    {
        get => _tree.MaxLeaves;
        init => _tree = _tree with { MaxLeaves = value };
    }

    /// <inheritdoc cref="TreeLearner{TDataset, TModel}.MinSamplesSplit"/>
    public SampleCount MinSamplesSplit
    {
        get => _tree.MinSamplesSplit;
        init => _tree = _tree with { MinSamplesSplit = value };
    }

    /// <inheritdoc cref="TreeLearner{TDataset, TModel}.MinSamplesLeaf"/>
    public SampleCount MinSamplesLeaf
    {
        get => _tree.MinSamplesLeaf;
        init => _tree = _tree with { MinSamplesLeaf = value };
    }

    /// <inheritdoc cref="TreeLearner{TDataset, TModel}.MinWeightFractionLeaf"/>
    public double MinWeightFractionLeaf
    {
        get => _tree.MinWeightFractionLeaf;
        init => _tree = _tree with { MinWeightFractionLeaf = value };
    }

    /// <inheritdoc cref="TreeLearner{TDataset, TModel}.MinImpurityDecrease"/>
    public double MinImpurityDecrease
    {
        get => _tree.MinImpurityDecrease;
        init => _tree = _tree with { MinImpurityDecrease = value };
    }

    /// <summary>
    /// The least weight of a category in a node of more than four categories, at least 0 (default 10: rows, where rows have no weights). The
    /// categories of a feature that have less go together, as one, to a side of a split of that node: an order of many categories of few rows
    /// each follows their noise.
    /// </summary>
    public double MinCategoryWeight
    {
        get => _minCategoryWeight;
        init => _minCategoryWeight = CheckRange(value, 0, double.MaxValue);
    }

    /// <inheritdoc cref="TreeLearner{TDataset, TModel}.MaxFeatures"/>
    public FeatureCount MaxFeatures
    {
        get => _tree.MaxFeatures;
        init => _tree = _tree with { MaxFeatures = value };
    }

    /// <inheritdoc cref="TreeLearner{TDataset, TModel}.SplitMethod"/>
    public SplitMethod SplitMethod
    {
        get => _tree.SplitMethod;
        init => _tree = _tree with { SplitMethod = value };
    }

    /// <inheritdoc cref="TreeLearner{TDataset, TModel}.MaxBins"/>
    public int MaxBins
    {
        get => _tree.MaxBins;
        init => _tree = _tree with { MaxBins = value };
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
    /// <see cref="MaxFeatures"/> of these.
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

    private protected override bool StopsByMetrics => StoppingRule == StoppingRule.Validation;

    /// <summary>Trains the initial learner, where there is one and no rounds have begun from it.</summary>
    /// <param name="data">The training set, with all weights.</param>
    /// <param name="isContinued">Whether there are rounds already.</param>
    /// <param name="begun">The initial learner of these.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">The rounds so far began from another one, or there is a base score as well.</exception>
    private protected TModel? FitInitial(
        TDataset data,
        bool isContinued,
        Learner<TDataset, TModel>? begun,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        if (InitialLearner is not null && BaseScore is not null)
        {
            throw new ArgumentException("InitialLearner and BaseScore both say where the scores begin: set one of them.");
        }

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
        Tree = _tree.For(data.RowCount, Splitter.Best, exactOnly: false),
        Seed = Seed,
        Rounds = Rounds,
        LearningRate = LearningRate,
        Subsample = Subsample,
        ColumnSampleByTree = ColumnSampleByTree,
        MinCategoryWeight = MinCategoryWeight,
        Patience = EarlyStoppingRounds,
        StopBy = StoppingRule,
        MinDelta = EarlyStoppingMinDelta,
        BaseScore = BaseScore,
    };
}
