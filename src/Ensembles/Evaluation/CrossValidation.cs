using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>
/// Cross-validation: a model a fold, trained on some rows and tested on others. The result depends on the data, the recipe and the plan of
/// the folds alone, not on the number of threads.
/// </summary>
/// <example>
/// <code>
/// ClassificationCrossValidation result = CrossValidation.Run(
///     new RandomForestClassifier(), data, FoldPlan.Stratified(10, seed: 1), [ClassificationMetric.AreaUnderRoc]);
/// Console.WriteLine(result);
/// </code>
/// </example>
public static class CrossValidation
{
    /// <summary>Cross-validates a classifier.</summary>
    /// <param name="learner">The recipe; each fold is trained by it as it is, with its seed.</param>
    /// <param name="data">The rows. Their weights count in training and in testing.</param>
    /// <param name="folds">How the rows are parted; null for <see cref="FoldPlan.Standard"/>: five folds.</param>
    /// <param name="metrics">What is measured; null or empty for log loss and accuracy.</param>
    /// <param name="options">How to run it, and what to keep; null for <see cref="CrossValidationOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// The plan does not fit the data, the recipe cannot work on them, or a metric is not defined for a fold (the message names them).
    /// </exception>
    public static ClassificationCrossValidation Run(
        Learner<ClassificationDataset, ClassificationModel> learner,
        ClassificationDataset data,
        FoldPlan? folds = null,
        MetricList<ClassificationMetric>? metrics = null,
        CrossValidationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        return Run(learner.Fit, data, folds, metrics, options, cancellationToken);
    }

    /// <summary>Cross-validates a regressor.</summary>
    /// <param name="learner">The recipe; each fold is trained by it as it is, with its seed.</param>
    /// <param name="data">The rows. Their weights count in training and in testing.</param>
    /// <param name="folds">How the rows are parted; null for <see cref="FoldPlan.Standard"/>: five folds.</param>
    /// <param name="metrics">What is measured; null or empty for the root mean squared error and R².</param>
    /// <param name="options">How to run it, and what to keep; null for <see cref="CrossValidationOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// The plan does not fit the data, the recipe cannot work on them, or a metric is not defined for a fold (the message names them).
    /// </exception>
    public static RegressionCrossValidation Run(
        Learner<RegressionDataset, RegressionModel> learner,
        RegressionDataset data,
        FoldPlan? folds = null,
        MetricList<RegressionMetric>? metrics = null,
        CrossValidationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        return Run(learner.Fit, data, folds, metrics, options, cancellationToken);
    }

    /// <summary>
    /// Cross-validates a way of training classifiers: with a part of the rows kept for early stopping, say, or with hyper-parameters
    /// searched for within each fold.
    /// </summary>
    /// <param name="fit">
    /// Trains a model on the rows of a fold, by the threads of the options that it is given. Called from many threads at once; it must give
    /// the same model for the same rows, else nothing repeats.
    /// </param>
    /// <inheritdoc cref="Run(Learner{ClassificationDataset, ClassificationModel}, ClassificationDataset, FoldPlan?, MetricList{ClassificationMetric}?, CrossValidationOptions?, CancellationToken)"/>
    /// <param name="data">The rows.</param>
    /// <param name="folds">How the rows are parted; null for five folds.</param>
    /// <param name="metrics">What is measured; null or empty for log loss and accuracy.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static ClassificationCrossValidation Run(
        Func<ClassificationDataset, FitOptions, CancellationToken, ClassificationModel> fit,
        ClassificationDataset data,
        FoldPlan? folds = null,
        MetricList<ClassificationMetric>? metrics = null,
        CrossValidationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new ClassificationCrossValidation(
            data, FoldRun.Of(new Fit<ClassificationDataset, ClassificationModel>(fit), data, folds, Judge.Of(metrics), options, cancellationToken));
    }

    /// <summary>
    /// Cross-validates a way of training regressors: with a part of the rows kept for early stopping, say, or with hyper-parameters
    /// searched for within each fold.
    /// </summary>
    /// <param name="fit">
    /// Trains a model on the rows of a fold, by the threads of the options that it is given. Called from many threads at once; it must give
    /// the same model for the same rows, else nothing repeats.
    /// </param>
    /// <inheritdoc cref="Run(Learner{RegressionDataset, RegressionModel}, RegressionDataset, FoldPlan?, MetricList{RegressionMetric}?, CrossValidationOptions?, CancellationToken)"/>
    /// <param name="data">The rows.</param>
    /// <param name="folds">How the rows are parted; null for five folds.</param>
    /// <param name="metrics">What is measured; null or empty for the root mean squared error and R².</param>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static RegressionCrossValidation Run(
        Func<RegressionDataset, FitOptions, CancellationToken, RegressionModel> fit,
        RegressionDataset data,
        FoldPlan? folds = null,
        MetricList<RegressionMetric>? metrics = null,
        CrossValidationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new RegressionCrossValidation(
            data, FoldRun.Of(new Fit<RegressionDataset, RegressionModel>(fit), data, folds, Judge.Of(metrics), options, cancellationToken));
    }
}
