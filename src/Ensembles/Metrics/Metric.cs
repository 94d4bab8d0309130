namespace Ensembles.Metrics;

/// <summary>
/// A measure of predictions as an object, so that it can be chosen: for early stopping, for a history, for a search. The figures are those
/// of the static classes of this namespace.
/// </summary>
public abstract class Metric : IEquatable<Metric>
{
    private readonly object _identity;

    /// <param name="name">What it is called.</param>
    /// <param name="higherIsBetter">Whether larger values are better.</param>
    /// <param name="identity">What tells it from others of this name.</param>
    private protected Metric(string name, bool higherIsBetter, object identity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        HigherIsBetter = higherIsBetter;
        _identity = identity;
    }

    /// <summary>What it is called in tables and messages.</summary>
    public string Name { get; }

    /// <summary>Whether larger values are better, as of accuracy; otherwise smaller ones are, as of a loss.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>Whether a value is better than another by more than a margin. NaN is better than nothing, and every number better than NaN.</summary>
    /// <param name="value">The value.</param>
    /// <param name="other">The one that it must beat.</param>
    /// <param name="margin">By how much, at least 0.</param>
    public bool IsBetter(double value, double other, double margin = 0)
    {
        if (double.IsNaN(other))
        {
            return !double.IsNaN(value);
        }

        return HigherIsBetter ? value - margin > other : other - margin > value;
    }

    /// <summary>Equal are metrics of one kind, name and function.</summary>
    /// <param name="other">The other metric.</param>
    public bool Equals(Metric? other) =>
        other is not null
        && GetType() == other.GetType()
        && HigherIsBetter == other.HigherIsBetter
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && _identity.Equals(other._identity);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Metric);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;
}
