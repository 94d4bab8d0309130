namespace Ensembles.Metrics;

/// <summary>The mean squared distance between predicted probabilities and what happened (Brier 1950).</summary>
public static class BrierScore
{
    /// <summary>Computes the Brier score of two classes: the mean of (p − y)².</summary>
    /// <param name="labels">The true class of each row, 0 or 1.</param>
    /// <param name="probabilities">The probability of class 1 for each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the less the better. The sum over both classes, as of Brier's paper, is twice as much.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is not 0 or 1, a probability is outside 0 to 1 or NaN, or a weight is negative, not
    /// finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireBinary(labels, weights);
        MetricArguments.RequireLength(probabilities.Length, labels.Length);
        MetricArguments.RequireProbabilities(probabilities);

        var mean = default(WeightedMean);
        for (int row = 0; row < labels.Length; row++)
        {
            double error = probabilities[row] - labels[row];
            mean.Add(error * error, WeightedMean.WeightOf(weights, row));
        }

        return mean.Value();
    }

    /// <summary>Computes the Brier score of any number of classes: the mean over the rows of Σₖ (pₖ − yₖ)².</summary>
    /// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="probabilities">Row-major: <paramref name="classCount"/> probabilities for each row, that add up to 1.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 2, the less the better; for two classes twice the score of the other overload.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is out of range, a probability is outside 0 to 1 or NaN, the probabilities of a row do
    /// not add up to 1 (within 10⁻⁴), or a weight is negative, not finite, or all are zero.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 2.</exception>
    public static double Compute(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<double> probabilities,
        int classCount,
        ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireMulticlass(labels, probabilities, classCount, weights);

        var mean = default(WeightedMean);
        for (int row = 0; row < labels.Length; row++)
        {
            double sum = 0;
            for (int k = 0; k < classCount; k++)
            {
                double error = probabilities[(row * classCount) + k] - (labels[row] == k ? 1 : 0);
                sum += error * error;
            }

            mean.Add(sum, WeightedMean.WeightOf(weights, row));
        }

        return mean.Value();
    }
}
