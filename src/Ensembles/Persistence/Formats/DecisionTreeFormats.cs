using Ensembles.Persistence.Parts;
using Ensembles.Trees;

namespace Ensembles.Persistence.Formats;

internal sealed class DecisionTreeClassificationFormat()
    : ModelFormat<DecisionTreeClassificationModel, DecisionTreeClassifier>("decision-tree-classifier")
{
    protected override DecisionTreeClassifier RecipeOf(DecisionTreeClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, DecisionTreeClassificationModel model)
    {
        output.Json.Writer.WritePropertyName("tree");
        TreeJson.Write(output.Json, model.Tree, model.Statistics);
    }

    protected override DecisionTreeClassificationModel Read(ModelInput input, DecisionTreeClassifier recipe)
    {
        input.Json.Property("tree");
        (Tree tree, TreeStatistics statistics) = TreeJson.Read(input.Json, input.Schema, input.Classes.Count);
        return new DecisionTreeClassificationModel(input.Schema, input.Classes, recipe, tree, statistics);
    }
}

internal sealed class DecisionTreeRegressionFormat()
    : ModelFormat<DecisionTreeRegressionModel, DecisionTreeRegressor>("decision-tree-regressor")
{
    protected override DecisionTreeRegressor RecipeOf(DecisionTreeRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, DecisionTreeRegressionModel model)
    {
        output.Json.Writer.WritePropertyName("tree");
        TreeJson.Write(output.Json, model.Tree, model.Statistics);
    }

    protected override DecisionTreeRegressionModel Read(ModelInput input, DecisionTreeRegressor recipe)
    {
        input.Json.Property("tree");
        (Tree tree, TreeStatistics statistics) = TreeJson.Read(input.Json, input.Schema, valueWidth: 1);
        return new DecisionTreeRegressionModel(input.Schema, recipe, tree, statistics);
    }
}
