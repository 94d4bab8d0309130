using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Trees;

/// <summary>The hyper-parameters of every learner that grows CART trees.</summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What it gives.</typeparam>
public abstract record TreeLearner<TDataset, TModel> : Learner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private readonly int? _maxDepth;
    private readonly int? _maxLeaves;
    private readonly SampleCount _minSamplesSplit = 2;
    private readonly double _minWeightFractionLeaf;
    private readonly double _minImpurityDecrease;
    private readonly int _maxBins = 255;

    private protected TreeLearner()
    {
    }

    /// <summary>The most splits on a way from the root to a leaf, at least 1; null (default) for no limit.</summary>
    public int? MaxDepth
    {
        get => _maxDepth;
        init => _maxDepth = value is int depth ? CheckRange(depth, 1) : null;
    }

    /// <summary>The most leaves, at least 2; the tree then grows best-first. Null (default) for no limit.</summary>
    public int? MaxLeaves
    {
        get => _maxLeaves;
        init => _maxLeaves = value is int leaves ? CheckRange(leaves, 2) : null;
    }

    /// <summary>The fewest rows of a node that may be split: a count of at least 2 (default 2) or a fraction of all.</summary>
    public SampleCount MinSamplesSplit
    {
        get => _minSamplesSplit;
        init => _minSamplesSplit = value == 1
            ? throw new ArgumentOutOfRangeException(nameof(MinSamplesSplit), value, "MinSamplesSplit must be at least 2, or a fraction.")
            : value;
    }

    /// <summary>The fewest rows of a leaf: a count of at least 1 (default 1) or a fraction of all.</summary>
    public SampleCount MinSamplesLeaf { get; init; } = 1;

    /// <summary>The least weight of a leaf as a share of the weight of all rows, from 0 (default) to 0.5.</summary>
    public double MinWeightFractionLeaf
    {
        get => _minWeightFractionLeaf;
        init => _minWeightFractionLeaf = CheckRange(value, 0, 0.5);
    }

    /// <summary>
    /// The least W_node/W_all · (impurity − W_left/W_node · impurity_left − W_right/W_node · impurity_right) of a split, at least
    /// 0 (default): at 0 an impure node is split also where that gains nothing.
    /// </summary>
    public double MinImpurityDecrease
    {
        get => _minImpurityDecrease;
        init => _minImpurityDecrease = CheckRange(value, 0, double.PositiveInfinity);
    }

    /// <summary>How many features each node draws and tries.</summary>
    public FeatureCount MaxFeatures { get; init; }

    /// <summary>Which thresholds are tried.</summary>
    public SplitMethod SplitMethod
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>With <see cref="SplitMethod.Histogram"/>: the most bins for the values of a column, from 2 to 255 (default 255).</summary>
    public int MaxBins
    {
        get => _maxBins;
        init => _maxBins = CheckRange(value, 2, 255);
    }

    /// <summary>The resolved options of a tree.</summary>
    /// <param name="rowCount">The number of training rows.</param>
    /// <param name="splitter">How splits are chosen.</param>
    /// <param name="exactOnly">Whether the criterion needs sorted columns.</param>
    /// <exception cref="ArgumentException">The split method cannot work with these.</exception>
    private protected TreeOptions ResolveTreeOptions(int rowCount, Splitter splitter, bool exactOnly)
    {
        if (SplitMethod == SplitMethod.Histogram && splitter == Splitter.Random)
        {
            throw new ArgumentException("Splitter.Random draws thresholds from the values themselves: it cannot work with SplitMethod.Histogram.");
        }

        if (SplitMethod == SplitMethod.Histogram && exactOnly)
        {
            throw new ArgumentException("RegressionCriterion.AbsoluteError needs the order of the rows: it cannot work with SplitMethod.Histogram.");
        }

        bool histogram = SplitMethod == SplitMethod.Histogram
            || (SplitMethod == SplitMethod.Auto && !exactOnly && splitter == Splitter.Best && rowCount > TreeOptions.AutoExactRows);
        return new TreeOptions
        {
            MaxDepth = MaxDepth,
            MaxLeaves = MaxLeaves,
            MinSamplesSplit = MinSamplesSplit,
            MinSamplesLeaf = MinSamplesLeaf,
            MinWeightFractionLeaf = MinWeightFractionLeaf,
            MinImpurityDecrease = MinImpurityDecrease,
            MaxFeatures = MaxFeatures,
            Splitter = splitter,
            SplitMethod = histogram ? SplitMethod.Histogram : SplitMethod.Exact,
            MaxBins = MaxBins,
        };
    }
}
