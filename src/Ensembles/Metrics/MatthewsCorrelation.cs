namespace Ensembles.Metrics;

/// <summary>
/// The correlation between true and predicted classes: the phi coefficient of two classes (Matthews 1975), Gorodkin's R<sub>K</sub>
/// (2004) of more.
/// </summary>
public static class MatthewsCorrelation
{
    /// <summary>Computes the coefficient.</summary>
    /// <param name="labels">The true class of each row, 0 and up.</param>
    /// <param name="predictions">The predicted class of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>
    /// From −1 to 1, the more the better; 0 for a guess, and where it is not defined because all labels or all predictions are alike.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a class is negative, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, ReadOnlySpan<double> weights = default)
    {
        ClassTotals totals = ClassTotals.Compute(labels, predictions, weights);
        if (totals.Actual.Count(weight => weight > 0) < 2 || totals.Predicted.Count(weight => weight > 0) < 2)
        {
            return 0;
        }

        double correct = 0, total = 0, product = 0, actualSquares = 0, predictedSquares = 0;
        for (int k = 0; k < totals.Actual.Count; k++)
        {
            correct += totals.Correct[k];
            total += totals.Actual[k];
            product += totals.Actual[k] * totals.Predicted[k];
            actualSquares += totals.Actual[k] * totals.Actual[k];
            predictedSquares += totals.Predicted[k] * totals.Predicted[k];
        }

        double covariance = (correct * total) - product;
        double actualVariance = (total * total) - actualSquares;
        double predictedVariance = (total * total) - predictedSquares;
        return Math.Clamp(covariance / Math.Sqrt(actualVariance) / Math.Sqrt(predictedVariance), -1, 1);
    }
}
