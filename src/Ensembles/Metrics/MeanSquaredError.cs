namespace Ensembles.Metrics;

/// <summary>The mean of the squared differences between prediction and target.</summary>
public static class MeanSquaredError
{
    /// <summary>Computes the mean squared error.</summary>
    /// <param name="targets">The true value of each row.</param>
    /// <param name="predictions">The predicted value of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>Zero or more, in the unit of the target squared; the less the better.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a value is not finite, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireRegression(targets, predictions, weights);

        var mean = default(WeightedMean);
        for (int row = 0; row < targets.Length; row++)
        {
            double error = predictions[row] - targets[row];
            mean.Add(error * error, WeightedMean.WeightOf(weights, row));
        }

        return mean.Value();
    }
}
