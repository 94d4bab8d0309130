using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>
/// The mean of −ln p over the rows, p the probability given to the true class (cross-entropy, in nats). A probability below
/// <see cref="SmallestProbability"/> counts as that, so one confident error costs at most 34.54.
/// </summary>
public static class LogLoss
{
    /// <summary>What a smaller probability of the true class is raised to: 10⁻¹⁵.</summary>
    public const double SmallestProbability = 1e-15;

    private const int RowsAtATime = 256;

    /// <summary>Computes the log loss of two classes.</summary>
    /// <param name="labels">The true class of each row, 0 or 1.</param>
    /// <param name="probabilities">The probability of class 1 for each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>Zero or more, the less the better; ln 2 for a constant ½.</returns>
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
        Span<double> losses = stackalloc double[RowsAtATime];
        for (int first = 0; first < labels.Length; first += RowsAtATime)
        {
            int count = Math.Min(RowsAtATime, labels.Length - first);
            for (int i = 0; i < count; i++)
            {
                losses[i] = labels[first + i] == 1 ? probabilities[first + i] : 1 - probabilities[first + i];
            }

            Add(losses[..count], weights, first, ref mean);
        }

        return mean.Value();
    }

    /// <summary>Computes the log loss of any number of classes.</summary>
    /// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="probabilities">Row-major: <paramref name="classCount"/> probabilities for each row, that add up to 1.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>Zero or more, the less the better; ln K for a constant 1/K.</returns>
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
        Span<double> losses = stackalloc double[RowsAtATime];
        for (int first = 0; first < labels.Length; first += RowsAtATime)
        {
            int count = Math.Min(RowsAtATime, labels.Length - first);
            for (int i = 0; i < count; i++)
            {
                losses[i] = probabilities[((first + i) * classCount) + labels[first + i]];
            }

            Add(losses[..count], weights, first, ref mean);
        }

        return mean.Value();
    }

    /// <summary>Adds the losses of some rows by the probabilities of their classes.</summary>
    private static void Add(Span<double> probabilities, ReadOnlySpan<double> weights, int first, ref WeightedMean mean)
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = Math.Max(probabilities[i], SmallestProbability);
        }

        DeterministicVectors.Log(probabilities, probabilities);
        for (int i = 0; i < probabilities.Length; i++)
        {
            // 0 - x, so that a perfect probability gives +0.
            mean.Add(0 - probabilities[i], WeightedMean.WeightOf(weights, first + i));
        }
    }
}
