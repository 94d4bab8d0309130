using System.Globalization;

namespace Ensembles.Data;

/// <summary>Puts a table together column by column, numeric and categorical ones in any order.</summary>
/// <example>
/// <code>
/// FeatureTable table = new FeatureTableBuilder()
///     .Numeric("age", ages)
///     .Categorical("city", cities)
///     .Build();
/// </code>
/// </example>
public sealed class FeatureTableBuilder
{
    private readonly List<Feature> _features = [];
    private readonly List<ColumnData> _columns = [];

    /// <summary>Adds a numeric column of four bytes a cell.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="values">One cell a row, copied; NaN is missing.</param>
    public FeatureTableBuilder Numeric(string name, ReadOnlySpan<float> values) =>
        Add(Feature.Numeric(name), new FloatColumn(values.ToArray()));

    /// <summary>Adds a numeric column of eight bytes a cell.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="values">One cell a row, copied; NaN is missing.</param>
    public FeatureTableBuilder Numeric(string name, ReadOnlySpan<double> values) =>
        Add(Feature.Numeric(name), new DoubleColumn(values.ToArray()));

    /// <summary>Adds a categorical column; the categories are the distinct values in ordinal order.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="values">One cell a row; null is missing.</param>
    public FeatureTableBuilder Categorical(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var builder = new CategoryColumnBuilder();
        foreach (string? value in values)
        {
            if (value is null)
            {
                builder.AddMissing();
            }
            else
            {
                builder.Add(value);
            }
        }

        (Feature feature, ColumnData cells) = builder.ToColumn(name);
        return Add(feature, cells);
    }

    /// <summary>Adds a categorical column by its codes.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="categories">The category names in the order of their codes 0, 1, 2 …</param>
    /// <param name="codes">One code a row, copied; −1 is missing.</param>
    /// <exception cref="ArgumentException">A code is neither −1 nor the index of a category; the message names the row.</exception>
    public FeatureTableBuilder Categorical(string name, IEnumerable<string> categories, ReadOnlySpan<int> codes)
    {
        Feature feature = Feature.Categorical(name, categories);
        for (int r = 0; r < codes.Length; r++)
        {
            if (codes[r] < -1 || codes[r] >= feature.Categories.Count)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {r}, column '{name}': {codes[r]} is no code of its {feature.Categories.Count} categories."),
                    nameof(codes));
            }
        }

        return Add(feature, new CategoryColumn(codes.ToArray()));
    }

    /// <summary>The table of the columns added so far.</summary>
    /// <exception cref="ArgumentException">There are no columns or rows, lengths differ, or a name appears twice.</exception>
    public FeatureTable Build() => new(new FeatureSchema(_features), [.. _columns]);

    /// <summary>Adds a column whose cells the builder may keep (they are not written again).</summary>
    internal FeatureTableBuilder Add(Feature feature, ColumnData cells)
    {
        _features.Add(feature);
        _columns.Add(cells);
        return this;
    }
}
