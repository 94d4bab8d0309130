using System.Text.Json;
using Ensembles.Catalog.Values;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Catalog;

/// <summary>A property of a record, typed: what it is called, how its values are written, and two functions for it.</summary>
/// <typeparam name="TOwner">The record, or a base of it.</typeparam>
/// <typeparam name="TValue">The type of the property.</typeparam>
/// <param name="name">The name of the property.</param>
/// <param name="format">How values are written and read.</param>
/// <param name="get">Reads the property.</param>
/// <param name="with">Copies the record with another value.</param>
internal sealed class HyperParameter<TOwner, TValue>(
    string name, ValueFormat<TValue> format, Func<TOwner, TValue> get, Func<TOwner, TValue, TOwner> with) : HyperParameter(name)
    where TOwner : class
{
    public override string Accepts => format.Accepts;

    public override object? Get(Learner learner) => get(Typed(learner));

    internal override string ShowIn(object owner) => format.Show(get(Typed(owner)));

    internal override object WithText(object owner, string text) => with(Typed(owner), format.Parse(Name, text));

    internal override object WithPart(object owner, string part, string text) =>
        with(Typed(owner), format.WithPart(Name, get(Typed(owner)), part, text));

    internal override void Write(Utf8JsonWriter json, object owner)
    {
        json.WritePropertyName(Name);
        format.Write(json, get(Typed(owner)));
    }

    internal override object Read(JsonCursor json, object owner)
    {
        TValue value = format.Read(json);
        try
        {
            return with(Typed(owner), value);
        }
        catch (ArgumentException e)
        {
            throw json.Fail($"{Name} is refused: {e.Message}", e);
        }
    }

    private TOwner Typed(object owner) => owner as TOwner
        ?? throw new ArgumentException($"{owner.GetType().Name} is not the kind of recipe that this {Name} belongs to.", nameof(owner));
}
