namespace Ensembles.Metrics;

/// <summary>The mean of the absolute differences between prediction and target.</summary>
public static class MeanAbsoluteError
{
    /// <summary>Computes the mean absolute error.</summary>
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

        var mean = default(WeightedMean);
        for (int row = 0; row < targets.Length; row++)
        {
            mean.Add(Math.Abs(predictions[row] - targets[row]), WeightedMean.WeightOf(weights, row));
        }

        return mean.Value();
    }
}
