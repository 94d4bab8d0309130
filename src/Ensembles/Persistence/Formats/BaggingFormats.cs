using Ensembles.Bagging;
using Ensembles.Data;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Persistence.Parts;

namespace Ensembles.Persistence.Formats;

internal sealed class BaggingClassificationFormat() : ModelFormat<BaggingClassificationModel, BaggingClassifier>("bagging-classifier")
{
    protected override BaggingClassifier RecipeOf(BaggingClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, BaggingClassificationModel model)
    {
        TrainingMarkJson.Write(output.Json, model.Training);
        BaggingMembers.Write(output, model.Members, model.Schema);
        OutOfBagJson.Write(output.Json, model.OutOfBag);
    }

    protected override BaggingClassificationModel Read(ModelInput input, BaggingClassifier recipe)
    {
        TrainingMark training = TrainingMarkJson.Read(input.Json);
        BaggingMember<ClassificationModel>[] members = BaggingMembers.Read<ClassificationModel>(input, recipe.Count);
        OutOfBagClassification? outOfBag =
            OutOfBagJson.TryReadClassification(input.Json, input.Classes.Count, training.RowCount);
        return new BaggingClassificationModel(input.Schema, input.Classes, recipe, members, outOfBag, training);
    }
}

internal sealed class BaggingRegressionFormat() : ModelFormat<BaggingRegressionModel, BaggingRegressor>("bagging-regressor")
{
    protected override BaggingRegressor RecipeOf(BaggingRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, BaggingRegressionModel model)
    {
        TrainingMarkJson.Write(output.Json, model.Training);
        BaggingMembers.Write(output, model.Members, model.Schema);
        OutOfBagJson.Write(output.Json, model.OutOfBag);
    }

    protected override BaggingRegressionModel Read(ModelInput input, BaggingRegressor recipe)
    {
        TrainingMark training = TrainingMarkJson.Read(input.Json);
        BaggingMember<RegressionModel>[] members = BaggingMembers.Read<RegressionModel>(input, recipe.Count);
        OutOfBagRegression? outOfBag = OutOfBagJson.TryReadRegression(input.Json, training.RowCount);
        return new BaggingRegressionModel(input.Schema, recipe, members, outOfBag, training);
    }
}

/// <summary>The members of a bagged ensemble and the columns that they read.</summary>
internal static class BaggingMembers
{
    public static void Write<TModel>(ModelOutput output, IReadOnlyList<BaggingMember<TModel>> members, FeatureSchema schema)
        where TModel : Model => output.Json.Array("members", members, member =>
    {
        output.Json.Writer.WriteStartObject();
        WriteMember(output, member, schema);
        output.Json.Writer.WriteEndObject();
    });

    /// <summary>Writes the properties of a member.</summary>
    public static void WriteMember<TModel>(ModelOutput output, BaggingMember<TModel> member, FeatureSchema schema)
        where TModel : Model
    {
        if (member.ColumnArray is int[] columns)
        {
            output.Json.Int32s("columns", columns);
        }

        output.Json.Writer.WritePropertyName("model");
        output.Write(member.Model, member.ColumnArray is null ? schema : Select(schema, member.ColumnArray));
    }

    public static BaggingMember<TModel>[] Read<TModel>(ModelInput input, int count)
        where TModel : Model
    {
        JsonCursor json = input.Json;
        var members = new List<BaggingMember<TModel>>();
        json.Property("members");
        json.EnterArray();
        while (json.NextItem())
        {
            json.EnterObject();
            members.Add(ReadMember<TModel>(input));
            json.LeaveObject();
        }

        return members.Count == count ? [.. members] : throw json.Fail("there are not as many members as in the recipe.");
    }

    /// <summary>Reads the properties of a member.</summary>
    public static BaggingMember<TModel> ReadMember<TModel>(ModelInput input)
        where TModel : Model
    {
        int[]? columns = input.Json.TryProperty("columns") ? ReadColumns(input.Json, input.Schema) : null;
        input.Json.Property("model");
        FeatureSchema schema = columns is null ? input.Schema : Select(input.Schema, columns);
        return new BaggingMember<TModel>(input.ReadMember<TModel>(schema), columns);
    }

    private static int[] ReadColumns(JsonCursor json, FeatureSchema schema)
    {
        int[] columns = json.Int32s(0, schema.Count - 1);
        for (int i = 1; i < columns.Length; i++)
        {
            if (columns[i] <= columns[i - 1])
            {
                throw json.Fail("the columns do not rise.");
            }
        }

        return columns.Length > 0 ? columns : throw json.Fail("there are no columns.");
    }

    private static FeatureSchema Select(FeatureSchema schema, int[] columns) => new(columns.Select(column => schema[column]));
}
