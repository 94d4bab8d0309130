using System.Buffers;
using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>
/// The area under the receiver operating characteristic: the probability that a random row of class 1 has a higher score than a random
/// row of class 0, ties counting one half (Hanley and McNeil 1982).
/// </summary>
public static class AreaUnderRoc
{
    /// <summary>Computes the area of two classes.</summary>
    /// <param name="labels">The true class of each row, 0 or 1; both must occur with a weight above zero.</param>
    /// <param name="scores">
    /// For each row a probability of class 1, or any other number that rises with it; infinite ones are allowed.
    /// </param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the more the better; ½ for scores that say nothing.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is not 0 or 1, one class is absent, a score is NaN, or a weight is negative or not
    /// finite.
    /// </exception>
    public static double Compute(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireBinary(labels, weights);
        MetricArguments.RequireLength(scores.Length, labels.Length);
        MetricArguments.RequireNoNaN(scores);
        return OfBinary(labels, scores, weights, 0, 1);
    }

    /// <summary>Computes the mean of the areas of each class against all others ("one versus rest", macro average).</summary>
    /// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1; each must occur.</param>
    /// <param name="probabilities">Row-major: <paramref name="classCount"/> probabilities for each row, that add up to 1.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the more the better.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is out of range, a class is absent, a probability is outside 0 to 1 or NaN, the
    /// probabilities of a row do not add up to 1 (within 10⁻⁴), or a weight is negative or not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 2.</exception>
    public static double OneVsRest(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<double> probabilities,
        int classCount,
        ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireMulticlass(labels, probabilities, classCount, weights);
        var scores = new double[labels.Length];
        var isClass = new int[labels.Length];
        double sum = 0;
        for (int k = 0; k < classCount; k++)
        {
            for (int row = 0; row < labels.Length; row++)
            {
                scores[row] = probabilities[(row * classCount) + k];
                isClass[row] = labels[row] == k ? 1 : 0;
            }

            sum += OfBinary(isClass, scores, weights, -1, k);
        }

        return sum / classCount;
    }

    /// <summary>
    /// Computes the mean over all pairs of classes of their separability ("one versus one"; the M of Hand and Till 2001), which does not
    /// depend on how frequent the classes are.
    /// </summary>
    /// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1; each must occur.</param>
    /// <param name="probabilities">Row-major: <paramref name="classCount"/> probabilities for each row, that add up to 1.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <returns>From 0 to 1, the more the better.</returns>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is out of range, a class is absent, a probability is outside 0 to 1 or NaN, the
    /// probabilities of a row do not add up to 1 (within 10⁻⁴), or a weight is negative or not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 2.</exception>
    public static double OneVsOne(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<double> probabilities,
        int classCount,
        ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireMulticlass(labels, probabilities, classCount, weights);
        var scores = new double[labels.Length];
        var isClass = new int[labels.Length];
        var pairWeights = weights.IsEmpty ? null : new double[labels.Length];
        double sum = 0;
        for (int a = 0; a < classCount; a++)
        {
            for (int b = 0; b < classCount; b++)
            {
                if (a == b)
                {
                    continue;
                }

                // A(a | b): the rows of both classes, scored by the probability of a.
                int count = 0;
                for (int row = 0; row < labels.Length; row++)
                {
                    if (labels[row] != a && labels[row] != b)
                    {
                        continue;
                    }

                    scores[count] = probabilities[(row * classCount) + a];
                    isClass[count] = labels[row] == a ? 1 : 0;
                    if (pairWeights is not null)
                    {
                        pairWeights[count] = weights[row];
                    }

                    count++;
                }

                ReadOnlySpan<double> weightsOfPair = pairWeights is null ? default : pairWeights.AsSpan(0, count);
                sum += OfBinary(isClass.AsSpan(0, count), scores.AsSpan(0, count), weightsOfPair, b, a);
            }
        }

        return sum / ((double)classCount * (classCount - 1));
    }

    /// <summary>The area, of arguments that have been checked.</summary>
    /// <param name="isPositive">1 for rows of the class that should score high, else 0.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <param name="negativeClass">What to call the zeros in a message; −1 for all other classes.</param>
    /// <param name="positiveClass">What to call the ones in a message.</param>
    private static double OfBinary(
        ReadOnlySpan<int> isPositive,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> weights,
        int negativeClass,
        int positiveClass)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(scores.Length);
        Span<int> order = rented.AsSpan(0, scores.Length);
        RadixSort.SortIndices(scores, order);

        // Up through groups of equal score: each positive beats the negatives below its group and half of those in it.
        var won = default(OrderedSum);
        double negativesBelow = 0;
        double positives = 0;
        int next = 0;
        while (next < order.Length)
        {
            double score = scores[order[next]];
            double groupPositives = 0;
            double groupNegatives = 0;
            for (; next < order.Length && scores[order[next]] == score; next++)
            {
                int row = order[next];
                double weight = WeightedMean.WeightOf(weights, row);
                if (isPositive[row] == 1)
                {
                    groupPositives += weight;
                }
                else
                {
                    groupNegatives += weight;
                }
            }

            won.Add(groupPositives * (negativesBelow + (0.5 * groupNegatives)));
            negativesBelow += groupNegatives;
            positives += groupPositives;
        }

        ArrayPool<int>.Shared.Return(rented);
        if (positives == 0)
        {
            throw Absent(MetricArguments.Text($"class {positiveClass}"));
        }

        if (negativesBelow == 0)
        {
            throw Absent(
                negativeClass < 0
                    ? MetricArguments.Text($"any class but {positiveClass}")
                    : MetricArguments.Text($"class {negativeClass}"));
        }

        return won.Total() / (positives * negativesBelow);
    }

    // The parameter that holds the labels has the same name in every public method.
    private static ArgumentException Absent(string what, string argument = "labels") =>
        new("There is no row (of weight above zero) of " + what + ", so the area under the ROC curve is not defined.", argument);
}
