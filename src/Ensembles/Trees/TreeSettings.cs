using Ensembles.Learners;

namespace Ensembles.Trees;

/// <summary>The hyper-parameters of CART trees, checked here whichever recipe they are set in.</summary>
internal sealed record TreeSettings
{
    private readonly int? _maxDepth;
    private readonly int? _maxLeaves;
    private readonly SampleCount _minSamplesSplit = 2;
    private readonly double _minWeightFractionLeaf;
    private readonly double _minImpurityDecrease;
    private readonly int _minSamplesPerCategory;
    private readonly int _maxBins = 255;

    public int? MaxDepth
    {
        get => _maxDepth;
        init => _maxDepth = value is int depth ? Learner.CheckRange(depth, 1) : null;
    }

    public int? MaxLeaves
    {
        get => _maxLeaves;
        init => _maxLeaves = value is int leaves ? Learner.CheckRange(leaves, 2) : null;
    }

    public SampleCount MinSamplesSplit
    {
        get => _minSamplesSplit;
        init => _minSamplesSplit = value == 1
            ? throw new ArgumentOutOfRangeException(nameof(MinSamplesSplit), value, "MinSamplesSplit must be at least 2, or a fraction.")
            : value;
    }

    public SampleCount MinSamplesLeaf { get; init; } = 1;

    public double MinWeightFractionLeaf
    {
        get => _minWeightFractionLeaf;
        init => _minWeightFractionLeaf = Learner.CheckRange(value, 0, 0.5);
    }

    public double MinImpurityDecrease
    {
        get => _minImpurityDecrease;
        init => _minImpurityDecrease = Learner.CheckRange(value, 0, double.PositiveInfinity);
    }

    public int MinSamplesPerCategory
    {
        get => _minSamplesPerCategory;
        init => _minSamplesPerCategory = Learner.CheckRange(value, 0);
    }

    public FeatureCount MaxFeatures { get; init; }

    public SplitMethod SplitMethod
    {
        get;
        init => field = Learner.CheckDefined(value);
    }

    public int MaxBins
    {
        get => _maxBins;
        init => _maxBins = Learner.CheckRange(value, 2, 255);
    }

    /// <summary>The options for one training set.</summary>
    /// <param name="rowCount">The number of training rows.</param>
    /// <param name="splitter">How splits are chosen.</param>
    /// <param name="exactOnly">Whether the criterion needs sorted columns.</param>
    /// <exception cref="ArgumentException">The split method cannot work with these.</exception>
    public TreeOptions For(int rowCount, Splitter splitter, bool exactOnly)
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
            MinSamplesPerCategory = MinSamplesPerCategory,
            MaxFeatures = MaxFeatures,
            Splitter = splitter,
            SplitMethod = histogram ? SplitMethod.Histogram : SplitMethod.Exact,
            MaxBins = MaxBins,
        };
    }
}
