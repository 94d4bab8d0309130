namespace Ensembles.Metrics;

/// <summary>The share of rows whose predicted class is the true one.</summary>
public static class Accuracy
{
    /// <summary>Computes the accuracy.</summary>
    /// <param name="labels">The true class of each row, 0 and up.</param>
    /// <param name="predictions">The predicted class of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the more the better.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a class is negative, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static double Compute(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequirePredictedClasses(labels, predictions, weights);

        var mean = default(WeightedMean);
        for (int row = 0; row < labels.Length; row++)
        {
            mean.Add(labels[row] == predictions[row] ? 1 : 0, WeightedMean.WeightOf(weights, row));
        }

        return mean.Value();
    }
}
