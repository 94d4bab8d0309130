using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Persistence.Parts;

namespace Ensembles.Persistence;

/// <summary>Writes models, and models within models.</summary>
/// <param name="json">Where they go.</param>
internal sealed class ModelOutput(JsonOutput json)
{
    private int _depth;
    private FeatureSchema? _schema;
    private ClassLabels? _classes;

    /// <summary>Writes parts of a model of which all but the features and classes is elsewhere.</summary>
    /// <param name="json">Where they go.</param>
    /// <param name="schema">The features of the model.</param>
    /// <param name="classes">Its classes, or null.</param>
    public ModelOutput(JsonOutput json, FeatureSchema schema, ClassLabels? classes)
        : this(json)
    {
        (_schema, _classes, _depth) = (schema, classes, 1);
    }

    public JsonOutput Json => json;

    /// <summary>The features of the model that is written.</summary>
    public FeatureSchema Schema => _schema!;

    /// <summary>Writes a model as an object: its kind, schema, classes and recipe, and then what its format adds.</summary>
    public void Write(Model model) => Write(model, _schema);

    /// <summary>
    /// Writes a model within another. A schema or classes that follow from the outer model are left out.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="expected">The schema that it is expected to have.</param>
    public void Write(Model model, FeatureSchema? expected)
    {
        IModelFormat format = ModelFormats.Of(model);
        json.Writer.WriteStartObject();
        json.Writer.WriteString("kind", format.Kind);
        if (!model.Schema.Equals(expected))
        {
            SchemaJson.Write(json, model.Schema);
        }

        ClassLabels? classes = (model as ClassificationModel)?.Classes;
        if (classes is not null && !classes.Equals(_classes))
        {
            json.Writer.WriteStartArray("classes");
            foreach (string name in classes)
            {
                json.Writer.WriteStringValue(name);
            }

            json.Writer.WriteEndArray();
        }

        if (_depth == 0)
        {
            json.Writer.WritePropertyName("recipe");
            RecipeJson.Write(json.Writer, format.RecipeOf(model));
        }
        else
        {
            json.Line("recipe", writer => RecipeJson.Write(writer, format.RecipeOf(model)));
        }

        (FeatureSchema? outerSchema, ClassLabels? outerClasses) = (_schema, _classes);
        (_schema, _classes) = (model.Schema, classes);
        _depth++;
        format.Write(this, model);
        _depth--;
        (_schema, _classes) = (outerSchema, outerClasses);
        json.Writer.WriteEndObject();
    }
}
