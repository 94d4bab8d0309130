using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;

namespace Ensembles.Persistence.Formats;

internal sealed class StackingClassificationFormat() : ModelFormat<StackingClassificationModel, StackingClassifier>("stacking-classifier")
{
    protected override StackingClassifier RecipeOf(StackingClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, StackingClassificationModel model) =>
        StackJson.Write(output, model.Members, model.Final);

    protected override StackingClassificationModel Read(ModelInput input, StackingClassifier recipe)
    {
        ClassificationModel[] members = MemberModels.Read<ClassificationModel>(input, recipe.Members.Count);
        ClassificationModel final = StackJson.ReadFinal<ClassificationModel>(
            input, members.Length * MetaFeatures.Kept(input.Classes.Count), recipe.Passthrough);
        return new StackingClassificationModel(input.Schema, input.Classes, recipe, members, final);
    }
}

internal sealed class StackingRegressionFormat() : ModelFormat<StackingRegressionModel, StackingRegressor>("stacking-regressor")
{
    protected override StackingRegressor RecipeOf(StackingRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, StackingRegressionModel model) =>
        StackJson.Write(output, model.Members, model.Final);

    protected override StackingRegressionModel Read(ModelInput input, StackingRegressor recipe)
    {
        RegressionModel[] members = MemberModels.Read<RegressionModel>(input, recipe.Members.Count);
        RegressionModel final = StackJson.ReadFinal<RegressionModel>(input, members.Length, recipe.Passthrough);
        return new StackingRegressionModel(input.Schema, recipe, members, final);
    }
}

/// <summary>Members, and the final model with features of its own.</summary>
internal static class StackJson
{
    public static void Write<TModel>(ModelOutput output, IReadOnlyList<TModel> members, TModel final)
        where TModel : Model
    {
        output.Json.Array("members", members, output.Write);
        output.Json.Writer.WritePropertyName("final");
        output.Write(final);
    }

    /// <summary>Reads the final model.</summary>
    /// <param name="input">The text.</param>
    /// <param name="metaCount">How many features the members give.</param>
    /// <param name="passthrough">Whether the features of the stack follow.</param>
    public static TModel ReadFinal<TModel>(ModelInput input, int metaCount, bool passthrough)
        where TModel : Model
    {
        input.Json.Property("final");
        TModel final = input.Read<TModel>();
        input.CheckClasses(final);
        return final.Schema.Count == metaCount + (passthrough ? input.Schema.Count : 0)
            ? final
            : throw input.Json.Fail("the final model does not read what the members give.");
    }
}
