using Ensembles.Data;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.LinearBoosting;

/// <summary>What features contribute to the scores of the training rows.</summary>
internal static class LinearImportances
{
    /// <summary>
    /// By feature the standard deviation of its contribution over the rows, of several outputs the root of the mean square, as a share of all.
    /// </summary>
    public static double[] Of(LinearModel model, FeatureTable table, double[] weights)
    {
        var importances = new double[table.ColumnCount];
        var contributions = new double[table.RowCount];
        for (int f = 0; f < importances.Length; f++)
        {
            double[] cells = table.Column(f);
            double variance = 0;
            for (int k = 0; k < model.Intercepts.Length; k++)
            {
                for (int r = 0; r < cells.Length; r++)
                {
                    contributions[r] = model.Contribution(k, f, table.Schema[f].IsCategorical, cells[r]);
                }

                variance += Variance(contributions, weights);
            }

            importances[f] = Math.Sqrt(variance);
        }

        double sum = OrderedSum.Of(importances);
        return sum > 0 ? Array.ConvertAll(importances, importance => importance / sum) : importances;
    }

    private static double Variance(double[] values, double[] weights)
    {
        var mean = default(WeightedMean);
        for (int r = 0; r < values.Length; r++)
        {
            mean.Add(values[r], WeightedMean.WeightOf(weights, r));
        }

        double center = mean.Value();
        var spread = default(WeightedMean);
        for (int r = 0; r < values.Length; r++)
        {
            spread.Add((values[r] - center) * (values[r] - center), WeightedMean.WeightOf(weights, r));
        }

        return spread.Value();
    }
}
