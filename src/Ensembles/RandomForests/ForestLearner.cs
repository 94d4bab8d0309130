using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>
/// The hyper-parameters of every forest: many trees, each made different by the rows it draws and by the features or thresholds
/// that its nodes draw, and averaged.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What it gives.</typeparam>
public abstract record ForestLearner<TDataset, TModel> : TreeLearner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private readonly int _treeCount = 100;
    private readonly double _sampleFraction = 1;

    private protected ForestLearner()
    {
        MinSamplesPerCategory = 10;
    }

    /// <summary>
    /// The number of trees, at least 1 (default 100, as scikit-learn). More trees never overfit; they cost time, and past some
    /// hundreds bring little: the error curve of the out-of-bag estimate shows when it is enough.
    /// </summary>
    public int TreeCount
    {
        get => _treeCount;
        init => _treeCount = CheckRange(value, 1);
    }

    /// <summary>
    /// Whether each tree draws its rows with replacement (Breiman's bootstrap). If not, it takes
    /// <see cref="SampleFraction"/> of the rows, each at most once: by default all of them.
    /// </summary>
    public bool Bootstrap { get; init; }

    /// <summary>
    /// The rows that a tree draws, as a share of all rows of weight above 0: above 0, at most 1 (default). It draws
    /// max(1, ⌊fraction · n⌋) rows.
    /// </summary>
    public double SampleFraction
    {
        get => _sampleFraction;
        init => _sampleFraction = value > 0 ? CheckRange(value, 0, 1) : throw new ArgumentOutOfRangeException(
            nameof(SampleFraction), value, "SampleFraction must be above 0 and at most 1.");
    }

    /// <summary>
    /// When the <see cref="TreeLearner{TDataset, TModel}.MaxFeatures"/> are drawn (default <see cref="FeatureSampling.PerNode"/>).
    /// </summary>
    public FeatureSampling FeatureSampling
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// Whether the fit ends with the out-of-bag estimate: each row predicted by the trees that did not draw it. Null (default) where
    /// trees leave rows out; true demands it and fails where they do not; false saves its time, some 4 % of the fit on 100,000
    /// rows and more on fewer.
    /// </summary>
    public bool? EstimateOutOfBag { get; init; }

    /// <summary>Whether the fit ends with the out-of-bag estimate.</summary>
    private protected bool EstimatesOutOfBag(RowSampler rows) => EstimateOutOfBag != false && rows.LeavesRowsOut;

    /// <summary>What decides the model of a fit.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="first">How many trees there are already.</param>
    /// <param name="more">How many to add.</param>
    private protected FitIdentity Identify(TDataset data, int first, int more) => new()
    {
        Recipe = this,
        Table = data.Features,
        Data = data,
        First = first,
        Units = more,
    };

    /// <summary>What the trees are grown by.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="splitter">How splits are chosen.</param>
    /// <param name="exactOnly">Whether the criterion needs sorted columns.</param>
    /// <param name="weights">The weight of each row before the draw.</param>
    /// <exception cref="ArgumentException">Two properties cannot work together.</exception>
    private protected ForestPlan Plan(TDataset data, Splitter splitter, bool exactOnly, double[] weights)
    {
        TreeOptions tree = ResolveTreeOptions(data.RowCount, splitter, exactOnly) with { RandomTies = true };
        bool perTree = FeatureSampling == FeatureSampling.PerTree;
        var plan = new ForestPlan
        {
            Table = data.Features,
            Tree = perTree ? tree with { MaxFeatures = FeatureCount.All } : tree,
            FeaturesPerTree = perTree ? MaxFeatures : FeatureCount.All,
            Rows = new RowSampler(weights, Bootstrap, SampleFraction, Seed),
            Weights = weights,
            Seed = Seed,
        };
        return EstimateOutOfBag == true && !plan.Rows.LeavesRowsOut
            ? throw new ArgumentException("EstimateOutOfBag needs trees that leave rows out: Bootstrap, or a SampleFraction below 1.")
            : plan;
    }
}
