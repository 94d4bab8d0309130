namespace Ensembles.PeerTests;

/// <summary>Compares what both sides measure over seeds of their own.</summary>
internal static class SeedMeans
{
    /// <summary>Means over the seeds agree within four standard errors of their difference.</summary>
    public static void Compare(double[] ours, double[] peers, string what)
    {
        double error = Math.Sqrt((Variance(ours) / ours.Length) + (Variance(peers) / peers.Length));
        ours.Average().Should().BeApproximately(peers.Average(), 4 * error, what);
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
