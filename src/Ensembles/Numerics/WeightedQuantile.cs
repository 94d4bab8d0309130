namespace Ensembles.Numerics;

/// <summary>Quantiles of weighted values.</summary>
internal static class WeightedQuantile
{
    /// <summary>
    /// The weighted median: the least value with at least half the weight up to it, and the middle between it and the next
    /// where it is exactly half.
    /// </summary>
    /// <param name="values">The values, at least one; sorted on return.</param>
    /// <param name="weights">A positive weight a value; reordered with the values.</param>
    public static double Median(Span<double> values, Span<double> weights)
    {
        values.Sort(weights);
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double half = total / 2;
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum == half && i + 1 < values.Length)
            {
                return (values[i] / 2) + (values[i + 1] / 2);
            }

            if (sum > half)
            {
                return values[i];
            }
        }

        return values[^1];
    }

    /// <summary>The lower weighted median: the least value with at least half the weight up to it.</summary>
    /// <param name="values">The values, at least one, rising.</param>
    /// <param name="weights">A positive weight a value.</param>
    public static double LowerMedianOfSorted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum >= total / 2)
            {
                return values[i];
            }
        }

        return values[^1];
    }
    /// <summary>The lower weighted quantile: the least value with at least this share of the weight up to it.</summary>
    /// <param name="values">The values, at least one; sorted on return.</param>
    /// <param name="weights">A positive weight a value; reordered with the values.</param>
    /// <param name="level">The share, from 0 to 1.</param>
    public static double Lower(Span<double> values, Span<double> weights, double level)
    {
        values.Sort(weights);
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum >= level * total)
            {
                return values[i];
            }
        }

        return values[^1];
    }
}
