using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees.Pruning;

namespace Ensembles.Trees;

/// <summary>
/// A classification tree (CART; Breiman, Friedman, Olshen and Stone 1984). It grows until its leaves are pure, unless it is
/// limited here; it can be pruned afterwards.
/// </summary>
public sealed record DecisionTreeClassifier : TreeLearner<ClassificationDataset, ClassificationModel>
{
    private readonly double _pruningAlpha;

    /// <summary>The defaults: an unlimited tree by exact Gini splits.</summary>
    public DecisionTreeClassifier()
    {
        SplitMethod = SplitMethod.Exact;
    }

    /// <summary>What splits make small (default <see cref="ClassificationCriterion.Gini"/>).</summary>
    public ClassificationCriterion Criterion
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>How the split of a feature is chosen (default <see cref="Splitter.Best"/>).</summary>
    public Splitter Splitter
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>Weights of the classes; null (default) where all weigh the same.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>
    /// The price of a leaf in cost-complexity pruning, in units of the impurity of the whole tree: at least 0, and at 0 (default)
    /// the tree is not pruned. <see cref="PrunedTreeClassifier"/> chooses it by cross-validation.
    /// </summary>
    public double PruningAlpha
    {
        get => _pruningAlpha;
        init => _pruningAlpha = CheckRange(value, 0, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override DecisionTreeClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        var grower = new ClassificationTreeGrower(this, data);
        DecisionTreeClassificationModel grown = grower.Grow(RowWeights.Of(data), Seed, options.ThreadsWithoutSnapshots, cancellationToken);
        options.Progress?.Report(new FitProgress(1, 1));
        (Tree pruned, TreeStatistics statistics) = TreePruner.Prune(grown.Tree, grown.Statistics, PruningAlpha);
        return new DecisionTreeClassificationModel(data.Schema, data.Classes, this, pruned, statistics);
    }

    /// <summary>The options of an unpruned tree.</summary>
    /// <exception cref="ArgumentException">Two properties cannot work together.</exception>
    internal TreeOptions Resolve(int rowCount) => ResolveTreeOptions(rowCount, Splitter, exactOnly: false) with { KeepNodeValues = true };
}
