using Ensembles.Catalog.Values;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Persistence.Parts;
using Ensembles.Trees;

namespace Ensembles.Persistence.Formats;

internal sealed class NewtonBoostingClassificationFormat()
    : ModelFormat<NewtonBoostingClassificationModel, NewtonBoostingClassifier>("newton-boosting-classifier")
{
    protected override NewtonBoostingClassifier RecipeOf(NewtonBoostingClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, NewtonBoostingClassificationModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Classification);
        BoostedTreesJson.Write(output.Json, model.Boosted, model.Link);
    }

    protected override NewtonBoostingClassificationModel Read(ModelInput input, NewtonBoostingClassifier recipe)
    {
        EvaluationHistory<ClassificationMetric> history = HistoryJson.Read(input.Json, MetricFormats.Classification);
        (BoostedTrees boosted, Link link) = BoostedTreesJson.Read(input, input.Classes.Count);
        return new NewtonBoostingClassificationModel(input.Schema, input.Classes, recipe, boosted, link, history);
    }
}

internal sealed class NewtonBoostingRegressionFormat()
    : ModelFormat<NewtonBoostingRegressionModel, NewtonBoostingRegressor>("newton-boosting-regressor")
{
    protected override NewtonBoostingRegressor RecipeOf(NewtonBoostingRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, NewtonBoostingRegressionModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Regression);
        BoostedTreesJson.Write(output.Json, model.Boosted, Link.Identity);
    }

    protected override NewtonBoostingRegressionModel Read(ModelInput input, NewtonBoostingRegressor recipe)
    {
        EvaluationHistory<RegressionMetric> history = HistoryJson.Read(input.Json, MetricFormats.Regression);
        (BoostedTrees boosted, _) = BoostedTreesJson.Read(input, classes: null);
        return new NewtonBoostingRegressionModel(input.Schema, recipe, boosted, history);
    }
}

/// <summary>The trees of Newton boosting.</summary>
internal static class BoostedTreesJson
{
    public static void Write(JsonOutput json, BoostedTrees boosted, Link link)
    {
        json.Doubles("baseScores", boosted.BaseScores);
        LinkJson.Write(json, link);
        json.Doubles("treeWeights", [.. boosted.Weights]);
        TreeJson.WriteAll(json, boosted.Trees, boosted.Statistics);
    }

    /// <param name="input">The text.</param>
    /// <param name="classes">The number of classes; null for a regressor.</param>
    public static (BoostedTrees Boosted, Link Link) Read(ModelInput input, int? classes)
    {
        JsonCursor json = input.Json;
        json.Property("baseScores");
        double[] baseScores = json.Doubles();
        Link link = LinkJson.Read(json, baseScores.Length, classes);
        json.Property("treeWeights");
        double[] weights = json.Doubles();
        (Tree[] trees, TreeStatistics[] statistics) = TreeJson.ReadAll(json, input.Schema, valueWidth: 1);
        return trees.Length == weights.Length && trees.Length % baseScores.Length == 0
            ? (new BoostedTrees(baseScores, [.. trees], [.. statistics], [.. weights]), link)
            : throw json.Fail("there are not as many trees as weights, or a round has some of its trees only.");
    }
}
