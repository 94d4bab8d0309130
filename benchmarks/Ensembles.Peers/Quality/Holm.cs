namespace Ensembles.Peers.Quality;

/// <summary>
/// Holm's correction of p values for their number (S. Holm: A Simple Sequentially Rejective Multiple Test Procedure, 1979): where all of a
/// family are compared with 5%, the chance that any true hypothesis is among those rejected is at most 5%.
/// </summary>
internal static class Holm
{
    /// <summary>The corrected p values, in the order of those given.</summary>
    public static double[] Correct(IReadOnlyList<double> p)
    {
        int[] order = [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
        var corrected = new double[p.Count];
        double least = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            least = Math.Max(least, Math.Min(1, (order.Length - rank) * p[order[rank]]));
            corrected[order[rank]] = least;
        }

        return corrected;
    }
}
