using System.Text.Json.Nodes;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    private const int BarHeight = 22;

    /// <summary>The importances that a model has of itself, the greatest first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="top">How many features to show, at least 1 (default 20); the title says how many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public static Chart Importances<TModel>(TModel model, int top = 20)
        where TModel : Model, IFeatureImportances
    {
        ArgumentNullException.ThrowIfNull(model);
        return Importances([.. model.Schema.Select(feature => feature.Name)], model.FeatureImportances(), errors: null, top) with
        {
            Subtitle = Shown("share of all that the splits gained", model.Schema.Count, top),
        };
    }

    /// <summary>Permutation importances, the greatest first, each with a bar from one standard error below it to one above.</summary>
    /// <param name="importances">One a feature.</param>
    /// <param name="top">How many features to show, at least 1 (default 20); the title says how many there are.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public static Chart Importances(IReadOnlyList<PermutationImportance> importances, int top = 20)
    {
        ArgumentNullException.ThrowIfNull(importances);
        Chart chart = Importances(
            [.. importances.Select(importance => importance.Feature)],
            [.. importances.Select(importance => importance.Mean)],
            [.. importances.Select(importance => importance.StandardError)],
            top);
        return chart with
        {
            Title = "Permutation importances",
            Subtitle = Shown("rise of the error when the feature is shuffled, ± one standard error", importances.Count, top),
        };
    }

    /// <summary>Importances of any kind, the greatest first.</summary>
    /// <param name="features">The names of the features.</param>
    /// <param name="values">The importance of each; what is not finite is left out.</param>
    /// <param name="errors">The standard error of each, drawn as a bar from one below to one above; null for none.</param>
    /// <param name="top">How many features to show, at least 1 (default 20); the title says how many there are.</param>
    /// <param name="measure">What the values are, with their unit (default "importance").</param>
    /// <exception cref="ArgumentException">There is none, or the lists have different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public static Chart Importances(
        IReadOnlyList<string> features,
        IReadOnlyList<double> values,
        IReadOnlyList<double>? errors = null,
        int top = 20,
        string measure = "importance")
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        CheckLengths(features.Count, values.Count, nameof(values));
        CheckLengths(features.Count, errors?.Count ?? features.Count, nameof(errors));
        int[] order =
        [
            .. Enumerable.Range(0, features.Count).Where(f => double.IsFinite(values[f])).OrderByDescending(f => values[f]).Take(top),
        ];
        IReadOnlyList<string> names = Labels.Distinct(features);
        JsonObject[] rows =
        [
            .. order.Select(f => new JsonObject
            {
                ["feature"] = names[f],
                ["importance"] = Spec.Number(values[f]),
                ["low"] = errors is null ? null : Spec.Number(values[f] - errors[f]),
                ["high"] = errors is null ? null : Spec.Number(values[f] + errors[f]),
                ["error"] = errors is null ? null : Spec.Number(errors[f]),
            }),
        ];
        return new Chart(chart => Bars(chart, rows, measure, hasErrors: errors is not null))
        {
            Title = "Feature importances",
            Subtitle = Shown(string.Empty, features.Count, top),
            Height = Math.Max(1, order.Length) * BarHeight,
        };
    }

    private static JsonObject Bars(Chart chart, JsonObject[] rows, string measure, bool hasErrors)
    {
        var tooltip = new JsonArray(Spec.TipName("feature", "feature"), Spec.Tip("importance", measure, ".4~g"));
        if (hasErrors)
        {
            tooltip.Add((JsonNode)Spec.Tip("error", "standard error", ".2~g"));
        }

        var layers = new JsonArray(new JsonObject
        {
            ["mark"] = Spec.Mark("bar").With("color", Theme.Blue),
            ["encoding"] = new JsonObject { ["x"] = Spec.Quantity("importance", measure), ["tooltip"] = tooltip },
        });
        if (hasErrors)
        {
            layers.Add((JsonNode)new JsonObject
            {
                ["transform"] = new JsonArray(new JsonObject { ["filter"] = "isValid(datum.low)" }),
                ["mark"] = Spec.Mark("rule").With("strokeWidth", 1.5),
                ["encoding"] = new JsonObject { ["x"] = Spec.Quantity("low", measure), ["x2"] = Spec.Field("high") },
            });
        }

        return Spec.View(chart)
            .With("data", Spec.Data(rows.Select(row => row.DeepClone().AsObject())))
            .With("encoding", new JsonObject { ["y"] = Spec.Name("feature") })
            .With("layer", layers);
    }

    /// <summary>What is shown, and how much of it.</summary>
    private static string? Shown(string what, int count, int top)
    {
        string part = count > top ? $"the first {Spec.Whole(top)} of {Spec.Whole(count)} features" : string.Empty;
        string text = string.Join("; ", new[] { what, part }.Where(words => words.Length > 0));
        return text.Length > 0 ? text : null;
    }
}
