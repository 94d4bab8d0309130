using Ensembles.Data;
using Ensembles.Explanation.Dependence;
using Ensembles.Learners;

namespace Ensembles.Explanation;

/// <summary>Partial dependence and what follows from it, of any model.</summary>
public static class Dependences
{
    /// <summary>What a model says on average by the value of a feature.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The rows to average over, and to make the grid of.</param>
    /// <param name="feature">The name of the feature.</param>
    /// <param name="options">How; null for <see cref="PartialDependenceOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A column is missing or of another kind, there is no such feature, or it has no values.</exception>
    /// <exception cref="InvalidOperationException">The recursion is asked for, and the model is no sum of trees.</exception>
    public static PartialDependence PartialDependence(
        this Model model,
        FeatureTable table,
        string feature,
        PartialDependenceOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return DependenceRun.Run(model, table, [feature], options, cancellationToken);
    }

    /// <summary>What a model says on average by the values of two features.</summary>
    /// <inheritdoc cref="PartialDependence(Model, FeatureTable, string, PartialDependenceOptions?, CancellationToken)"/>
    /// <param name="model">The model.</param>
    /// <param name="table">The rows to average over, and to make the grids of.</param>
    /// <param name="features">The names of two features.</param>
    /// <param name="options">How; null for <see cref="PartialDependenceOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static PartialDependence PartialDependence(
        this Model model,
        FeatureTable table,
        (string First, string Second) features,
        PartialDependenceOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return DependenceRun.Run(model, table, [features.First, features.Second], options, cancellationToken);
    }

    /// <summary>The H statistic of two features (Friedman and Popescu 2008), over all outputs together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The rows; some hundred will do. By brute force the time goes with the square of their number.</param>
    /// <param name="first">The name of a feature.</param>
    /// <param name="second">The name of another.</param>
    /// <param name="method">How partial dependence is computed; by brute force by default.</param>
    /// <param name="options">How many threads to use; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A column is missing or of another kind, or there is no such feature.</exception>
    /// <exception cref="InvalidOperationException">The recursion is asked for, and the model is no sum of trees.</exception>
    public static InteractionStrength InteractionStrength(
        this Model model,
        FeatureTable table,
        string first,
        string second,
        PartialDependenceMethod method = PartialDependenceMethod.BruteForce,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        int[] columns = DependenceRun.Columns(model.Schema, [first, second]);
        double[] strengths = DependenceRun.Strengths(model, table, [(columns[0], columns[1])], method, options, cancellationToken);
        return new InteractionStrength(first, second, strengths[0]);
    }

    /// <summary>The H statistics of all pairs of features, the strongest first.</summary>
    /// <inheritdoc cref="InteractionStrength(Model, FeatureTable, string, string, PartialDependenceMethod, FitOptions?, CancellationToken)"/>
    public static IReadOnlyList<InteractionStrength> InteractionStrengths(
        this Model model,
        FeatureTable table,
        PartialDependenceMethod method = PartialDependenceMethod.BruteForce,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var pairs = new List<(int First, int Second)>();
        for (int i = 0; i < model.Schema.Count; i++)
        {
            for (int j = i + 1; j < model.Schema.Count; j++)
            {
                pairs.Add((i, j));
            }
        }

        double[] strengths = DependenceRun.Strengths(model, table, [.. pairs], method, options, cancellationToken);
        return
        [
            .. pairs.Select((pair, p) => new InteractionStrength(model.Schema[pair.First].Name, model.Schema[pair.Second].Name, strengths[p]))
                .OrderByDescending(pair => pair.H),
        ];
    }
}
