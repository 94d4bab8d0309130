using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>The median of the absolute differences between prediction and target, which outliers hardly move.</summary>
public static class MedianAbsoluteError
{
    /// <summary>Computes the median absolute error.</summary>
    /// <param name="targets">The true value of each row.</param>
    /// <param name="predictions">The predicted value of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>Zero or more, in the unit of the target; the less the better.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a value is not finite, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireRegression(targets, predictions, weights);
        var errors = new double[targets.Length];
        for (int row = 0; row < targets.Length; row++)
        {
            errors[row] = Math.Abs(predictions[row] - targets[row]);
        }

        return WeightedMedian(errors, weights);
    }

    /// <summary>
    /// The value with half of the weight on either side; the middle between two neighbours where the half falls exactly between them. So
    /// a weight of two is the same as a row given twice, and weights of one the same as none.
    /// </summary>
    private static double WeightedMedian(double[] values, ReadOnlySpan<double> weights)
    {
        var order = new int[values.Length];
        RadixSort.SortIndices(values, order);
        double total = 0;
        foreach (int row in order)
        {
            total += WeightedMean.WeightOf(weights, row);
        }

        double below = 0;
        double lower = double.NaN;
        foreach (int row in order)
        {
            double weight = WeightedMean.WeightOf(weights, row);
            if (weight == 0)
            {
                continue;
            }

            if (below == total - below)
            {
                return (lower / 2) + (values[row] / 2);
            }

            below += weight;
            lower = values[row];
            if (below > total - below)
            {
                break;
            }
        }

        return lower;
    }
}
