using Ensembles.Data.Reading;

namespace Ensembles.Data;

/// <summary>
/// Says how the features of an object are read: a list of names, each with a function of the object. The same map makes the training
/// data and, with the schema of a model, the row that the model predicts.
/// </summary>
/// <remarks>A map never changes (adding a feature gives a new one), uses no reflection, and is safe for any number of threads.</remarks>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <example>
/// <code>
/// FeatureMap&lt;Person&gt; map = new FeatureMap&lt;Person&gt;()
///     .Numeric("age", p =&gt; p.Age)
///     .Category("city", p =&gt; p.City);
/// ClassificationDataset data = map.ToClassification(people, p =&gt; p.Outcome);
/// string label = model.PredictLabel(map, person);
/// </code>
/// </example>
public sealed class FeatureMap<T>
{
    private readonly MappedFeature<T>[] _features;

    // The last binding, since most maps only ever meet one model. Any thread may set it: a binding never changes.
    private BoundFeatureMap<T>? _lastBound;

    /// <summary>A map without features.</summary>
    public FeatureMap()
        : this([])
    {
    }

    private FeatureMap(MappedFeature<T>[] features) => _features = features;

    /// <summary>The names of the features, in the order they were added.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(_features, f => f.Name);

    /// <summary>Adds a numeric feature.</summary>
    /// <param name="name">A name that the map does not have yet.</param>
    /// <param name="value">The number; NaN is missing.</param>
    /// <exception cref="ArgumentException">The map has a feature of this name.</exception>
    public FeatureMap<T> Numeric(string name, Func<T, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return With(new MappedNumber<T>(name, value));
    }

    /// <summary>Adds a numeric feature that objects may lack.</summary>
    /// <param name="name">A name that the map does not have yet.</param>
    /// <param name="value">The number; null and NaN are missing.</param>
    /// <exception cref="ArgumentException">The map has a feature of this name.</exception>
    public FeatureMap<T> Numeric(string name, Func<T, double?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return With(new MappedNumber<T>(name, item => value(item) ?? double.NaN));
    }

    /// <summary>Adds a numeric feature that is 1 for true and 0 for false.</summary>
    /// <param name="name">A name that the map does not have yet.</param>
    /// <param name="value">The flag; null is missing.</param>
    /// <exception cref="ArgumentException">The map has a feature of this name.</exception>
    public FeatureMap<T> Numeric(string name, Func<T, bool?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return With(new MappedNumber<T>(name, item => value(item) switch { true => 1, false => 0, null => double.NaN }));
    }

    /// <summary>Adds a categorical feature; its categories are the texts that occur, in ordinal order.</summary>
    /// <param name="name">A name that the map does not have yet.</param>
    /// <param name="value">The category; null is missing.</param>
    /// <exception cref="ArgumentException">The map has a feature of this name.</exception>
    public FeatureMap<T> Category(string name, Func<T, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return With(new MappedCategory<T>(name, declared: null, value));
    }

    /// <summary>Adds a categorical feature whose categories are the members of an enum, in the order of their values.</summary>
    /// <typeparam name="TEnum">The enum; all of its members are categories, also those that do not occur.</typeparam>
    /// <param name="name">A name that the map does not have yet.</param>
    /// <param name="value">The category, a member of the enum.</param>
    /// <exception cref="ArgumentException">The map has a feature of this name.</exception>
    public FeatureMap<T> Category<TEnum>(string name, Func<T, TEnum> value)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(value);
        return Category<TEnum>(name, item => (TEnum?)value(item));
    }

    /// <param name="value">The category, a member of the enum; null is missing.</param>
    /// <inheritdoc cref="Category{TEnum}(string, Func{T, TEnum})"/>
    /// <param name="name"/>
    public FeatureMap<T> Category<TEnum>(string name, Func<T, TEnum?> value)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(value);
        Feature declared = Feature.Categorical(name, Enum.GetValues<TEnum>().Distinct().Select(NameOf));
        return With(new MappedCategory<T>(name, declared, item => value(item) is { } member ? NameOf(member) : null));

        // A value without a name is shown as its number, which is no category.
        static string NameOf(TEnum member) => Enum.GetName(member) ?? member.ToString();
    }

    /// <summary>The features of some objects.</summary>
    /// <param name="items">At least one object, none null; gone through once.</param>
    /// <exception cref="ArgumentException">There is no object or no feature, or a category is no member of its enum.</exception>
    public FeatureTable ToTable(IEnumerable<T> items) => ToTable(items, known: null, _ => { });

    /// <summary>The features of some objects under the schema of other data or of a model; unknown categories are missing.</summary>
    /// <param name="items">At least one object, none null; gone through once.</param>
    /// <param name="schema">The features to read, found by name.</param>
    /// <exception cref="ArgumentException">There is no object, or the map lacks a feature of the schema.</exception>
    public FeatureTable ToTable(IEnumerable<T> items, FeatureSchema schema) => Bind(schema).Map.ToTable(items, schema, _ => { });

    /// <summary>Objects with their classes, which are the distinct labels found.</summary>
    /// <typeparam name="TLabel">int, long, bool, string or an enum.</typeparam>
    /// <param name="items">At least one object, none null; gone through once.</param>
    /// <param name="label">The label of an object.</param>
    /// <param name="weight">The weight of an object; null: every one weighs 1.</param>
    /// <exception cref="ArgumentException">
    /// There is no object or no feature, or a label or a weight is bad (the message names the row).
    /// </exception>
    public ClassificationDataset ToClassification<TLabel>(IEnumerable<T> items, Func<T, TLabel> label, Func<T, double>? weight = null)
        where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(label);
        (FeatureTable table, List<TLabel> labels, List<double> weights) = Collect(items, known: null, label, weight);
        return ClassificationDataset.Create<TLabel>(table, labels.ToArray(), weights.ToArray());
    }

    /// <summary>Objects with their classes under the schema and the classes of other data or of a model (a test set, say).</summary>
    /// <param name="items">At least one object, none null; gone through once.</param>
    /// <param name="label">The name of the class of an object.</param>
    /// <param name="schema">The features to read, found by name; unknown categories are missing.</param>
    /// <param name="classes">The classes; some may not occur.</param>
    /// <param name="weight">The weight of an object; null: every one weighs 1.</param>
    /// <exception cref="ArgumentException">
    /// The map lacks a feature of the schema, or a label is none of the classes (the message names the row).
    /// </exception>
    public ClassificationDataset ToClassification(
        IEnumerable<T> items, Func<T, string> label, FeatureSchema schema, ClassLabels classes, Func<T, double>? weight = null)
    {
        ArgumentNullException.ThrowIfNull(label);
        (FeatureTable table, List<string> labels, List<double> weights) = Bind(schema).Map.Collect(items, schema, label, weight);
        return ClassificationDataset.FromNames(table, classes, labels, weights.ToArray());
    }

    /// <summary>Objects with their targets.</summary>
    /// <param name="items">At least one object, none null; gone through once.</param>
    /// <param name="target">The target of an object, finite.</param>
    /// <param name="weight">The weight of an object; null: every one weighs 1.</param>
    /// <exception cref="ArgumentException">
    /// There is no object or no feature, or a target or a weight is bad (the message names the row).
    /// </exception>
    public RegressionDataset ToRegression(IEnumerable<T> items, Func<T, double> target, Func<T, double>? weight = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        (FeatureTable table, List<double> targets, List<double> weights) = Collect(items, known: null, target, weight);
        return RegressionDataset.Create(table, targets.ToArray(), weights.ToArray());
    }

    /// <summary>Finds the features of a schema in the map: what reads one object after the other for a model.</summary>
    /// <param name="schema">The features, found by name.</param>
    /// <exception cref="ArgumentException">The map lacks a feature of the schema, or has it of another kind.</exception>
    public BoundFeatureMap<T> Bind(FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        BoundFeatureMap<T>? bound = _lastBound;
        if (bound is null || !ReferenceEquals(bound.Schema, schema))
        {
            bound = new BoundFeatureMap<T>(new FeatureMap<T>([.. schema.Select(Find)]), schema);
            _lastBound = bound;
        }

        return bound;
    }

    /// <summary>One object as a row of a schema: numbers as they are, categories as the codes of the schema, NaN where missing.</summary>
    /// <param name="item">The object.</param>
    /// <param name="schema">The features, found by name.</param>
    /// <exception cref="ArgumentException">The map lacks a feature of the schema, or has it of another kind.</exception>
    public double[] Row(T item, FeatureSchema schema) => Bind(schema).Row(item);

    /// <summary>Reads an object by the features in their order, which are those of the schema.</summary>
    internal void CopyRow(T item, FeatureSchema schema, Span<double> destination)
    {
        for (int c = 0; c < _features.Length; c++)
        {
            destination[c] = _features[c].Read(item, schema[c]);
        }
    }

    private MappedFeature<T> Find(Feature wanted)
    {
        MappedFeature<T> found = Array.Find(_features, f => string.Equals(f.Name, wanted.Name, StringComparison.Ordinal))
            ?? throw new ArgumentException($"The map has no feature '{wanted.Name}', which the schema has.", "schema");
        return found.Kind == wanted.Kind
            ? found
            : throw new ArgumentException(
                $"Feature '{wanted.Name}' is {found.Kind} in the map, but {wanted.Kind} in the schema.", "schema");
    }

    private FeatureMap<T> With(MappedFeature<T> feature) =>
        Array.Exists(_features, f => string.Equals(f.Name, feature.Name, StringComparison.Ordinal))
            ? throw new ArgumentException($"The map has a feature '{feature.Name}' already.", "name")
            : new FeatureMap<T>([.. _features, feature]);

    private (FeatureTable Table, List<TTarget> Targets, List<double> Weights) Collect<TTarget>(
        IEnumerable<T> items, FeatureSchema? known, Func<T, TTarget> target, Func<T, double>? weight)
    {
        List<TTarget> targets = [];
        List<double> weights = [];
        FeatureTable table = ToTable(items, known, item =>
        {
            targets.Add(target(item));
            if (weight is not null)
            {
                weights.Add(weight(item));
            }
        });
        return (table, targets, weights);
    }

    private FeatureTable ToTable(IEnumerable<T> items, FeatureSchema? known, Action<T> visit)
    {
        ArgumentNullException.ThrowIfNull(items);
        FeatureCollector[] cells = [.. _features.Select((f, c) => f.NewCollector(known?[c]))];
        int row = 0;
        foreach (T item in items)
        {
            if (item is null)
            {
                throw new ArgumentException(FormattableString.Invariant($"Row {row}: the object is null."), nameof(items));
            }

            for (int c = 0; c < cells.Length; c++)
            {
                _features[c].Add(item, row, cells[c]);
            }

            visit(item);
            row++;
        }

        if (row == 0)
        {
            throw new ArgumentException("There are no rows: no object was given.", nameof(items));
        }

        var builder = new FeatureTableBuilder();
        for (int c = 0; c < cells.Length; c++)
        {
            (Feature feature, ColumnData data) = cells[c].ToColumn(_features[c].Name);
            builder.Add(feature, data);
        }

        return builder.Build();
    }
}
