using Ensembles.Catalog.Values;
using Ensembles.GradientBoosting;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;
using Ensembles.Persistence.Parts;
using Ensembles.Trees;

namespace Ensembles.Persistence.Formats;

internal sealed class GradientBoostingClassificationFormat()
    : ModelFormat<GradientBoostingClassificationModel, GradientBoostingClassifier>("gradient-boosting-classifier")
{
    protected override GradientBoostingClassifier RecipeOf(GradientBoostingClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, GradientBoostingClassificationModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Classification);
        BoostedRoundsJson.Write(output, model.Boosted);
    }

    protected override GradientBoostingClassificationModel Read(ModelInput input, GradientBoostingClassifier recipe)
    {
        EvaluationHistory<ClassificationMetric> history = HistoryJson.Read(input.Json, MetricFormats.Classification);
        BoostedRounds boosted = BoostedRoundsJson.Read<ClassificationModel>(input, input.Classes.Count);
        return new GradientBoostingClassificationModel(input.Schema, input.Classes, recipe, boosted, history);
    }
}

internal sealed class GradientBoostingRegressionFormat()
    : ModelFormat<GradientBoostingRegressionModel, GradientBoostingRegressor>("gradient-boosting-regressor")
{
    protected override GradientBoostingRegressor RecipeOf(GradientBoostingRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, GradientBoostingRegressionModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Regression);
        BoostedRoundsJson.Write(output, model.Boosted);
    }

    protected override GradientBoostingRegressionModel Read(ModelInput input, GradientBoostingRegressor recipe)
    {
        EvaluationHistory<RegressionMetric> history = HistoryJson.Read(input.Json, MetricFormats.Regression);
        BoostedRounds boosted = BoostedRoundsJson.Read<RegressionModel>(input, classes: null);
        return new GradientBoostingRegressionModel(input.Schema, recipe, boosted, history);
    }
}

/// <summary>The rounds of gradient boosting.</summary>
internal static class BoostedRoundsJson
{
    public static void Write(ModelOutput output, BoostedRounds boosted)
    {
        JsonOutput json = output.Json;
        json.Writer.WriteNumber("outputs", boosted.OutputCount);
        LinkJson.Write(json, boosted.Link);
        if (boosted.Start.Model is Model initial)
        {
            json.Writer.WritePropertyName("initialModel");
            output.Write(initial);
        }
        else
        {
            json.Doubles("baseScores", [.. boosted.Start.Constants]);
        }

        json.Doubles("trainingLosses", boosted.TrainingLosses);
        json.Doubles("outOfBagImprovements", boosted.OutOfBagImprovements);
        TreeJson.WriteAll(json, boosted.Trees, boosted.Statistics);
    }

    /// <param name="input">The text.</param>
    /// <param name="classes">The number of classes; null for a regressor.</param>
    /// <typeparam name="TModel">What an initial model is.</typeparam>
    public static BoostedRounds Read<TModel>(ModelInput input, int? classes)
        where TModel : Model
    {
        JsonCursor json = input.Json;
        json.Property("outputs");
        int outputs = json.Int32(1);
        Link link = LinkJson.Read(json, outputs, classes);
        StartingScores start;
        if (json.TryProperty("initialModel"))
        {
            start = new StartingScores(input.ReadMember<TModel>(), outputs, link);
        }
        else
        {
            json.Property("baseScores");
            start = new StartingScores(json.Doubles(outputs));
        }

        json.Property("trainingLosses");
        double[] losses = json.Doubles();
        json.Property("outOfBagImprovements");
        double[] improvements = json.Doubles();
        (Tree[] trees, TreeStatistics[] statistics) = TreeJson.ReadAll(json, input.Schema, valueWidth: 1);
        return trees.Length == (long)losses.Length * outputs && improvements.Length <= losses.Length
            ? new BoostedRounds(start, link, trees, statistics, losses, improvements)
            : throw json.Fail("the trees are not those of the rounds that were measured.");
    }
}
