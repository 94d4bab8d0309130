using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>The columns that a learner was given, in order: what a model keeps to check and to read the rows it predicts.</summary>
public sealed class FeatureSchema : IReadOnlyList<Feature>, IEquatable<FeatureSchema>
{
    private readonly Feature[] _features;
    private readonly FrozenDictionary<string, int> _indices;

    /// <summary>A schema of these features.</summary>
    /// <param name="features">At least one feature; names must differ (ordinal comparison).</param>
    /// <exception cref="ArgumentException">There is no feature, or a name appears twice.</exception>
    public FeatureSchema(IEnumerable<Feature> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        _features = [.. features];
        if (_features.Length == 0)
        {
            throw new ArgumentException("A schema needs at least one feature.", nameof(features));
        }

        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < _features.Length; i++)
        {
            if (_features[i] is null)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Feature {i} is null."), nameof(features));
            }

            if (!indices.TryAdd(_features[i].Name, i))
            {
                throw new ArgumentException(
                    $"Column name '{_features[i].Name}' appears twice (columns {indices[_features[i].Name]} and {i}).", nameof(features));
            }
        }

        _indices = indices.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The number of features.</summary>
    public int Count => _features.Length;

    /// <summary>The feature of a column.</summary>
    /// <param name="index">The column, from 0.</param>
    public Feature this[int index] => _features[index];

    /// <summary>A schema of numeric features with the given names, or x0, x1, x2 … where there are none.</summary>
    /// <param name="count">The number of features.</param>
    /// <param name="names">As many names as features, or null.</param>
    /// <exception cref="ArgumentException">The number of names is not <paramref name="count"/>, or a name appears twice.</exception>
    public static FeatureSchema Numeric(int count, IReadOnlyList<string>? names = null)
    {
        if (names is not null && names.Count != count)
        {
            throw new ArgumentException($"There are {count} columns but {names.Count} names.", nameof(names));
        }

        return new FeatureSchema(
            Enumerable.Range(0, count).Select(i => Feature.Numeric(names?[i] ?? string.Create(CultureInfo.InvariantCulture, $"x{i}"))));
    }

    /// <summary>The column that has this name, or −1.</summary>
    /// <param name="name">The name to look for (ordinal comparison).</param>
    public int IndexOf(string name) => _indices.TryGetValue(name, out int index) ? index : -1;

    /// <inheritdoc/>
    public IEnumerator<Feature> GetEnumerator() => ((IEnumerable<Feature>)_features).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(FeatureSchema? other) =>
        other is not null && (ReferenceEquals(this, other) || _features.AsSpan().SequenceEqual(other._features));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureSchema);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, _features[0], _features[^1]);

    /// <inheritdoc/>
    public override string ToString()
    {
        int categorical = _features.Count(f => f.IsCategorical);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted.Text(Count, "feature", "features")} ({Count - categorical} numeric, {categorical} categorical)");
    }
}
