namespace Ensembles.Data.Reading;

/// <summary>Where each column of a source goes: a feature, the target, the weights, or nowhere.</summary>
internal sealed class ColumnPlan
{
    private readonly ColumnCollector?[] _collectors;
    private readonly List<(string Name, FeatureCollector Cells)> _features = [];

    /// <summary>Gives the columns their roles.</summary>
    /// <param name="names">The names of the columns of the source, all different.</param>
    /// <param name="roles">What they are read into.</param>
    /// <param name="options">The names that options give.</param>
    /// <param name="infer">Makes the collector of a feature whose kind nothing says.</param>
    /// <exception cref="FormatException">A name that is asked for is not there; the caller adds the place.</exception>
    /// <exception cref="ArgumentException">The options contradict each other or the schema.</exception>
    public ColumnPlan(IReadOnlyList<string> names, ColumnRoles roles, ReadOptions options, Func<FeatureCollector> infer)
    {
        CheckOptions(roles, options);
        _collectors = new ColumnCollector?[names.Count];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int c = 0; c < names.Count; c++)
        {
            if (!places.TryAdd(names[c], c))
            {
                throw new FormatException($"the column name '{names[c]}' appears twice (columns {places[names[c]] + 1} and {c + 1}).");
            }
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (roles.Target is { } target)
        {
            _collectors[PlaceOf(target, places, "to be the target")] = roles.TargetCells;
            taken.Add(target);
        }

        if (options.WeightColumn is { } weight && (roles.Schema is null || roles.WeightCells is not null))
        {
            _collectors[PlaceOf(weight, places, "to hold the weights")] = roles.WeightCells;
            taken.Add(weight);
        }

        if (roles.Schema is { } schema)
        {
            foreach (Feature feature in schema)
            {
                AddFeature(
                    PlaceOf(feature.Name, places, "which is in the schema"),
                    feature.Name,
                    feature.IsCategorical ? new KnownCategoryCollector(feature) : new NumericCollector());
            }

            return;
        }

        AddFeatures(names, places, taken, options, infer);
        if (_features.Count == 0)
        {
            throw new FormatException("there is no column for a feature.");
        }
    }

    /// <summary>Where the cells of a column of the source go; null where it is left out.</summary>
    public ColumnCollector? this[int column] => _collectors[column];

    /// <summary>The table of the features, after the last row.</summary>
    public FeatureTable ToTable()
    {
        var builder = new FeatureTableBuilder();
        foreach ((string name, FeatureCollector cells) in _features)
        {
            (Feature feature, ColumnData data) = cells.ToColumn(name);
            builder.Add(feature, data);
        }

        return builder.Build();
    }

    private void AddFeatures(
        IReadOnlyList<string> names,
        Dictionary<string, int> places,
        HashSet<string> taken,
        ReadOptions options,
        Func<FeatureCollector> infer)
    {
        foreach (string name in options.IgnoredColumns)
        {
            PlaceOf(name, places, "which is to be ignored");
            taken.Add(name);
        }

        foreach (string name in options.CategoricalColumns)
        {
            PlaceOf(name, places, "which is to be categorical");
        }

        foreach (string name in options.NumericColumns)
        {
            PlaceOf(name, places, "which is to be numeric");
        }

        for (int c = 0; c < names.Count; c++)
        {
            if (!taken.Contains(names[c]))
            {
                FeatureCollector cells = options.CategoricalColumns.Contains(names[c], StringComparer.Ordinal)
                    ? new CategoryCollector(options.MaxCategories)
                    : options.NumericColumns.Contains(names[c], StringComparer.Ordinal) ? new NumericCollector() : infer();
                AddFeature(c, names[c], cells);
            }
        }
    }

    private void AddFeature(int place, string name, FeatureCollector cells)
    {
        _collectors[place] = cells;
        _features.Add((name, cells));
    }

    private static int PlaceOf(string name, Dictionary<string, int> places, string use) =>
        places.TryGetValue(name, out int place)
            ? place
            : throw new FormatException($"there is no column '{name}', {use}; the columns are {List(places)}.");

    private static string List(Dictionary<string, int> places)
    {
        const int Shown = 20;
        string list = string.Join(", ", places.Keys.Take(Shown).Select(name => $"'{name}'"));
        return places.Count > Shown ? list + " …" : list;
    }

    private static void CheckOptions(ColumnRoles roles, ReadOptions options)
    {
        CheckApart(options.CategoricalColumns, nameof(options.CategoricalColumns), options.NumericColumns, nameof(options.NumericColumns));
        CheckApart(options.CategoricalColumns, nameof(options.CategoricalColumns), options.IgnoredColumns, nameof(options.IgnoredColumns));
        CheckApart(options.NumericColumns, nameof(options.NumericColumns), options.IgnoredColumns, nameof(options.IgnoredColumns));
        string[] target = roles.Target is null ? [] : [roles.Target];
        string[] weight = options.WeightColumn is null ? [] : [options.WeightColumn];
        CheckApart(target, "the target", weight, nameof(options.WeightColumn));
        foreach ((string[] names, string role) in new[] { (target, "the target"), (weight, nameof(options.WeightColumn)) })
        {
            CheckApart(names, role, options.IgnoredColumns, nameof(options.IgnoredColumns));
            CheckApart(names, role, options.CategoricalColumns, nameof(options.CategoricalColumns));
            CheckApart(names, role, options.NumericColumns, nameof(options.NumericColumns));
            CheckApart(names, role, roles.Schema?.Select(f => f.Name), "the schema");
        }

        CheckApart(options.IgnoredColumns, nameof(options.IgnoredColumns), roles.Schema?.Select(f => f.Name), "the schema");
        CheckApart(
            options.CategoricalColumns,
            nameof(options.CategoricalColumns),
            roles.Schema?.Where(f => !f.IsCategorical).Select(f => f.Name),
            "the numeric columns of the schema");
        CheckApart(
            options.NumericColumns,
            nameof(options.NumericColumns),
            roles.Schema?.Where(f => f.IsCategorical).Select(f => f.Name),
            "the categorical columns of the schema");
    }

    private static void CheckApart(IEnumerable<string> first, string firstRole, IEnumerable<string>? second, string secondRole)
    {
        string? common = first.Intersect(second ?? [], StringComparer.Ordinal).FirstOrDefault();
        if (common is not null)
        {
            throw new ArgumentException($"Column '{common}' cannot be in both {firstRole} and {secondRole}.", "options");
        }
    }
}
