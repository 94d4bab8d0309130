using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>
/// The mean of 2 (y ln(y / ŷ) − y + ŷ), the deviance of a Poisson model of counts or rates; a target of zero contributes 2 ŷ.
/// </summary>
public static class MeanPoissonDeviance
{
    /// <summary>Computes the mean Poisson deviance.</summary>
    /// <param name="targets">The true value of each row, zero or more.</param>
    /// <param name="predictions">The predicted mean of each row, above zero.</param>
    /// <param name="weights">A weight for each row (its exposure, for rates), or empty.</param>
    /// <returns>Zero or more, the less the better.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a value is not finite, a target is negative, a prediction is not above zero, or a weight is
    /// negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireRegression(targets, predictions, weights);
        for (int row = 0; row < targets.Length; row++)
        {
            if (targets[row] < 0)
            {
                throw new ArgumentException(
                    MetricArguments.Text($"Row {row}: the target is {targets[row]}, it must not be negative."), nameof(targets));
            }

            if (predictions[row] <= 0)
            {
                throw new ArgumentException(
                    MetricArguments.Text($"Row {row}: the prediction is {predictions[row]}, it must be above zero."), nameof(predictions));
            }
        }

        var mean = default(WeightedMean);
        for (int row = 0; row < targets.Length; row++)
        {
            mean.Add(OfRow(targets[row], predictions[row]), WeightedMean.WeightOf(weights, row));
        }

        return mean.Value();
    }

    /// <summary>The deviance of one row, its target zero or more and its prediction above zero.</summary>
    internal static double OfRow(double target, double prediction)
    {
        double logTerm = target == 0 ? 0 : target * DeterministicMath.Log(target / prediction);
        return 2 * (logTerm - target + prediction);
    }
}
