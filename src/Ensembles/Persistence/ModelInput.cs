using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Persistence.Parts;

namespace Ensembles.Persistence;

/// <summary>Reads models, and models within models.</summary>
/// <param name="json">Where they come from.</param>
internal sealed class ModelInput(JsonCursor json)
{
    private FeatureSchema? _schema;
    private ClassLabels? _classes;

    /// <summary>Reads parts of a model of which all but the features and classes is elsewhere.</summary>
    /// <param name="json">Where they come from.</param>
    /// <param name="schema">The features of the model.</param>
    /// <param name="classes">Its classes, or null.</param>
    public ModelInput(JsonCursor json, FeatureSchema schema, ClassLabels? classes)
        : this(json)
    {
        (_schema, _classes) = (schema, classes);
    }

    public JsonCursor Json => json;

    /// <summary>The schema of the model that is read.</summary>
    public FeatureSchema Schema => _schema!;

    /// <summary>The classes of the classifier that is read.</summary>
    public ClassLabels Classes => _classes ?? throw json.Fail("the classes are missing.");

    /// <summary>Reads a model of a kind.</summary>
    public TModel Read<TModel>()
        where TModel : Model => Read<TModel>(_schema);

    /// <summary>Reads a model within another.</summary>
    /// <param name="expected">The schema that it has if it does not say which.</param>
    public TModel Read<TModel>(FeatureSchema? expected)
        where TModel : Model
    {
        json.EnterObject();
        json.Property("kind");
        string kind = json.String();
        IModelFormat format = ModelFormats.Named(kind) ?? throw json.Fail($"there is no kind of model '{kind}'.");
        if (!format.Makes<TModel>())
        {
            throw json.Fail($"a model of kind {kind} is no {typeof(TModel).Name}.");
        }

        (FeatureSchema? outerSchema, ClassLabels? outerClasses) = (_schema, _classes);
        _schema = SchemaJson.TryRead(json) ?? expected ?? throw json.Fail("the schema is missing.");
        _classes = ReadClasses() ?? outerClasses;
        json.Property("recipe");
        Learner recipe = RecipeJson.Read(json);
        var model = (TModel)format.Read(this, recipe);
        json.LeaveObject();
        (_schema, _classes) = (outerSchema, outerClasses);
        return model;
    }

    /// <summary>Reads a member: a model of the features and classes of the model that it is in.</summary>
    public TModel ReadMember<TModel>()
        where TModel : Model => ReadMember<TModel>(Schema);

    /// <summary>Reads a member that reads some of the features of the model that it is in.</summary>
    public TModel ReadMember<TModel>(FeatureSchema expected)
        where TModel : Model
    {
        TModel member = Read<TModel>(expected);
        CheckClasses(member);
        return member.Schema.Equals(expected) ? member : throw json.Fail("the member has other features than the model that it is in.");
    }

    /// <summary>A part of a classifier has its classes.</summary>
    public void CheckClasses(Model part)
    {
        if (part is ClassificationModel classifier && !classifier.Classes.Equals(Classes))
        {
            throw json.Fail($"it has other classes than the model that it is in: {classifier.Classes} and not {Classes}.");
        }
    }

    private ClassLabels? ReadClasses()
    {
        if (!json.TryProperty("classes"))
        {
            return null;
        }

        try
        {
            return new ClassLabels(json.Strings());
        }
        catch (ArgumentException e)
        {
            throw json.Fail(e.Message, e);
        }
    }
}
