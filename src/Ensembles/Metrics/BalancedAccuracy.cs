namespace Ensembles.Metrics;

/// <summary>
/// The mean over the classes of the share of its rows that were recognised, so that a rare class counts as much as a common one.
/// </summary>
public static class BalancedAccuracy
{
    /// <summary>Computes the balanced accuracy.</summary>
    /// <param name="labels">
    /// The true class of each row, 0 and up. Classes without a row (of weight above zero) are left out of the mean.
    /// </param>
    /// <param name="predictions">The predicted class of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the more the better; 1/K for a guess among K classes.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a class is negative, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, ReadOnlySpan<double> weights = default)
    {
        ClassTotals totals = ClassTotals.Compute(labels, predictions, weights);
        double sum = 0;
        int occurring = 0;
        for (int k = 0; k < totals.Actual.Count; k++)
        {
            if (totals.Actual[k] > 0)
            {
                sum += totals.Correct[k] / totals.Actual[k];
                occurring++;
            }
        }

        return sum / occurring;
    }
}
