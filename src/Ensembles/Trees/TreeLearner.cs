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
    private readonly TreeSettings _tree = new();

    private protected TreeLearner()
    {
    }

    /// <summary>The most splits on a way from the root to a leaf, at least 1; null (default) for no limit.</summary>
    public int? MaxDepth
    {
        get => _tree.MaxDepth;
        init => _tree = _tree with { MaxDepth = value };
    }

    /// <summary>The most leaves, at least 2; the tree then grows best-first. Null (default) for no limit.</summary>
    public int? MaxLeaves
    {
        get => _tree.MaxLeaves;
        init => _tree = _tree with { MaxLeaves = value };
    }

    /// <summary>The fewest rows of a node that may be split: a count of at least 2 (default 2) or a fraction of all.</summary>
    public SampleCount MinSamplesSplit
    {
        get => _tree.MinSamplesSplit;
        init => _tree = _tree with { MinSamplesSplit = value };
    }

    /// <summary>The fewest rows of a leaf: a count of at least 1 (default 1) or a fraction of all.</summary>
    public SampleCount MinSamplesLeaf
    {
        get => _tree.MinSamplesLeaf;
        init => _tree = _tree with { MinSamplesLeaf = value };
    }

    /// <summary>The least weight of a leaf as a share of the weight of all rows, from 0 (default) to 0.5.</summary>
    public double MinWeightFractionLeaf
    {
        get => _tree.MinWeightFractionLeaf;
        init => _tree = _tree with { MinWeightFractionLeaf = value };
    }

    /// <summary>
    /// The least W_node/W_all · (impurity − W_left/W_node · impurity_left − W_right/W_node · impurity_right) of a split, at least
    /// 0 (default): at 0 an impure node is split also where that gains nothing.
    /// </summary>
    public double MinImpurityDecrease
    {
        get => _tree.MinImpurityDecrease;
        init => _tree = _tree with { MinImpurityDecrease = value };
    }

    /// <summary>
    /// The fewest rows a category (of histograms: a bin of categories), the mean over those of a feature that a node has, with which the node puts them in order by its
    /// own rows; a node of fewer takes the order that the tree has in all its rows. At least 0: then every node has its own order, the best
    /// one for its rows (default of single trees). Forests take 10: their deep nodes have few rows a category, an order of which is
    /// chance and makes categories that say nothing look useful (M. Wright, I. König: <em>Splitting on Categorical Predictors in
    /// Random Forests</em>, 2019, order all categories once).
    /// </summary>
    public int MinSamplesPerCategory
    {
        get => _tree.MinSamplesPerCategory;
        init => _tree = _tree with { MinSamplesPerCategory = value };
    }

    /// <summary>How many features each node draws and tries.</summary>
    public FeatureCount MaxFeatures
    {
        get => _tree.MaxFeatures;
        init => _tree = _tree with { MaxFeatures = value };
    }

    /// <summary>Which thresholds are tried.</summary>
    public SplitMethod SplitMethod
    {
        get => _tree.SplitMethod;
        init => _tree = _tree with { SplitMethod = value };
    }

    /// <summary>With <see cref="SplitMethod.Histogram"/>: the most bins for the values of a column, from 2 to 255 (default 255).</summary>
    public int MaxBins
    {
        get => _tree.MaxBins;
        init => _tree = _tree with { MaxBins = value };
    }

    /// <summary>The resolved options of a tree.</summary>
    /// <param name="rowCount">The number of training rows.</param>
    /// <param name="splitter">How splits are chosen.</param>
    /// <param name="exactOnly">Whether the criterion needs sorted columns.</param>
    /// <exception cref="ArgumentException">The split method cannot work with these.</exception>
    private protected TreeOptions ResolveTreeOptions(int rowCount, Splitter splitter, bool exactOnly) =>
        _tree.For(rowCount, splitter, exactOnly);
}
