using Ensembles.Data;
using Ensembles.Json;

namespace Ensembles.Persistence.Parts;

/// <summary>The features of a model.</summary>
internal static class SchemaJson
{
    private const string Property = "schema";

    public static void Write(JsonOutput json, FeatureSchema schema)
    {
        json.Writer.WriteStartArray(Property);
        foreach (Feature feature in schema)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("name", feature.Name);
            if (feature.IsCategorical)
            {
                json.Writer.WriteStartArray("categories");
                foreach (string category in feature.Categories)
                {
                    json.Writer.WriteStringValue(category);
                }

                json.Writer.WriteEndArray();
            }

            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }

    /// <summary>The schema, if that is the next property.</summary>
    public static FeatureSchema? TryRead(JsonCursor json)
    {
        if (!json.TryProperty(Property))
        {
            return null;
        }

        var features = new List<Feature>();
        try
        {
            json.EnterArray();
            while (json.NextItem())
            {
                json.EnterObject();
                json.Property("name");
                string name = json.String();
                features.Add(json.TryProperty("categories") ? Feature.Categorical(name, json.Strings()) : Feature.Numeric(name));
                json.LeaveObject();
            }

            return new FeatureSchema(features);
        }
        catch (ArgumentException e)
        {
            throw json.Fail(e.Message, e);
        }
    }
}
