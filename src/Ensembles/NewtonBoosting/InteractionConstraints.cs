using Ensembles.Data;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// Groups of features that may be combined. On a way from the root of a tree to a leaf stand only features that share a group; a feature in
/// no group stands alone. Groups may overlap.
/// </summary>
public sealed class InteractionConstraints : IEquatable<InteractionConstraints>
{
    private readonly FeatureReference[][] _groups;

    private InteractionConstraints(FeatureReference[][] groups)
    {
        _groups = groups;
    }

    /// <summary>The groups, in the order in which they were given.</summary>
    internal IReadOnlyList<FeatureReference[]> Groups => _groups;

    /// <summary>Constraints by groups, as <c>Of(["age", "income"], ["x", 3])</c>.</summary>
    /// <param name="groups">Features, by name or column. <c>Fit</c> looks them up.</param>
    /// <exception cref="ArgumentException">There is no group, or one is empty.</exception>
    public static InteractionConstraints Of(params ReadOnlySpan<FeatureReference[]> groups)
    {
        if (groups.Length == 0)
        {
            throw new ArgumentException("There is no group: leave InteractionConstraints null.", nameof(groups));
        }

        var copies = new FeatureReference[groups.Length][];
        for (int g = 0; g < copies.Length; g++)
        {
            if (groups[g] is not { Length: > 0 })
            {
                throw new ArgumentException("A group of InteractionConstraints has no feature.", nameof(groups));
            }

            copies[g] = [.. groups[g]];
        }

        return new InteractionConstraints(copies);
    }

    /// <summary>The columns of each group.</summary>
    /// <exception cref="ArgumentException">A feature is unknown.</exception>
    internal int[][] Resolve(FeatureSchema schema) =>
        Array.ConvertAll(_groups, group => Array.ConvertAll(group, feature => feature.Resolve(schema, nameof(InteractionConstraints))));

    /// <inheritdoc/>
    public bool Equals(InteractionConstraints? other) =>
        other is not null
        && _groups.Length == other._groups.Length
        && _groups.Zip(other._groups, (a, b) => a.AsSpan().SequenceEqual(b)).All(same => same);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InteractionConstraints);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_groups.Length, _groups[0][0]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _groups.Select(group => $"[{string.Join(", ", group)}]"));
}
