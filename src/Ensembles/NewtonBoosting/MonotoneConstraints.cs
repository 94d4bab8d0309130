using System.Globalization;
using Ensembles.Data;

namespace Ensembles.NewtonBoosting;

/// <summary>Which way predictions may move when a feature rises and all others stay.</summary>
public enum Monotonicity
{
    /// <summary>Never down.</summary>
    Increasing,

    /// <summary>Never up.</summary>
    Decreasing,
}

/// <summary>
/// Features with which the scores of a boosted model may only rise, or only fall. Of two classes the score is that of the second; of more,
/// the score of each class is constrained, which says little about probabilities.
/// </summary>
public sealed class MonotoneConstraints : IEquatable<MonotoneConstraints>
{
    private readonly (FeatureReference Feature, Monotonicity Direction)[] _constraints;

    private MonotoneConstraints((FeatureReference, Monotonicity)[] constraints)
    {
        _constraints = constraints;
    }

    /// <summary>The features and their directions, in the order in which they were given.</summary>
    internal IReadOnlyList<(FeatureReference Feature, Monotonicity Direction)> Constraints => _constraints;

    /// <summary>Constraints of some features; the others are free.</summary>
    /// <param name="constraints">Numeric features, by name or column, and their directions. <c>Fit</c> looks them up.</param>
    /// <exception cref="ArgumentException">There is none, or a direction is no member of its enum.</exception>
    public static MonotoneConstraints Of(params ReadOnlySpan<(FeatureReference Feature, Monotonicity Direction)> constraints)
    {
        if (constraints.Length == 0)
        {
            throw new ArgumentException("There is no constraint: leave MonotoneConstraints null.", nameof(constraints));
        }

        foreach ((FeatureReference feature, Monotonicity direction) in constraints)
        {
            if (!Enum.IsDefined(direction))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The direction {(int)direction} of {feature} is none."),
                    nameof(constraints));
            }
        }

        return new MonotoneConstraints(constraints.ToArray());
    }

    /// <summary>By column 1 for rising, −1 for falling, else 0.</summary>
    /// <exception cref="ArgumentException">A feature is unknown, has categories, or is named twice.</exception>
    internal int[] Resolve(FeatureSchema schema)
    {
        var directions = new int[schema.Count];
        foreach ((FeatureReference feature, Monotonicity direction) in _constraints)
        {
            int column = feature.Resolve(schema, nameof(MonotoneConstraints));
            if (schema[column].IsCategorical)
            {
                throw new ArgumentException($"MonotoneConstraints: the categories of {feature} have no order.");
            }

            if (directions[column] != 0)
            {
                throw new ArgumentException($"MonotoneConstraints: feature '{schema[column].Name}' is named twice.");
            }

            directions[column] = direction == Monotonicity.Increasing ? 1 : -1;
        }

        return directions;
    }

    /// <inheritdoc/>
    public bool Equals(MonotoneConstraints? other) => other is not null && _constraints.AsSpan().SequenceEqual(other._constraints);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MonotoneConstraints);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_constraints.Length, _constraints[0]);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", _constraints.Select(constraint => $"{constraint.Feature} {constraint.Direction}"));
}
