using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;

namespace Ensembles.Persistence.Formats;

internal sealed class VotingClassificationFormat() : ModelFormat<VotingClassificationModel, VotingClassifier>("voting-classifier")
{
    protected override VotingClassifier RecipeOf(VotingClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, VotingClassificationModel model) =>
        output.Json.Array("members", model.Members, output.Write);

    protected override VotingClassificationModel Read(ModelInput input, VotingClassifier recipe)
    {
        ClassificationModel[] members = MemberModels.Read<ClassificationModel>(input, recipe.Members.Count);
        return new VotingClassificationModel(
            input.Schema, input.Classes, recipe, members, MemberModels.Weights(input.Json, recipe.Weights, members.Length));
    }
}

internal sealed class VotingRegressionFormat() : ModelFormat<VotingRegressionModel, VotingRegressor>("voting-regressor")
{
    protected override VotingRegressor RecipeOf(VotingRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, VotingRegressionModel model) =>
        output.Json.Array("members", model.Members, output.Write);

    protected override VotingRegressionModel Read(ModelInput input, VotingRegressor recipe)
    {
        RegressionModel[] members = MemberModels.Read<RegressionModel>(input, recipe.Members.Count);
        return new VotingRegressionModel(
            input.Schema, recipe, members, MemberModels.Weights(input.Json, recipe.Weights, members.Length));
    }
}

/// <summary>The members of voting and stacking.</summary>
internal static class MemberModels
{
    public static TModel[] Read<TModel>(ModelInput input, int count)
        where TModel : Model
    {
        var members = new List<TModel>();
        input.Json.Property("members");
        input.Json.EnterArray();
        while (input.Json.NextItem())
        {
            members.Add(input.ReadMember<TModel>());
        }

        return members.Count == count ? [.. members] : throw input.Json.Fail("there are not as many members as in the recipe.");
    }

    public static double[] Weights(JsonCursor json, IReadOnlyList<double>? weights, int count) =>
        weights is null ? [.. Enumerable.Repeat(1.0, count)]
        : weights.Count == count ? [.. weights]
        : throw json.Fail("the recipe does not have a weight for each member.");
}
