namespace Ensembles.Metrics;

/// <summary>The square root of <see cref="MeanSquaredError"/>.</summary>
public static class RootMeanSquaredError
{
    /// <summary>Computes the root mean squared error.</summary>
    /// <param name="targets">The true value of each row.</param>
    /// <param name="predictions">The predicted value of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>Zero or more, in the unit of the target; the less the better.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a value is not finite, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights = default)
    {
        return Math.Sqrt(MeanSquaredError.Compute(targets, predictions, weights));
    }
}
