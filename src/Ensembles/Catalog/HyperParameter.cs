using System.Text.Json;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Catalog;

/// <summary>A property of a recipe as data: its name, and how it is read, shown and changed by text.</summary>
/// <example>
/// <code>
/// Learner learner = new RandomForestClassifier();
/// HyperParameter depth = LearnerCatalog.Of(learner)["MaxDepth"];
/// learner = depth.With(learner, "6");
/// </code>
/// </example>
public abstract class HyperParameter
{
    private protected HyperParameter(string name)
    {
        Name = name;
    }

    /// <summary>The name of the property, as <c>MaxDepth</c>.</summary>
    public string Name { get; }

    /// <summary>What texts it takes, as "a whole number, or none"; the range is checked when it is set.</summary>
    public abstract string Accepts { get; }

    /// <summary>The value in a recipe.</summary>
    /// <param name="learner">A recipe that has the property.</param>
    /// <exception cref="ArgumentException">The recipe is of another kind.</exception>
    public abstract object? Get(Learner learner);

    /// <summary>The value in a recipe as text, the same in every culture; <see cref="With"/> takes it back.</summary>
    /// <param name="learner">A recipe that has the property.</param>
    /// <exception cref="ArgumentException">The recipe is of another kind.</exception>
    public string Show(Learner learner)
    {
        ArgumentNullException.ThrowIfNull(learner);
        return ShowIn(learner);
    }

    /// <summary>The recipe with another value.</summary>
    /// <param name="learner">A recipe that has the property; it is not changed.</param>
    /// <param name="value">The value as text.</param>
    /// <exception cref="FormatException">The text is none that <see cref="Accepts"/> names.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of the range of the property.</exception>
    /// <exception cref="ArgumentException">The recipe is of another kind.</exception>
    public Learner With(Learner learner, string value)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(value);
        return (Learner)WithText(learner, value);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal abstract string ShowIn(object owner);

    internal abstract object WithText(object owner, string text);

    /// <summary>The owner with another value of something within the value, as of <c>MaxDepth</c> within <c>Member</c>.</summary>
    internal abstract object WithPart(object owner, string part, string text);

    internal abstract void Write(Utf8JsonWriter json, object owner);

    internal abstract object Read(JsonCursor json, object owner);
}
