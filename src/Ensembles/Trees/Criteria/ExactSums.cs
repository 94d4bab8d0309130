namespace Ensembles.Trees.Criteria;

/// <summary>
/// Makes sums of pairs exact: where the weights are whole numbers, as counts of a bootstrap are, targets are rounded to multiples of a power
/// of two so small beside the sum of their magnitudes, 2⁻⁵⁰, that no sum of them needs more than the 53 bits of a double. Sums are then the
/// same in any order, and splits that part the rows alike have the same score.
/// </summary>
internal static class ExactSums
{
    private const int Bits = 50;
    private const double MostWeight = 1L << 52;

    /// <summary>Rounds the targets of pairs of whole weights; false, and nothing is changed, where the sums cannot be made exact.</summary>
    /// <param name="pairs">For each row its weight and its weighted target, side by side.</param>
    public static bool TryRound(Span<double> pairs)
    {
        double weights = 0;
        double magnitudes = 0;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            double weight = pairs[i];
            if (weight != Math.Floor(weight))
            {
                return false;
            }

            weights += weight;
            magnitudes += Math.Abs(pairs[i + 1]);
        }

        if (!(weights <= MostWeight) || !double.IsFinite(magnitudes))
        {
            return false;
        }

        if (magnitudes == 0)
        {
            return true;
        }

        // Added to a number of this size and taken off again, a smaller one keeps what is a multiple of the step.
        double step = Math.ScaleB(1, Math.ILogB(magnitudes) - Bits);
        double rounder = 3 * Math.ScaleB(step, Bits + 1);
        if (!double.IsNormal(step) || !double.IsFinite(rounder))
        {
            return false;
        }

        for (int i = 1; i < pairs.Length; i += 2)
        {
            pairs[i] = pairs[i] + rounder - rounder;
        }

        return true;
    }
}
