namespace Ensembles.IsolationForests;

/// <summary>
/// c(n) = 2·H(n − 1) − 2·(n − 1)/n with H(i) = 1 + 1/2 + … + 1/i: the mean length of an unsuccessful search in a binary search
/// tree of n keys (Liu, Ting and Zhou 2008, equation 1), so the mean depth of a leaf of a tree that isolates n rows at random.
/// H is summed up, not taken from ln i + 0.5772, which is 0.08 off for i = 2.
/// </summary>
internal static class AveragePathLength
{
    /// <summary>c(0) to c(<paramref name="count"/>); c(0) and c(1) are 0.</summary>
    public static double[] UpTo(int count)
    {
        var lengths = new double[count + 1];
        double harmonic = 0;
        for (int n = 2; n <= count; n++)
        {
            harmonic += 1.0 / (n - 1);
            lengths[n] = (2 * harmonic) - (2.0 * (n - 1) / n);
        }

        return lengths;
    }
}
