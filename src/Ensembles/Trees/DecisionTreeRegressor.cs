using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees;

/// <summary>
/// A regression tree (CART; Breiman, Friedman, Olshen and Stone 1984). It grows until its leaves are pure, unless it is limited
/// here; it can be pruned afterwards.
/// </summary>
public sealed record DecisionTreeRegressor : TreeLearner<RegressionDataset, RegressionModel>
{
    /// <summary>The defaults: an unlimited tree by exact splits of the squared error.</summary>
    public DecisionTreeRegressor()
    {
        SplitMethod = SplitMethod.Exact;
    }

    /// <summary>What splits make small (default <see cref="RegressionCriterion.SquaredError"/>).</summary>
    public RegressionCriterion Criterion { get; init; }

    /// <summary>How the split of a feature is chosen (default <see cref="Splitter.Best"/>).</summary>
    public Splitter Splitter { get; init; }

    /// <inheritdoc/>
    public override DecisionTreeRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        TreeOptions tree = ResolveTreeOptions(data.RowCount, Splitter, Criterion == RegressionCriterion.AbsoluteError) with { KeepNodeValues = true };
        Criterion criterion = RegressionCriteria.Create(Criterion, data.TargetArray, RowWeights.Of(data));
        GrownTree grown = tree.Grow(data.Features, criterion, TreeKeys.Of(Seed, 0), options.ResolvedThreads, cancellationToken);
        options.Progress?.Report(new FitProgress(1, 1));
        return new DecisionTreeRegressionModel(data.Schema, this, grown.Tree, grown.Statistics);
    }
}
