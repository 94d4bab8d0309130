using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>
/// Searches for the hyper-parameters that cross-validate best. The result depends on the space, the strategy, the data and the folds
/// alone: not on the number of threads, nor on whether the search was interrupted.
/// </summary>
/// <example>
/// <code>
/// var result = HyperParameterSearch.Run(space, train, SearchStrategy.Random(50, seed: 1), FoldPlan.Stratified(5, seed: 1));
/// var model = result.BestRecipe.Fit(train);
/// </code>
/// </example>
public static class HyperParameterSearch
{
    /// <summary>Searches for the best classifier.</summary>
    /// <typeparam name="TLearner">The kind of recipe.</typeparam>
    /// <param name="space">The recipe and its hyper-parameters.</param>
    /// <param name="data">The rows; the test set is none of them.</param>
    /// <param name="strategy">Which points are tried.</param>
    /// <param name="folds">How the rows are parted; null for five folds.</param>
    /// <param name="metrics">What is measured; the first decides; null or empty for log loss and accuracy.</param>
    /// <param name="fit">
    /// Trains the model of a recipe on the rows of a fold where <c>Fit</c> will not do: with early stopping, say. Called from many threads
    /// at once; it must give the same model for the same rows. Null to train by the recipe.
    /// </param>
    /// <param name="options">How to run it; null for <see cref="SearchOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// The plan does not fit the data, a grid has a range without a number of points, or every trial failed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The file of results is of a search with other data, folds or metrics.</exception>
    /// <exception cref="InvalidDataException">The file of results is damaged; the message has its line.</exception>
    public static SearchResult<TLearner, ClassificationMetric> Run<TLearner>(
        SearchSpace<TLearner> space,
        ClassificationDataset data,
        SearchStrategy strategy,
        FoldPlan? folds = null,
        MetricList<ClassificationMetric>? metrics = null,
        Func<TLearner, ClassificationDataset, FitOptions, CancellationToken, ClassificationModel>? fit = null,
        SearchOptions? options = null,
        CancellationToken cancellationToken = default)
        where TLearner : Learner<ClassificationDataset, ClassificationModel>
    {
        fit ??= static (recipe, train, run, token) => recipe.Fit(train, run, token);
        return SearchRun<TLearner, ClassificationDataset, ClassificationModel, ClassificationMetric>.Of(
            space, data, strategy, folds, Judge.Of(metrics), fit, options ?? SearchOptions.Default, cancellationToken);
    }

    /// <summary>Searches for the best regressor.</summary>
    /// <typeparam name="TLearner">The kind of recipe.</typeparam>
    /// <param name="space">The recipe and its hyper-parameters.</param>
    /// <param name="data">The rows; the test set is none of them.</param>
    /// <param name="strategy">Which points are tried.</param>
    /// <param name="folds">How the rows are parted; null for five folds.</param>
    /// <param name="metrics">What is measured; the first decides; null or empty for the root mean squared error and R².</param>
    /// <param name="fit">
    /// Trains the model of a recipe on the rows of a fold where <c>Fit</c> will not do: with early stopping, say. Called from many threads
    /// at once; it must give the same model for the same rows. Null to train by the recipe.
    /// </param>
    /// <param name="options">How to run it; null for <see cref="SearchOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// The plan does not fit the data, a grid has a range without a number of points, or every trial failed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The file of results is of a search with other data, folds or metrics.</exception>
    /// <exception cref="InvalidDataException">The file of results is damaged; the message has its line.</exception>
    public static SearchResult<TLearner, RegressionMetric> Run<TLearner>(
        SearchSpace<TLearner> space,
        RegressionDataset data,
        SearchStrategy strategy,
        FoldPlan? folds = null,
        MetricList<RegressionMetric>? metrics = null,
        Func<TLearner, RegressionDataset, FitOptions, CancellationToken, RegressionModel>? fit = null,
        SearchOptions? options = null,
        CancellationToken cancellationToken = default)
        where TLearner : Learner<RegressionDataset, RegressionModel>
    {
        fit ??= static (recipe, train, run, token) => recipe.Fit(train, run, token);
        return SearchRun<TLearner, RegressionDataset, RegressionModel, RegressionMetric>.Of(
            space, data, strategy, folds, Judge.Of(metrics), fit, options ?? SearchOptions.Default, cancellationToken);
    }
}
