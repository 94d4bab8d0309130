using Ensembles.Data;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing;

/// <summary>
/// The orders that the categories of each feature have in all rows of a tree, found at its root and read by its nodes
/// (<see cref="GrowthLimits.MinSamplesPerCategory"/>).
/// </summary>
/// <param name="schema">The columns.</param>
internal sealed class TreeCategoryOrders(FeatureSchema schema)
{
    private readonly double[][] _keys = new double[schema.Count][];

    /// <summary>The orders that a fit needs; null where its nodes all have their own, or there are no categories.</summary>
    public static TreeCategoryOrders? For(GrowthLimits limits, FeatureSchema schema) =>
        limits.MinSamplesPerCategory > 0 && schema.Any(feature => feature.IsCategorical) ? new TreeCategoryOrders(schema) : null;

    /// <summary>A number for each category or bin, by which it stands in the order; NaN where the tree has no row of it.</summary>
    public ReadOnlySpan<double> Of(int feature) => _keys[feature];

    /// <summary>Forgets the order that the feature had in another tree.</summary>
    public void Begin(int feature)
    {
        _keys[feature] ??= new double[Math.Max(schema[feature].Categories.Count, BinnedTable.MaxBinsWithMissing)];
        Array.Fill(_keys[feature], double.NaN);
    }

    /// <summary>Keeps the place of one category.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="id">The code of the category, or its bin.</param>
    /// <param name="key">By which it stands in the order.</param>
    public void Keep(int feature, int id, double key) => _keys[feature][id] = key;
}
