using Ensembles.Data;

namespace Ensembles.Explanation.Dependence;

/// <summary>The points at which dependence on a feature is computed.</summary>
internal static class DependenceGrid
{
    /// <summary>The points of a column, rising.</summary>
    /// <exception cref="ArgumentException">All its cells are missing.</exception>
    public static double[] Of(FeatureTable table, int column, PartialDependenceOptions options)
    {
        double[] cells = [.. table.Column(column).Where(cell => !double.IsNaN(cell))];
        if (cells.Length == 0)
        {
            throw new ArgumentException($"Column '{table.Schema[column].Name}' has no values to make a grid of.", nameof(table));
        }

        Array.Sort(cells);
        double[] distinct = [.. cells.Distinct()];
        if (table.Schema[column].IsCategorical || distinct.Length < options.GridResolution)
        {
            return distinct;
        }

        double first = Quantile(cells, options.LowerQuantile);
        double last = Quantile(cells, options.UpperQuantile);
        var grid = new double[options.GridResolution];
        for (int i = 0; i < grid.Length; i++)
        {
            grid[i] = first + ((last - first) * i / (grid.Length - 1));
        }

        return first < last ? grid : [first];
    }

    /// <summary>The quantile of sorted numbers with plotting positions (i − 0.4)/(n + 0.2), those of Cunnane, as scikit-learn's grids.</summary>
    private static double Quantile(double[] sorted, double p)
    {
        double place = (sorted.Length * p) + 0.4 + (p * 0.2);
        int below = Math.Clamp((int)Math.Floor(place), 1, Math.Max(1, sorted.Length - 1));
        double part = Math.Clamp(place - below, 0, 1);
        double next = sorted[Math.Min(below, sorted.Length - 1)];
        return ((1 - part) * sorted[below - 1]) + (part * next);
    }
}
