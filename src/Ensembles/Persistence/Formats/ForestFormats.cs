using System.Globalization;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Persistence.Parts;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Persistence.Formats;

internal sealed class ForestClassificationFormat() : ModelFormat<ForestClassificationModel, ForestClassifier>("forest-classifier")
{
    protected override ForestClassifier RecipeOf(ForestClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, ForestClassificationModel model)
    {
        TrainingMarkJson.Write(output.Json, model.Training);
        TreeJson.WriteAll(output.Json, model.Trees, model.Statistics);
        OutOfBagJson.Write(output.Json, model.OutOfBag);
    }

    protected override ForestClassificationModel Read(ModelInput input, ForestClassifier recipe)
    {
        TrainingMark training = TrainingMarkJson.Read(input.Json);
        (Tree[] trees, TreeStatistics[] statistics) = TreeJson.ReadAll(input.Json, input.Schema, input.Classes.Count);
        ForestTrees.CheckCount(input.Json, trees.Length, recipe.TreeCount);
        ForestOutOfBagClassification? outOfBag =
            OutOfBagJson.TryReadForestClassification(input.Json, input.Classes.Count, training.RowCount, trees.Length);
        return new ForestClassificationModel(
            input.Schema, input.Classes, recipe, new Forest(trees, statistics, []), outOfBag, training);
    }
}

internal sealed class ForestRegressionFormat() : ModelFormat<ForestRegressionModel, ForestRegressor>("forest-regressor")
{
    protected override ForestRegressor RecipeOf(ForestRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, ForestRegressionModel model)
    {
        JsonOutput json = output.Json;
        TrainingMarkJson.Write(json, model.Training);
        TreeJson.WriteAll(json, model.Trees, model.Statistics);
        OutOfBagJson.Write(json, model.OutOfBag);
        if (!model.Recipe.KeepLeafSamples)
        {
            return;
        }

        json.Doubles("targets", model.LeafSampleTargets);
        json.Array("leafSamples", model.Forest.Samples, samples => LeafSamplesJson.Write(json, samples));
    }

    protected override ForestRegressionModel Read(ModelInput input, ForestRegressor recipe)
    {
        TrainingMark training = TrainingMarkJson.Read(input.Json);
        (Tree[] trees, TreeStatistics[] statistics) = TreeJson.ReadAll(input.Json, input.Schema, valueWidth: 1);
        ForestTrees.CheckCount(input.Json, trees.Length, recipe.TreeCount);
        ForestOutOfBagRegression? outOfBag = OutOfBagJson.TryReadForestRegression(input.Json, training.RowCount, trees.Length);
        double[] targets = [];
        LeafSamples[] samples = [];
        if (recipe.KeepLeafSamples)
        {
            input.Json.Property("targets");
            targets = input.Json.Doubles(training.RowCount);
            samples = ReadSamples(input.Json, trees, targets.Length);
        }

        return new ForestRegressionModel(input.Schema, recipe, new Forest(trees, statistics, samples), outOfBag, training, targets);
    }

    private static LeafSamples[] ReadSamples(JsonCursor json, Tree[] trees, int rowCount)
    {
        var samples = new List<LeafSamples>();
        json.Property("leafSamples");
        json.EnterArray();
        while (json.NextItem())
        {
            if (samples.Count == trees.Length)
            {
                throw json.Fail("there are more of them than trees.");
            }

            samples.Add(LeafSamplesJson.Read(json, trees[samples.Count], rowCount));
        }

        return samples.Count == trees.Length ? [.. samples] : throw json.Fail("there are fewer of them than trees.");
    }
}

/// <summary>What holds of the trees of every forest.</summary>
internal static class ForestTrees
{
    public static void CheckCount(JsonCursor json, int count, int expected)
    {
        if (count != expected)
        {
            throw json.Fail(string.Create(CultureInfo.InvariantCulture, $"there are {count} trees, and {expected} in the recipe."));
        }
    }
}
