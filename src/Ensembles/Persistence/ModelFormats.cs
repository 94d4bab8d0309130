using Ensembles.Learners;
using Ensembles.Persistence.Formats;

namespace Ensembles.Persistence;

/// <summary>All kinds of models that can be saved.</summary>
internal static class ModelFormats
{
    public static IReadOnlyList<IModelFormat> All { get; } =
    [
        new DecisionTreeClassificationFormat(),
        new DecisionTreeRegressionFormat(),
        new ForestClassificationFormat(),
        new ForestRegressionFormat(),
        new IsolationForestFormat(),
        new BaggingClassificationFormat(),
        new BaggingRegressionFormat(),
        new AdaBoostClassificationFormat(),
        new AdaBoostRegressionFormat(),
        new GradientBoostingClassificationFormat(),
        new GradientBoostingRegressionFormat(),
        new NewtonBoostingClassificationFormat(),
        new NewtonBoostingRegressionFormat(),
        new LinearBoostingClassificationFormat(),
        new LinearBoostingRegressionFormat(),
        new CalibratedClassificationFormat(),
        new VotingClassificationFormat(),
        new VotingRegressionFormat(),
        new StackingClassificationFormat(),
        new StackingRegressionFormat(),
    ];

    /// <summary>The format of a model.</summary>
    public static IModelFormat Of(Model model) => All.FirstOrDefault(format => format.Is(model))
        ?? throw new NotSupportedException($"A {model.GetType().Name} cannot be saved.");

    /// <summary>The format of a kind, or null.</summary>
    public static IModelFormat? Named(string kind) =>
        All.FirstOrDefault(format => string.Equals(format.Kind, kind, StringComparison.Ordinal));
}
