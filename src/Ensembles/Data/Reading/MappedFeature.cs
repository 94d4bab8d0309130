namespace Ensembles.Data.Reading;

/// <summary>One feature of a map: its name, its kind, and how it is read from an object.</summary>
internal abstract class MappedFeature<T>
{
    protected MappedFeature(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    public string Name { get; }

    public abstract FeatureKind Kind { get; }

    /// <summary>Where the cells of a table go.</summary>
    /// <param name="known">The feature of the schema that the table is read with, of the same kind; or null.</param>
    public abstract FeatureCollector NewCollector(Feature? known);

    /// <summary>Reads an object into a table.</summary>
    public abstract void Add(T item, int row, FeatureCollector cells);

    /// <summary>Reads an object into a row of a schema.</summary>
    public abstract double Read(T item, Feature known);
}

internal sealed class MappedNumber<T>(string name, Func<T, double> value) : MappedFeature<T>(name)
{
    public override FeatureKind Kind => FeatureKind.Numeric;

    public override FeatureCollector NewCollector(Feature? known) => new NumericCollector();

    public override void Add(T item, int row, FeatureCollector cells) => cells.AddNumber(value(item));

    public override double Read(T item, Feature known) => value(item);
}

// Where all categories are declared beforehand (an enum's), another one is an error.
internal sealed class MappedCategory<T>(string name, Feature? declared, Func<T, string?> value) : MappedFeature<T>(name)
{
    public override FeatureKind Kind => FeatureKind.Categorical;

    public override FeatureCollector NewCollector(Feature? known) =>
        (known ?? declared) is { } feature ? new KnownCategoryCollector(feature) : new CategoryCollector(int.MaxValue);

    public override void Add(T item, int row, FeatureCollector cells)
    {
        string? category = value(item);
        if (category is null)
        {
            cells.AddMissing();
            return;
        }

        if (declared is not null && declared.CodeOf(category) < 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Row {row}, feature '{Name}': {category} is no member of the enum."), "items");
        }

        cells.AddText(category);
    }

    public override double Read(T item, Feature known)
    {
        int code = known.CodeOf(value(item));
        return code < 0 ? double.NaN : code;
    }
}
