using System.Runtime.CompilerServices;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Explanation;

/// <summary>
/// Explanations of any model that is a sum of trees. The first explanation of a model makes its trees ready, and later ones find them so:
/// one row by itself then takes some microseconds a tree. What is kept takes a few times the memory of the trees and goes with the model.
/// </summary>
public static class ModelExplanation
{
    // Models do not change, so what was made of them holds as long as they live.
    private static readonly ConditionalWeakTable<Model, TreeExplainer> Explainers = [];

    /// <summary>
    /// The exact Shapley values of every row, path-dependent: what a coalition does not know is as the training rows parted at each node.
    /// They are those of XGBoost's <c>pred_contribs</c>.
    /// </summary>
    /// <param name="model">A model that adds up what trees say.</param>
    /// <param name="table">The rows to explain; its columns are found by name.</param>
    /// <param name="options">How many threads to use; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The model is no sum of trees; the message says why.</exception>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public static ShapValues Explain(
        this Model model, FeatureTable table, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        ExplainerOf(model).Explain(table, options, cancellationToken);

    /// <summary>
    /// The exact Shapley values of every row, interventional: what a coalition does not know is taken from the rows of a background table,
    /// one after the other, and the mean is what the coalition is worth.
    /// </summary>
    /// <param name="model">A model that adds up what trees say.</param>
    /// <param name="table">The rows to explain; its columns are found by name.</param>
    /// <param name="background">The background, some ten to a few hundred rows; the time goes with their number.</param>
    /// <param name="options">How many threads to use; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The model is no sum of trees; the message says why.</exception>
    /// <exception cref="ArgumentException">A column of the model is missing in one of the tables or of another kind.</exception>
    public static ShapValues Explain(
        this Model model,
        FeatureTable table,
        FeatureTable background,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(background);
        return TreeExplainer.Of(model, background).Explain(table, options, cancellationToken);
    }

    /// <summary>
    /// The SHAP interaction values of every row, path-dependent: the Shapley value of each feature parted among its pairs. They are those
    /// of XGBoost's <c>pred_interactions</c>.
    /// </summary>
    /// <param name="model">A model that adds up what trees say.</param>
    /// <param name="table">The rows to explain; its columns are found by name.</param>
    /// <param name="options">How many threads to use; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The model is no sum of trees; the message says why.</exception>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public static ShapInteractions ExplainInteractions(
        this Model model, FeatureTable table, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        ExplainerOf(model).ExplainInteractions(table, options, cancellationToken);

    private static TreeExplainer ExplainerOf(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Explainers.GetValue(model, static made => TreeExplainer.Of(made));
    }
}
