using System.Globalization;
using System.Text.Json;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Catalog.Values;

/// <summary>A recipe within a recipe. In a text it is the name of a learner, which stands for its defaults.</summary>
/// <typeparam name="T">What recipes it may be.</typeparam>
/// <param name="task">What it learns.</param>
internal sealed class LearnerFormat<T>(LearningTask task) : ValueFormat<T>
    where T : Learner
{
    public override string Accepts => "the name of a learner as random-forest";

    public override string Show(T value) => LearnerCatalog.Of(value).Name;

    public override T Parse(string name, string text) => LearnerCatalog.Find(text.Trim(), task).Default as T ?? throw Refuse(name, text);

    public override T WithPart(string name, T value, string part, string text) => (T)LearnerCatalog.Set(value, part, text);

    public override void Write(Utf8JsonWriter json, T value) => RecipeJson.Write(json, value);

    public override T Read(JsonCursor json)
    {
        Learner read = RecipeJson.Read(json);
        return read as T ?? throw json.Fail($"{read.GetType().Name} cannot stand here.");
    }
}

/// <summary>A recipe within a recipe that may be left out.</summary>
/// <typeparam name="T">What recipes it may be.</typeparam>
/// <param name="task">What it learns.</param>
internal sealed class OptionalLearnerFormat<T>(LearningTask task) : ValueFormat<T?>
    where T : Learner
{
    private readonly LearnerFormat<T> _format = new(task);

    public override string Accepts => $"{_format.Accepts}, or {None}";

    public override string Show(T? value) => value is null ? None : _format.Show(value);

    public override T? Parse(string name, string text) => IsNone(text) ? null : _format.Parse(name, text);

    public override T? WithPart(string name, T? value, string part, string text) => value is null
        ? throw new ArgumentException($"{name} is {None}: give it a learner before its {part}.", nameof(part))
        : _format.WithPart(name, value, part, text);

    public override void Write(Utf8JsonWriter json, T? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            _format.Write(json, value);
        }
    }

    public override T? Read(JsonCursor json) => json.TryNull() ? null : _format.Read(json);
}

/// <summary>Recipes within a recipe; a part is set by the number of the recipe, as <c>Members.0.MaxDepth</c>.</summary>
/// <typeparam name="T">What recipes they may be.</typeparam>
/// <param name="task">What they learn.</param>
internal sealed class LearnerListFormat<T>(LearningTask task) : ValueFormat<IReadOnlyList<T>>
    where T : Learner
{
    private readonly LearnerFormat<T> _format = new(task);

    public override string Accepts => "names of learners as random-forest,extra-trees";

    public override string Show(IReadOnlyList<T> value) => string.Join(',', value.Select(_format.Show));

    public override IReadOnlyList<T> Parse(string name, string text) => [.. text.Split(',').Select(part => _format.Parse(name, part))];

    public override IReadOnlyList<T> WithPart(string name, IReadOnlyList<T> value, string part, string text)
    {
        int dot = part.IndexOf('.', StringComparison.Ordinal);
        string first = dot < 0 ? part : part[..dot];
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= value.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} has the items 0 to {value.Count - 1}; '{first}' is none of them."),
                nameof(part));
        }

        T item = dot < 0 ? _format.Parse(name, text) : _format.WithPart(name, value[index], part[(dot + 1)..], text);
        return [.. value.Take(index), item, .. value.Skip(index + 1)];
    }

    public override void Write(Utf8JsonWriter json, IReadOnlyList<T> value)
    {
        json.WriteStartArray();
        foreach (T item in value)
        {
            _format.Write(json, item);
        }

        json.WriteEndArray();
    }

    public override IReadOnlyList<T> Read(JsonCursor json)
    {
        var items = new List<T>();
        json.EnterArray();
        while (json.NextItem())
        {
            items.Add(_format.Read(json));
        }

        return items;
    }
}
