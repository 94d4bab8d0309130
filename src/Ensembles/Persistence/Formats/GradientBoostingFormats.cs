using Ensembles.Boosting;
using Ensembles.Catalog.Values;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;
using Ensembles.Persistence.Parts;

namespace Ensembles.Persistence.Formats;

internal sealed class GradientBoostingClassificationFormat()
    : ModelFormat<GradientBoostingClassificationModel, GradientBoostingClassifier>("gradient-boosting-classifier")
{
    protected override GradientBoostingClassifier RecipeOf(GradientBoostingClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, GradientBoostingClassificationModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Classification);
        GradientRoundsJson.Write(output, model.Rounds);
    }

    protected override GradientBoostingClassificationModel Read(ModelInput input, GradientBoostingClassifier recipe)
    {
        EvaluationHistory<ClassificationMetric> history = HistoryJson.Read(input.Json, MetricFormats.Classification);
        GradientRounds rounds = GradientRoundsJson.Read<ClassificationModel>(input, input.Classes.Count);
        return new GradientBoostingClassificationModel(input.Schema, input.Classes, recipe, rounds, history);
    }
}

internal sealed class GradientBoostingRegressionFormat()
    : ModelFormat<GradientBoostingRegressionModel, GradientBoostingRegressor>("gradient-boosting-regressor")
{
    protected override GradientBoostingRegressor RecipeOf(GradientBoostingRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, GradientBoostingRegressionModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Regression);
        GradientRoundsJson.Write(output, model.Rounds);
    }

    protected override GradientBoostingRegressionModel Read(ModelInput input, GradientBoostingRegressor recipe)
    {
        EvaluationHistory<RegressionMetric> history = HistoryJson.Read(input.Json, MetricFormats.Regression);
        GradientRounds rounds = GradientRoundsJson.Read<RegressionModel>(input, classes: null);
        return new GradientBoostingRegressionModel(input.Schema, recipe, rounds, history);
    }
}

/// <summary>The rounds of gradient boosting.</summary>
internal static class GradientRoundsJson
{
    public static void Write(ModelOutput output, GradientRounds rounds)
    {
        BoostedTreesJson.WriteStart(output, rounds.Boosted);
        output.Json.Doubles("trainingLosses", rounds.TrainingLosses);
        output.Json.Doubles("outOfBagImprovements", rounds.OutOfBagImprovements);
        BoostedTreesJson.WriteTrees(output.Json, rounds.Boosted);
    }

    /// <param name="input">The text.</param>
    /// <param name="classes">The number of classes; null for a regressor.</param>
    /// <typeparam name="TModel">What an initial model is.</typeparam>
    public static GradientRounds Read<TModel>(ModelInput input, int? classes)
        where TModel : Model
    {
        (StartingScores Start, Link Link) start = BoostedTreesJson.ReadStart<TModel>(input, classes, Link.Identity);
        input.Json.Property("trainingLosses");
        double[] losses = input.Json.Doubles();
        input.Json.Property("outOfBagImprovements");
        double[] improvements = input.Json.Doubles();
        BoostedTrees boosted = BoostedTreesJson.ReadTrees(input, start);
        return losses.Length == boosted.RoundCount && improvements.Length <= losses.Length
            ? new GradientRounds(boosted, losses, improvements)
            : throw input.Json.Fail("the trees are not those of the rounds that were measured.");
    }
}
