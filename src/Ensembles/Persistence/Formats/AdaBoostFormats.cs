using Ensembles.AdaBoost;
using Ensembles.Catalog.Values;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Persistence.Parts;

namespace Ensembles.Persistence.Formats;

internal sealed class AdaBoostClassificationFormat() : ModelFormat<AdaBoostClassificationModel, AdaBoostClassifier>("adaboost-classifier")
{
    protected override AdaBoostClassifier RecipeOf(AdaBoostClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, AdaBoostClassificationModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Classification);
        output.Json.Flags("classHasRows", model.IsPresent);
        BoostedMemberList.Write(output, model.Boosted);
    }

    protected override AdaBoostClassificationModel Read(ModelInput input, AdaBoostClassifier recipe)
    {
        EvaluationHistory<ClassificationMetric> history = HistoryJson.Read(input.Json, MetricFormats.Classification);
        input.Json.Property("classHasRows");
        bool[] isPresent = input.Json.Flags(input.Classes.Count);
        if (!isPresent.Contains(true))
        {
            throw input.Json.Fail("no class has rows.");
        }

        BoostedMembers<ClassificationModel> boosted = BoostedMemberList.Read<ClassificationModel>(input);
        return new AdaBoostClassificationModel(
            input.Schema, input.Classes, recipe, boosted, new ClassScore(recipe, isPresent), history);
    }
}

internal sealed class AdaBoostRegressionFormat() : ModelFormat<AdaBoostRegressionModel, AdaBoostRegressor>("adaboost-regressor")
{
    protected override AdaBoostRegressor RecipeOf(AdaBoostRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, AdaBoostRegressionModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Regression);
        BoostedMemberList.Write(output, model.Boosted);
    }

    protected override AdaBoostRegressionModel Read(ModelInput input, AdaBoostRegressor recipe)
    {
        EvaluationHistory<RegressionMetric> history = HistoryJson.Read(input.Json, MetricFormats.Regression);
        BoostedMembers<RegressionModel> boosted = BoostedMemberList.Read<RegressionModel>(input);
        return boosted.Models.Length > 0
            ? new AdaBoostRegressionModel(input.Schema, recipe, boosted, history)
            : throw input.Json.Fail("there are no members.");
    }
}

/// <summary>The members of AdaBoost with their weights.</summary>
internal static class BoostedMemberList
{
    public static void Write<TModel>(ModelOutput output, BoostedMembers<TModel> boosted)
        where TModel : Model
    {
        output.Json.Doubles("weights", boosted.Weights);
        output.Json.Doubles("errors", boosted.Errors);
        output.Json.Array("members", boosted.Models, output.Write);
    }

    public static BoostedMembers<TModel> Read<TModel>(ModelInput input)
        where TModel : Model
    {
        JsonCursor json = input.Json;
        json.Property("weights");
        double[] weights = json.Doubles();
        json.Property("errors");
        double[] errors = json.Doubles(weights.Length);
        var models = new List<TModel>();
        json.Property("members");
        json.EnterArray();
        while (json.NextItem())
        {
            models.Add(input.ReadMember<TModel>());
        }

        return models.Count == weights.Length
            ? new BoostedMembers<TModel>([.. models], weights, errors)
            : throw json.Fail("there are not as many members as weights.");
    }
}
