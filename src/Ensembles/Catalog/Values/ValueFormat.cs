using System.Text.Json;
using Ensembles.Json;

namespace Ensembles.Catalog.Values;

/// <summary>How the values of a hyper-parameter are written, as text and as JSON.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal abstract class ValueFormat<T>
{
    /// <summary>The text that stands for null.</summary>
    protected const string None = "none";

    /// <summary>What texts are taken.</summary>
    public abstract string Accepts { get; }

    /// <summary>A value as text.</summary>
    public abstract string Show(T value);

    /// <summary>The value of a text.</summary>
    /// <param name="name">The name of the hyper-parameter.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is no value.</exception>
    public abstract T Parse(string name, string text);

    /// <summary>The value with another value of something within it.</summary>
    /// <exception cref="ArgumentException">The value has no parts.</exception>
    public virtual T WithPart(string name, T value, string part, string text) =>
        throw new ArgumentException($"{name} has no parts: there is no '{name}.{part}'.", nameof(part));

    public abstract void Write(Utf8JsonWriter json, T value);

    public abstract T Read(JsonCursor json);

    /// <summary>Whether a text stands for null.</summary>
    protected static bool IsNone(string text) => string.Equals(text.Trim(), None, StringComparison.OrdinalIgnoreCase);

    protected FormatException Refuse(string name, string text) => new($"{name} is {Accepts}, not '{text}'.");
}
