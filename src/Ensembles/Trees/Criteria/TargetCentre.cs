namespace Ensembles.Trees.Criteria;

/// <summary>What targets are shifted by before they are summed, so that sums of far-off targets lose nothing.</summary>
internal static class TargetCentre
{
    /// <summary>
    /// A number near the weighted mean that has few digits itself: a multiple of a power of two that is at most a quarter of the
    /// range. The targets less it are as round as the targets were, so that sums of whole numbers stay exact, and ties ties.
    /// </summary>
    /// <param name="targets">Finite targets.</param>
    /// <param name="weights">Their weights, not all 0.</param>
    public static double Of(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        double sum = 0;
        double weight = 0;
        for (int r = 0; r < targets.Length; r++)
        {
            least = Math.Min(least, targets[r]);
            greatest = Math.Max(greatest, targets[r]);
            sum += weights[r] * targets[r];
            weight += weights[r];
        }

        double mean = sum / weight;
        double range = greatest - least;
        double step = range > 0 && double.IsFinite(range) ? Math.ScaleB(1, Math.ILogB(range) - 2) : 0;
        double centre = step > 0 ? Math.Round(mean / step) * step : mean;
        return double.IsFinite(centre) ? centre : 0;
    }
}
