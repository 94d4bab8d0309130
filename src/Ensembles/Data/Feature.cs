using System.Collections.Frozen;
using System.Collections.ObjectModel;
using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>One column of a table: its name, its kind and, where it is categorical, the names of its categories.</summary>
public sealed class Feature : IEquatable<Feature>
{
    private readonly string[] _categories;
    private readonly FrozenDictionary<string, int> _codes;

    private Feature(string name, FeatureKind kind, string[] categories)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Kind = kind;
        _categories = categories;
        Categories = new ReadOnlyCollection<string>(categories);
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int code = 0; code < categories.Length; code++)
        {
            if (categories[code] is null)
            {
                throw new ArgumentException($"Feature '{name}': category {code} is null.", nameof(categories));
            }

            if (!codes.TryAdd(categories[code], code))
            {
                throw new ArgumentException($"Feature '{name}': category '{categories[code]}' appears twice.", nameof(categories));
            }
        }

        _codes = codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The name of the column, unique in its schema.</summary>
    public string Name { get; }

    /// <summary>Whether the cells are numbers or categories.</summary>
    public FeatureKind Kind { get; }

    /// <summary>The category names in the order of their codes 0, 1, 2 …; empty for a numeric feature.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Whether the feature is categorical.</summary>
    public bool IsCategorical => Kind == FeatureKind.Categorical;

    /// <summary>A numeric feature.</summary>
    /// <param name="name">The name of the column.</param>
    public static Feature Numeric(string name) => new(name, FeatureKind.Numeric, []);

    /// <summary>A categorical feature.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="categories">The distinct category names, in the order of their codes.</param>
    /// <exception cref="ArgumentException">A category is null or appears twice.</exception>
    public static Feature Categorical(string name, IEnumerable<string> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        return new Feature(name, FeatureKind.Categorical, [.. categories]);
    }

    /// <summary>The code of a category, or −1 where the feature has no such category.</summary>
    /// <param name="category">The name to look up; null counts as missing.</param>
    public int CodeOf(string? category) => category is not null && _codes.TryGetValue(category, out int code) ? code : -1;

    /// <inheritdoc cref="CodeOf(string?)"/>
    internal int CodeOf(ReadOnlySpan<char> category) =>
        _codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(category, out int code) ? code : -1;

    /// <inheritdoc/>
    public bool Equals(Feature? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Kind == other.Kind && string.Equals(Name, other.Name, StringComparison.Ordinal)
            && _categories.AsSpan().SequenceEqual(other._categories));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Feature);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, StringComparer.Ordinal.GetHashCode(Name), Categories.Count);

    /// <inheritdoc/>
    public override string ToString() => IsCategorical ? $"{Name} ({Counted.Text(Categories.Count, "category", "categories")})" : Name;
}
