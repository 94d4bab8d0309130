using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees.Criteria;
using Ensembles.Trees.Pruning;

namespace Ensembles.Trees;

/// <summary>
/// A regression tree (CART; Breiman, Friedman, Olshen and Stone 1984). It grows until its leaves are pure, unless it is limited
/// here; it can be pruned afterwards.
/// </summary>
public sealed record DecisionTreeRegressor : TreeLearner<RegressionDataset, RegressionModel>
{
    private readonly double _pruningAlpha;

    /// <summary>The defaults: an unlimited tree by exact splits of the squared error.</summary>
    public DecisionTreeRegressor()
    {
        SplitMethod = SplitMethod.Exact;
    }

    /// <summary>What splits make small (default <see cref="RegressionCriterion.SquaredError"/>).</summary>
    public RegressionCriterion Criterion
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

    /// <summary>
    /// The price of a leaf in cost-complexity pruning, in units of the impurity of the whole tree: at least 0, and at 0 (default)
    /// the tree is not pruned. <see cref="PrunedTreeRegressor"/> chooses it by cross-validation.
    /// </summary>
    public double PruningAlpha
    {
        get => _pruningAlpha;
        init => _pruningAlpha = CheckRange(value, 0, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override DecisionTreeRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        bool exactOnly = Criterion == RegressionCriterion.AbsoluteError;
        TreeOptions tree = ResolveTreeOptions(data.RowCount, Splitter, exactOnly) with { KeepNodeValues = true };
        Criterion criterion = RegressionCriteria.Create(Criterion, data.TargetArray, RowWeights.Of(data));
        GrownTree grown = tree.Grow(data.Features, criterion, TreeKeys.Of(Seed, 0), options.ThreadsWithoutSnapshots, cancellationToken);
        options.Progress?.Report(new FitProgress(1, 1));
        (Tree pruned, TreeStatistics statistics) = TreePruner.Prune(grown.Tree, grown.Statistics, PruningAlpha);
        return new DecisionTreeRegressionModel(data.Schema, this, pruned, statistics);
    }
}
