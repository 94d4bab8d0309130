using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees.Pruning;

namespace Ensembles.Trees;

/// <summary>
/// A regression tree, pruned as far as cross-validation advises: by the squared error, with
/// <see cref="RegressionCriterion.AbsoluteError"/> the absolute error, with <see cref="RegressionCriterion.Poisson"/> the deviance.
/// </summary>
/// <example>
/// <code>
/// DecisionTreeRegressionModel model = new PrunedTreeRegressor { Tree = new DecisionTreeRegressor { MinSamplesLeaf = 5 } }.Fit(data);
/// </code>
/// </example>
public sealed record PrunedTreeRegressor : PrunedTreeLearner<RegressionDataset, RegressionModel>
{
    /// <summary>How the tree grows (default: unlimited).</summary>
    public DecisionTreeRegressor Tree
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Tree));
            field = value;
        }
    }
    = new();

    /// <inheritdoc/>
    public override DecisionTreeRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (RowWeights.Of(data).Count(weight => weight > 0) < 2)
        {
            return SeededTree().Fit(data, options, cancellationToken);
        }

        (DecisionTreeRegressionModel unpruned, PruningCrossValidation validation) = GrowAndValidate(data, options, cancellationToken);
        return unpruned.Prune(validation.Within(StandardErrors).Alpha);
    }

    /// <summary>Grows the tree of all rows and cross-validates its subtrees, and leaves the choice to the caller.</summary>
    /// <param name="data">The rows to learn from: at least two of weight above 0.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The tree as it grew, and the error of each of its subtrees.</returns>
    /// <exception cref="ArgumentException">The recipe cannot work on this data.</exception>
    public (DecisionTreeRegressionModel Unpruned, PruningCrossValidation Validation) GrowAndValidate(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        RegressionDataset rows = RowsToValidate(data, RowWeights.Of(data));
        int foldCount = Math.Min(Folds, rows.RowCount);
        var progress = new ProgressCounter(options.Progress, 1 + foldCount);
        DecisionTreeRegressor tree = SeededTree();
        DecisionTreeRegressionModel unpruned = tree.Fit(data, options with { Progress = null }, cancellationToken);
        progress.Add();
        var oneThread = new FitOptions { Threads = 1 };
        PruningCrossValidation validation = FoldLosses.CrossValidate(
            unpruned.PruningPath(),
            rows.Folds(foldCount, Seed),
            train => tree.Fit(train, oneThread, cancellationToken),
            LossOf(Tree.Criterion),
            options.ThreadsWithoutSnapshots,
            progress,
            cancellationToken);
        return (unpruned, validation);
    }

    private static NodeLoss<RegressionDataset> LossOf(RegressionCriterion criterion) => criterion switch
    {
        RegressionCriterion.AbsoluteError => static (test, row, value) => Math.Abs(test.Targets[row] - value[0]),
        RegressionCriterion.Poisson => static (test, row, value) => MeanPoissonDeviance.OfRow(test.Targets[row], value[0]),
        _ => static (test, row, value) => (test.Targets[row] - value[0]) * (test.Targets[row] - value[0]),
    };

    private DecisionTreeRegressor SeededTree() => Tree with { Seed = unchecked(Tree.Seed + Seed) };
}
