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
        json.Array("leafSamples", model.Forest.Samples, samples =>
        {
            json.Writer.WriteStartObject();
            json.Int32s("starts", samples.Starts);
            json.Int32s("rows", samples.AllRows);
            json.Doubles("shares", samples.AllShares);
            json.Writer.WriteEndObject();
        });
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

            json.EnterObject();
            json.Property("starts");
            int[] starts = json.Int32s(trees[samples.Count].LeafCount + 1L, 0, int.MaxValue);
            json.Property("rows");
            int[] rows = json.Int32s(0, rowCount - 1);
            json.Property("shares");
            double[] shares = json.Doubles(rows.Length);
            for (int leaf = 0; leaf + 1 < starts.Length; leaf++)
            {
                if (starts[leaf + 1] < starts[leaf])
                {
                    throw json.Fail(string.Create(CultureInfo.InvariantCulture, $"the rows of leaf {leaf} end before they start."));
                }
            }

            if (starts[0] != 0 || starts[^1] != rows.Length)
            {
                throw json.Fail("the leaves do not have all the rows.");
            }

            json.LeaveObject();
            samples.Add(new LeafSamples(starts, rows, shares));
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
