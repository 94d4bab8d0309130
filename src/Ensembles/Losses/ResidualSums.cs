namespace Ensembles.Losses;

/// <summary>Leaf values that are quotients of sums over the rows of a leaf.</summary>
internal static class ResidualSums
{
    // Below this a sum of curvatures is none: all rows of the leaf are predicted with certainty.
    private const double LeastCurvature = 1e-150;

    /// <summary>The weighted mean of the residuals.</summary>
    /// <param name="rows">The rows of a leaf.</param>
    /// <param name="residuals">By row.</param>
    /// <param name="weights">One a row, or none where all are 1.</param>
    public static double Mean(ReadOnlySpan<int> rows, double[] residuals, double[] weights)
    {
        double first = residuals[rows[0]];
        double sum = 0;
        double total = 0;
        bool constant = true;
        foreach (int row in rows)
        {
            double weight = weights.Length == 0 ? 1 : weights[row];
            constant &= residuals[row] == first;
            sum += weight * residuals[row];
            total += weight;
        }

        // A weighted sum of equal values, divided by the weight, may miss the value by a rounding error.
        return constant ? first : sum / total;
    }

    /// <summary>
    /// The Newton step Σ w·ỹ / Σ w·|ỹ|(1 − |ỹ|) of residuals ỹ = y − p with y in {0, 1}, where |ỹ|(1 − |ỹ|) is p(1 − p).
    /// </summary>
    /// <inheritdoc cref="Mean"/>
    public static double NewtonStep(ReadOnlySpan<int> rows, double[] residuals, double[] weights)
    {
        double sum = 0;
        double curvature = 0;
        foreach (int row in rows)
        {
            double weight = weights.Length == 0 ? 1 : weights[row];
            double residual = residuals[row];
            double distance = Math.Abs(residual);
            sum += weight * residual;
            curvature += weight * distance * (1 - distance);
        }

        return Quotient(sum, curvature);
    }

    /// <summary>A sum of gradients over a sum of curvatures, 0 where there is no curvature.</summary>
    public static double Quotient(double sum, double curvature) => Math.Abs(curvature) < LeastCurvature ? 0 : sum / curvature;
}
