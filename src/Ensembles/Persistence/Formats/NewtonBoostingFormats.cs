using Ensembles.Boosting;
using Ensembles.Catalog.Values;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Persistence.Parts;

namespace Ensembles.Persistence.Formats;

internal sealed class NewtonBoostingClassificationFormat()
    : ModelFormat<NewtonBoostingClassificationModel, NewtonBoostingClassifier>("newton-boosting-classifier")
{
    protected override NewtonBoostingClassifier RecipeOf(NewtonBoostingClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, NewtonBoostingClassificationModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Classification);
        NewtonRoundsJson.Write(output, model.Rounds);
    }

    protected override NewtonBoostingClassificationModel Read(ModelInput input, NewtonBoostingClassifier recipe)
    {
        EvaluationHistory<ClassificationMetric> history = HistoryJson.Read(input.Json, MetricFormats.Classification);
        NewtonRounds rounds = NewtonRoundsJson.Read<ClassificationModel>(input, input.Classes.Count, Link.Identity);
        return new NewtonBoostingClassificationModel(input.Schema, input.Classes, recipe, rounds, history);
    }
}

internal sealed class NewtonBoostingRegressionFormat()
    : ModelFormat<NewtonBoostingRegressionModel, NewtonBoostingRegressor>("newton-boosting-regressor")
{
    protected override NewtonBoostingRegressor RecipeOf(NewtonBoostingRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, NewtonBoostingRegressionModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Regression);
        NewtonRoundsJson.Write(output, model.Rounds);
    }

    protected override NewtonBoostingRegressionModel Read(ModelInput input, NewtonBoostingRegressor recipe)
    {
        EvaluationHistory<RegressionMetric> history = HistoryJson.Read(input.Json, MetricFormats.Regression);
        NewtonRounds rounds = NewtonRoundsJson.Read<RegressionModel>(input, classes: null, recipe.Loss.PredictionLink);
        return new NewtonBoostingRegressionModel(input.Schema, recipe, rounds, history);
    }
}

/// <summary>The rounds of Newton boosting.</summary>
internal static class NewtonRoundsJson
{
    public static void Write(ModelOutput output, NewtonRounds rounds)
    {
        BoostedTreesJson.WriteStart(output, rounds.Boosted);
        output.Json.Doubles("treeWeights", rounds.TreeWeights);
        BoostedTreesJson.WriteTrees(output.Json, rounds.Boosted);
    }

    /// <param name="input">The text.</param>
    /// <param name="classes">The number of classes; null for a regressor.</param>
    /// <param name="ofNumber">The link of a regressor.</param>
    /// <typeparam name="TModel">What an initial model is.</typeparam>
    public static NewtonRounds Read<TModel>(ModelInput input, int? classes, Link ofNumber)
        where TModel : Model
    {
        (StartingScores Start, Link Link) start = BoostedTreesJson.ReadStart<TModel>(input, classes, ofNumber);
        input.Json.Property("treeWeights");
        double[] weights = input.Json.Doubles();
        BoostedTrees boosted = BoostedTreesJson.ReadTrees(input, start);
        return boosted.Trees.Length == weights.Length
            ? new NewtonRounds(boosted, weights)
            : throw input.Json.Fail("there are not as many trees as weights.");
    }
}
