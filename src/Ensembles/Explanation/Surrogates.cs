using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.Explanation;

/// <summary>Trees that imitate models (Craven and Shavlik 1996): a picture of the whole model, as faithful as its fidelity says.</summary>
public static class Surrogates
{
    private const int DefaultDepth = 3;
    private const double TrainingShare = 0.7;

    /// <summary>Trains a tree on the classes that a model predicts for seven rows in ten, and tries it on the others.</summary>
    /// <param name="model">The model to imitate.</param>
    /// <param name="table">The rows; their true classes are not needed.</param>
    /// <param name="recipe">The tree; null for a depth of 3.</param>
    /// <param name="seed">The source of the split (default 0).</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind, or there are fewer than 10 rows.</exception>
    public static Surrogate<DecisionTreeClassificationModel> SurrogateTree(
        this ClassificationModel model,
        FeatureTable table,
        DecisionTreeClassifier? recipe = null,
        ulong seed = 0,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        FeatureTable mapped = CheckRows(SchemaMapping.Map(table, model.Schema));
        double[] probabilities = model.PredictRows(mapped, options?.Threads);
        var labels = new int[mapped.RowCount];
        for (int r = 0; r < labels.Length; r++)
        {
            labels[r] = ClassificationModel.IndexOfMax(probabilities.AsSpan(r * model.ClassCount, model.ClassCount));
        }

        (ClassificationDataset train, ClassificationDataset test) =
            ClassificationDataset.FromIndices(mapped, model.Classes, labels).Split(TrainingShare, seed);
        DecisionTreeClassificationModel tree = (recipe ?? new DecisionTreeClassifier { MaxDepth = DefaultDepth }).Fit(train, options, cancellationToken);
        return new(tree, ClassificationMetric.Accuracy.Evaluate(test.Labels, tree.PredictRows(test.Features), test.ClassCount));
    }

    /// <summary>Trains a tree on the values that a model predicts for seven rows in ten, and tries it on the others.</summary>
    /// <param name="model">The model to imitate.</param>
    /// <param name="table">The rows; their true targets are not needed.</param>
    /// <param name="recipe">The tree; null for a depth of 3.</param>
    /// <param name="seed">The source of the split (default 0).</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind, or there are fewer than 10 rows.</exception>
    public static Surrogate<DecisionTreeRegressionModel> SurrogateTree(
        this RegressionModel model,
        FeatureTable table,
        DecisionTreeRegressor? recipe = null,
        ulong seed = 0,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        FeatureTable mapped = CheckRows(SchemaMapping.Map(table, model.Schema));
        (RegressionDataset train, RegressionDataset test) =
            RegressionDataset.Create(mapped, model.PredictRows(mapped, options?.Threads)).Split(TrainingShare, seed);
        DecisionTreeRegressionModel tree = (recipe ?? new DecisionTreeRegressor { MaxDepth = DefaultDepth }).Fit(train, options, cancellationToken);
        return new(tree, RegressionMetric.RSquared.Evaluate(test.Targets, tree.PredictRows(test.Features)));
    }

    private static FeatureTable CheckRows(FeatureTable table) => table.RowCount >= 10
        ? table
        : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"A surrogate needs 10 rows to learn from and to be tried on, not {table.RowCount}."), nameof(table));
}
