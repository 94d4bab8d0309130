using System.Buffers;
using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>
/// The area under the precision-recall curve as a step function: Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds from the highest score down, rows
/// of equal score passing theirs together. For rare positives it says more than the ROC.
/// </summary>
public static class AveragePrecision
{
    /// <summary>Computes the average precision of class 1.</summary>
    /// <param name="labels">The true class of each row, 0 or 1; class 1 must occur with a weight above zero.</param>
    /// <param name="scores">
    /// For each row a probability of class 1, or any other number that rises with it; infinite ones are allowed.
    /// </param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the more the better; about the share of positives for scores that say nothing.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is not 0 or 1, class 1 is absent, a score is NaN, or a weight is negative or not finite.
    /// </exception>
    public static double Compute(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireBinary(labels, weights);
        MetricArguments.RequireLength(scores.Length, labels.Length);
        MetricArguments.RequireNoNaN(scores);

        int[] rented = ArrayPool<int>.Shared.Rent(scores.Length);
        Span<int> order = rented.AsSpan(0, scores.Length);
        RadixSort.SortIndices(scores, order);

        var area = default(OrderedSum);
        double passed = 0;
        double positives = 0;
        int next = order.Length - 1;
        while (next >= 0)
        {
            double score = scores[order[next]];
            double groupPositives = 0;
            for (; next >= 0 && scores[order[next]] == score; next--)
            {
                int row = order[next];
                double weight = WeightedMean.WeightOf(weights, row);
                passed += weight;
                groupPositives += labels[row] == 1 ? weight : 0;
            }

            positives += groupPositives;
            if (groupPositives > 0)
            {
                area.Add(groupPositives * (positives / passed));
            }
        }

        ArrayPool<int>.Shared.Return(rented);
        if (positives == 0)
        {
            throw new ArgumentException(
                "There is no row (of weight above zero) of class 1, so the average precision is not defined.", nameof(labels));
        }

        return area.Total() / positives;
    }
}
