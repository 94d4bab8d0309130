using Ensembles.Data;

namespace Ensembles.Plots.Specs;

/// <summary>A cell of a table as people read it.</summary>
internal static class Cell
{
    public const string Missing = "missing";

    /// <summary>The number, or the name of the category.</summary>
    public static string Text(Feature feature, double value) =>
        double.IsNaN(value) ? Missing
        : !feature.IsCategorical ? Spec.Text(value, 6)
        : value >= 0 && value < feature.Categories.Count ? feature.Categories[(int)value]
        : Missing;
}
