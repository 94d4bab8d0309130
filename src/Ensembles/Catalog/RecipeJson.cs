using System.Text.Json;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Catalog;

/// <summary>Recipes as JSON: the name of the learner, then its hyper-parameters.</summary>
internal static class RecipeJson
{
    private const string LearnerProperty = "learner";

    /// <summary>Writes a recipe as an object.</summary>
    public static void Write(Utf8JsonWriter json, Learner recipe)
    {
        LearnerEntry entry = LearnerCatalog.Of(recipe);
        json.WriteStartObject();
        json.WriteString(LearnerProperty, entry.TypeName);
        HyperParameterList.Write(entry.HyperParameters, json, recipe);
        json.WriteEndObject();
    }

    /// <summary>Reads a recipe.</summary>
    /// <exception cref="InvalidDataException">The learner or a hyper-parameter is unknown, twice there or out of range.</exception>
    public static Learner Read(JsonCursor json)
    {
        json.EnterObject();
        json.Property(LearnerProperty);
        string name = json.String();
        LearnerEntry entry = LearnerCatalog.Learners.FirstOrDefault(entry => string.Equals(entry.TypeName, name, StringComparison.Ordinal))
            ?? throw json.Fail($"there is no learner '{name}'.");
        return (Learner)HyperParameterList.Read(entry.HyperParameters, json, entry.Default);
    }
}
