using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>
/// The coefficient of determination: 1 − Σ w (y − ŷ)² / Σ w (y − ȳ)², the share of the variance that the predictions explain.
/// </summary>
public static class RSquared
{
    /// <summary>Computes the coefficient of determination.</summary>
    /// <param name="targets">The true value of each row.</param>
    /// <param name="predictions">The predicted value of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>
    /// At most 1, the more the better; 0 for the mean of the targets, negative below that. Where all targets are alike: 1 if the
    /// predictions are exact, else 0.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a value is not finite, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireRegression(targets, predictions, weights);

        var mean = default(WeightedMean);
        for (int row = 0; row < targets.Length; row++)
        {
            mean.Add(targets[row], WeightedMean.WeightOf(weights, row));
        }

        double center = mean.Value();
        var residual = default(OrderedSum);
        var total = default(OrderedSum);
        bool constant = true;
        double first = double.NaN;
        for (int row = 0; row < targets.Length; row++)
        {
            double weight = WeightedMean.WeightOf(weights, row);
            if (weight == 0)
            {
                continue;
            }

            first = double.IsNaN(first) ? targets[row] : first;
            constant &= targets[row] == first;
            double error = predictions[row] - targets[row];
            double deviation = targets[row] - center;
            residual.Add(weight * error * error);
            total.Add(weight * deviation * deviation);
        }

        // The rounded mean of equal targets may differ from them, so the sum of squares alone would not tell.
        if (constant)
        {
            return residual.Total() == 0 ? 1 : 0;
        }

        return 1 - (residual.Total() / total.Total());
    }
}
