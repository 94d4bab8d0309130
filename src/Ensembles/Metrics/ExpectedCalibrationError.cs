namespace Ensembles.Metrics;

/// <summary>
/// How far predicted probabilities are from what happens, on average: Σ (n_b/n)·|observed share − mean probability| over bins of the same
/// width (M. Naeini, G. Cooper and M. Hauskrecht 2015).
/// </summary>
public static class ExpectedCalibrationError
{
    /// <summary>Computes the error of the probability of class 1.</summary>
    /// <param name="labels">The true class of each row, 0 or 1.</param>
    /// <param name="probabilities">The probability of class 1 for each row.</param>
    /// <param name="bins">The number of bins, at least 1 (default 15).</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the less the better.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one bin.</exception>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is not 0 or 1, a probability is outside 0 to 1 or NaN, or a weight is negative, not
    /// finite, or all are zero.
    /// </exception>
    public static double Compute(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int bins = 15, ReadOnlySpan<double> weights = default) =>
        CalibrationCurve.Compute(labels, probabilities, bins, CalibrationBins.Uniform, weights).ExpectedError;

    /// <summary>
    /// Computes the error of the probability of the most probable class, which should be the accuracy of the rows that have it (C. Guo,
    /// G. Pleiss, Y. Sun and K. Weinberger: On Calibration of Modern Neural Networks, 2017).
    /// </summary>
    /// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="probabilities">Row-major: <paramref name="classCount"/> probabilities for each row, that add up to 1.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="bins">The number of bins, at least 1 (15 in the paper).</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the less the better.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes or less than one bin.</exception>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is out of range, a probability is outside 0 to 1 or NaN, the probabilities of a row do
    /// not add up to 1 (within 10⁻⁴), or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double OfMostProbable(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<double> probabilities,
        int classCount,
        int bins = 15,
        ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireMulticlass(labels, probabilities, classCount, weights);
        var isRight = new int[labels.Length];
        var confidence = new double[labels.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            int best = 0;
            for (int k = 1; k < classCount; k++)
            {
                best = probabilities[(row * classCount) + k] > probabilities[(row * classCount) + best] ? k : best;
            }

            isRight[row] = best == labels[row] ? 1 : 0;
            confidence[row] = probabilities[(row * classCount) + best];
        }

        return Compute(isRight, confidence, bins, weights);
    }
}
