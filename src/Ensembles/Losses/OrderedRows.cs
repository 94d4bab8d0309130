using Ensembles.Numerics;

namespace Ensembles.Losses;

/// <summary>Weighted quantiles of what is left to explain, y − F.</summary>
internal static class OrderedRows
{
    /// <summary>
    /// The quantile of the targets that a model without trees predicts. Where all weights are equal it is interpolated between its two
    /// neighbours, at (n − 1)·level, and elsewhere it is the lower weighted quantile: as scikit-learn.
    /// </summary>
    /// <param name="values">One a row.</param>
    /// <param name="weights">One a row, or none where all are 1.</param>
    /// <param name="level">From 0 to 1.</param>
    public static double InitialQuantile(double[] values, double[] weights, double level)
    {
        double[] sorted = Present(values, weights, out double[] sortedWeights);
        if (!Array.TrueForAll(sortedWeights, weight => weight == sortedWeights[0]))
        {
            return WeightedQuantile.Lower(sorted, sortedWeights, level);
        }

        Array.Sort(sorted);
        double place = (sorted.Length - 1) * level;
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        double share = place - below;
        return sorted[below] + (share * (sorted[above] - sorted[below]));
    }

    /// <summary>The lower weighted quantile of y − F over the rows of a leaf.</summary>
    /// <param name="rows">The rows of the leaf.</param>
    /// <param name="targets">By row.</param>
    /// <param name="scores">By row.</param>
    /// <param name="weights">One a row, or none where all are 1.</param>
    /// <param name="level">From 0 to 1.</param>
    public static double LowerQuantile(ReadOnlySpan<int> rows, double[] targets, double[] scores, double[] weights, double level)
    {
        var differences = new double[rows.Length];
        var rowWeights = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            differences[i] = targets[row] - scores[row];
            rowWeights[i] = weights.Length == 0 ? 1 : weights[row];
        }

        return WeightedQuantile.Lower(differences, rowWeights, level);
    }

    /// <summary>The values of the rows of weight above 0, and their weights.</summary>
    public static double[] Present(double[] values, double[] weights, out double[] presentWeights)
    {
        if (weights.Length == 0)
        {
            presentWeights = new double[values.Length];
            Array.Fill(presentWeights, 1);
            return [.. values];
        }

        presentWeights = Array.FindAll(weights, weight => weight > 0);
        return [.. values.Where((_, row) => weights[row] > 0)];
    }
}
