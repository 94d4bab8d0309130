namespace Ensembles.Metrics;

/// <summary>
/// The loss that a quantile minimises (Koenker and Bassett 1978): the mean of q (y − ŷ) where the prediction is too low and (1 − q)(ŷ − y)
/// where it is too high. For q = ½ it is half of <see cref="MeanAbsoluteError"/>.
/// </summary>
public static class PinballLoss
{
    /// <summary>Computes the pinball loss.</summary>
    /// <param name="targets">The true value of each row.</param>
    /// <param name="predictions">The predicted quantile of each row.</param>
    /// <param name="quantile">The level q of the predicted quantile, from 0 to 1.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>Zero or more, in the unit of the target; the less the better.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quantile"/> is outside 0 to 1.</exception>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a value is not finite, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(
        ReadOnlySpan<double> targets,
        ReadOnlySpan<double> predictions,
        double quantile,
        ReadOnlySpan<double> weights = default)
    {
        if (!(quantile >= 0 && quantile <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "The quantile must be from 0 to 1.");
        }

        MetricArguments.RequireRegression(targets, predictions, weights);

        var mean = default(WeightedMean);
        for (int row = 0; row < targets.Length; row++)
        {
            double shortfall = targets[row] - predictions[row];
            mean.Add(shortfall >= 0 ? quantile * shortfall : (quantile - 1) * shortfall, WeightedMean.WeightOf(weights, row));
        }

        return mean.Value();
    }
}
