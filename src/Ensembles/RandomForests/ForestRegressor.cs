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
    public RegressionCriterion Criterion
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// Whether the model keeps which training rows its leaves have (default false), so that it can predict quantiles. It costs twelve
    /// bytes for each row of each tree.
    /// </summary>
    public bool KeepLeafSamples { get; init; }

    /// <inheritdoc/>
    public sealed override ForestRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Grow(data, null, TreeCount, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Adds trees to those that there are.</summary>
    /// <param name="data">The training set, of all trees the same.</param>
    /// <param name="forest">The trees so far, or null.</param>
    /// <param name="more">How many to add.</param>
    /// <param name="options">How to run the fit.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    internal ForestRegressionModel Grow(
        RegressionDataset data, Forest? forest, int more, FitOptions options, CancellationToken cancellationToken)
    {
        ForestPlan plan = Plan(data);
        var grower = new ForestGrower(
            plan, weights => RegressionCriteria.Create(Criterion, data.TargetArray, weights), reweight: null);
        int first = forest?.Trees.Count ?? 0;
        using FitLog<ForestTree> log = options.OpenLog<ForestTree>(Identify(data, first, more));
        Forest added = grower.Grow(first, more, log, options, cancellationToken);
        forest = forest is null ? added : forest.Append(added);
        ForestOutOfBagRegression? outOfBag = EstimatesOutOfBag(plan.Rows)
            ? ForestOutOfBagRegression.Of(forest, plan.Rows, data, options.ResolvedThreads, cancellationToken)
            : null;
        var model = new ForestRegressionModel(data, this with { TreeCount = forest.Trees.Count }, forest, outOfBag);
        log.Finish();
        return model;
    }

    /// <summary>What the trees are grown by on a training set.</summary>
    internal ForestPlan Plan(RegressionDataset data) =>
        Plan(data, _splitter, Criterion == RegressionCriterion.AbsoluteError, RowWeights.Of(data)) with
        {
            KeepLeafSamples = KeepLeafSamples,
        };
}
