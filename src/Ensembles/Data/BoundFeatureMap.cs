namespace Ensembles.Data;

/// <summary>A map whose features are found in a schema, in its order: reads objects as rows of a model. It never changes.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class BoundFeatureMap<T>
{
    internal BoundFeatureMap(FeatureMap<T> map, FeatureSchema schema)
    {
        Map = map;
        Schema = schema;
    }

    /// <summary>The features of a row, in their order.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>The features of the schema only, in its order.</summary>
    internal FeatureMap<T> Map { get; }

    /// <summary>One object as a row: numbers as they are, categories as the codes of the schema, NaN where missing or unknown.</summary>
    /// <param name="item">The object.</param>
    public double[] Row(T item)
    {
        var row = new double[Schema.Count];
        CopyRow(item, row);
        return row;
    }

    /// <summary>Writes one object as a row; allocates nothing itself.</summary>
    /// <param name="item">The object.</param>
    /// <param name="destination">As many places as the schema has features.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyRow(T item, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (destination.Length != Schema.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A row has {Schema.Count} features, but the destination has {destination.Length} places."),
                nameof(destination));
        }

        Map.CopyRow(item, Schema, destination);
    }
}
