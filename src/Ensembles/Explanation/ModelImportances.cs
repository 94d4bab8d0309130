using Ensembles.Data;
using Ensembles.Explanation.Importances;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Explanation;

/// <summary>Importances of features that need nothing but predictions: for any model and any metric.</summary>
public static class ModelImportances
{
    /// <summary>
    /// Permutation importances: by how much a metric gets worse when the values of a feature are shuffled among the rows (Breiman 2001,
    /// Fisher et al. 2019), in the mean over some shuffles, with its standard error. On rows that the model has not seen they say what it
    /// needs; correlated features stand in for each other.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows, with the classes of the model.</param>
    /// <param name="metric">What to measure by.</param>
    /// <param name="repeats">How often each feature is shuffled, at least 1 (default 5); the standard error needs 2.</param>
    /// <param name="seed">The source of the shuffles (default 0).</param>
    /// <param name="options">How many threads to use; null for <see cref="FitOptions.Default"/>. The result is the same for every number.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One a feature, in the order of the schema.</returns>
    /// <exception cref="ArgumentException">The data have other classes, or a column of the model is missing or of another kind.</exception>
    public static ImportanceList<PermutationImportance> PermutationImportances(
        this ClassificationModel model,
        ClassificationDataset data,
        ClassificationMetric metric,
        int repeats = 5,
        ulong seed = 0,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metric);
        if (!data.Classes.Equals(model.Classes))
        {
            throw new ArgumentException($"The model knows the classes {model.Classes}; the data have {data.Classes}.", nameof(data));
        }

        double sign = metric.HigherIsBetter ? -1 : 1;
        return ShuffledColumns.Compute(
            model,
            data.Features,
            predictions => sign * metric.Evaluate(data.Labels, predictions, data.ClassCount, data.Weights),
            repeats,
            seed,
            (options ?? FitOptions.Default).ThreadsWithoutSnapshots,
            cancellationToken);
    }

    /// <inheritdoc cref="PermutationImportances(ClassificationModel, ClassificationDataset, ClassificationMetric, int, ulong, FitOptions?, CancellationToken)"/>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public static ImportanceList<PermutationImportance> PermutationImportances(
        this RegressionModel model,
        RegressionDataset data,
        RegressionMetric metric,
        int repeats = 5,
        ulong seed = 0,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metric);
        double sign = metric.HigherIsBetter ? -1 : 1;
        return ShuffledColumns.Compute(
            model,
            data.Features,
            predictions => sign * metric.Evaluate(data.Targets, predictions, data.Weights),
            repeats,
            seed,
            (options ?? FitOptions.Default).ThreadsWithoutSnapshots,
            cancellationToken);
    }

    /// <summary>
    /// Drop-column importances: by how much a metric gets worse when the learner is trained without a feature. The dearest and most honest
    /// way: what other features can make up for counts for nothing.
    /// </summary>
    /// <param name="learner">The learner; trained once with all features and once without each.</param>
    /// <param name="train">The rows to learn from, of at least two features.</param>
    /// <param name="test">The rows to measure by.</param>
    /// <param name="metric">What to measure by.</param>
    /// <param name="options">How to run the fits; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One a feature, in the order of the schema.</returns>
    /// <exception cref="ArgumentException">There is one feature only, or the test rows have other columns or classes.</exception>
    public static ImportanceList<DropColumnImportance> DropColumnImportances(
        this Learner<ClassificationDataset, ClassificationModel> learner,
        ClassificationDataset train,
        ClassificationDataset test,
        ClassificationMetric metric,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(metric);
        return DropColumns(learner, train, metric, options, cancellationToken, model =>
        {
            if (!test.Classes.Equals(model.Classes))
            {
                throw new ArgumentException($"The training rows have the classes {model.Classes}; the test rows have {test.Classes}.", nameof(test));
            }

            return metric.Evaluate(test.Labels, model.PredictRows(test.Features), test.ClassCount, test.Weights);
        });
    }

    /// <inheritdoc cref="DropColumnImportances(Learner{ClassificationDataset, ClassificationModel}, ClassificationDataset, ClassificationDataset, ClassificationMetric, FitOptions?, CancellationToken)"/>
    /// <exception cref="ArgumentException">There is one feature only, or the test rows have other columns.</exception>
    public static ImportanceList<DropColumnImportance> DropColumnImportances(
        this Learner<RegressionDataset, RegressionModel> learner,
        RegressionDataset train,
        RegressionDataset test,
        RegressionMetric metric,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(metric);
        return DropColumns(
            learner,
            train,
            metric,
            options,
            cancellationToken,
            model => metric.Evaluate(test.Targets, model.PredictRows(test.Features), test.Weights));
    }

    private static ImportanceList<DropColumnImportance> DropColumns<TDataset, TModel>(
        Learner<TDataset, TModel> learner,
        TDataset train,
        Metric metric,
        FitOptions? options,
        CancellationToken token,
        Func<TModel, double> measure)
        where TDataset : Dataset<TDataset>
        where TModel : Model
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(train);
        if (train.Schema.Count == 1)
        {
            throw new ArgumentException("There is one feature only, and no model without it.", nameof(train));
        }

        options?.RefuseSnapshots();
        double all = measure(learner.Fit(train, options, token));
        var importances = new DropColumnImportance[train.Schema.Count];
        for (int f = 0; f < importances.Length; f++)
        {
            int[] others = [.. Enumerable.Range(0, importances.Length).Where(column => column != f)];
            double without = measure(learner.Fit(train.SelectColumns(others), options, token));
            importances[f] = new DropColumnImportance(train.Schema[f].Name, metric.HigherIsBetter ? all - without : without - all, without);
        }

        return DropColumnImportance.List(importances);
    }
}
