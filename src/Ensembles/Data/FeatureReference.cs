using System.Globalization;

namespace Ensembles.Data;

/// <summary>A feature by its name or by its column; a text and a whole number convert to one.</summary>
public readonly record struct FeatureReference
{
    private readonly string? _name;
    private readonly int _index;

    private FeatureReference(string? name, int index)
    {
        _name = name;
        _index = index;
    }

    /// <summary>The name; null where a column was given.</summary>
    internal string? Name => _name;

    /// <summary>The column, where there is no name.</summary>
    internal int Column => _index;

    /// <summary>The feature of this name.</summary>
    /// <param name="name">The name (ordinal comparison).</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public static implicit operator FeatureReference(string name) => FromString(name);

    /// <summary>The feature of this column.</summary>
    /// <param name="index">The column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is negative.</exception>
    public static implicit operator FeatureReference(int index) => FromInt32(index);

    /// <summary>The feature of this name.</summary>
    /// <param name="name">The name (ordinal comparison).</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public static FeatureReference FromString(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new FeatureReference(name, -1);
    }

    /// <summary>The feature of this column.</summary>
    /// <param name="index">The column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is negative.</exception>
    public static FeatureReference FromInt32(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new FeatureReference(null, index);
    }

    /// <summary>The column that is meant.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="property">The hyper-parameter that names the feature.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    internal int Resolve(FeatureSchema schema, string property)
    {
        int column = _name is null ? _index : schema.IndexOf(_name);
        return column >= 0 && column < schema.Count
            ? column
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{property}: there is no feature {this} among the {schema.Count} columns."));
    }

    /// <summary>The name in quotes, or the column.</summary>
    public override string ToString() => _name is null ? _index.ToString(CultureInfo.InvariantCulture) : $"'{_name}'";
}
