using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.Persistence.Parts;
using Ensembles.Trees;

namespace Ensembles.Persistence.Formats;

internal sealed class IsolationForestFormat() : ModelFormat<IsolationForestModel, IsolationForest>("isolation-forest")
{
    protected override IsolationForest RecipeOf(IsolationForestModel model) => model.Recipe;

    protected override void Write(ModelOutput output, IsolationForestModel model)
    {
        TrainingMarkJson.Write(output.Json, model.Training);
        output.Json.Double("threshold", model.Threshold);
        output.Json.Double("expectedLength", model.ExpectedLength);
        TreeJson.WriteAll(output.Json, model.Trees, model.Statistics);
    }

    protected override IsolationForestModel Read(ModelInput input, IsolationForest recipe)
    {
        TrainingMark training = TrainingMarkJson.Read(input.Json);
        input.Json.Property("threshold");
        double threshold = input.Json.Double();
        input.Json.Property("expectedLength");
        double expectedLength = input.Json.Double();
        (Tree[] trees, TreeStatistics[] statistics) = TreeJson.ReadAll(input.Json, input.Schema, valueWidth: 1);
        ForestTrees.CheckCount(input.Json, trees.Length, recipe.TreeCount);
        return new IsolationForestModel(input.Schema, recipe, trees, statistics, expectedLength, threshold, training);
    }
}
