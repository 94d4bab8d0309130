using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;
using Ensembles.Trees.Criteria;

namespace Ensembles.RandomForests;

/// <summary>The hyper-parameters of the forests that predict a number.</summary>
public abstract record ForestRegressor : ForestLearner<RegressionDataset, RegressionModel>
{
    private readonly Splitter _splitter;

    private protected ForestRegressor(Splitter splitter)
    {
        _splitter = splitter;
    }

    /// <summary>What splits make small (default <see cref="RegressionCriterion.SquaredError"/>).</summary>
    public RegressionCriterion Criterion { get; init; }

    /// <inheritdoc/>
    public sealed override ForestRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        ForestPlan plan = Plan(data, _splitter, Criterion == RegressionCriterion.AbsoluteError, RowWeights.Of(data));
        var grower = new ForestGrower(
            plan, sampleWeights => RegressionCriteria.Create(Criterion, data.TargetArray, sampleWeights), reweight: null);
        Forest forest = grower.Grow(0, TreeCount, options, cancellationToken);
        ForestOutOfBagRegression? outOfBag = EstimateOutOfBag != false && plan.Rows.LeavesRowsOut
            ? ForestOutOfBagRegression.Of(forest, plan.Rows, data, options.ResolvedThreads, cancellationToken)
            : null;
        return new ForestRegressionModel(data.Schema, this, forest, outOfBag);
    }
}
