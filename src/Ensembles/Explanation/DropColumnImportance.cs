namespace Ensembles.Explanation;

/// <summary>What a model loses that is trained without a feature.</summary>
/// <param name="Feature">The name of the feature.</param>
/// <param name="Loss">By how much the metric is worse without the feature; negative where it is better.</param>
/// <param name="Value">The metric of the model without the feature.</param>
public readonly record struct DropColumnImportance(string Feature, double Loss, double Value)
{
    /// <summary>A list of importances that shows itself.</summary>
    internal static ImportanceList<DropColumnImportance> List(DropColumnImportance[] importances) => new(
        importances,
        "Drop-column importances",
        ["loss", "metric without it"],
        importance => (importance.Feature, [importance.Loss, importance.Value]));
}
