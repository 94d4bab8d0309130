namespace Ensembles.Peers;

/// <summary>The mean of the differences of pairs, and how sure it is.</summary>
internal readonly record struct PairedDifference(double MeanFirst, double MeanSecond, double StandardError, int Count)
{
    public double Difference => MeanFirst - MeanSecond;

    /// <summary>The difference in standard errors; 0 where all pairs are equal.</summary>
    public double Z => Difference == 0 ? 0 : Difference / StandardError;

    public static PairedDifference Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double sumFirst = 0;
        double sumSecond = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sumFirst += first[i];
            sumSecond += second[i];
        }

        int n = first.Length;
        double mean = (sumFirst - sumSecond) / n;
        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            double deviation = first[i] - second[i] - mean;
            squares += deviation * deviation;
        }

        return new PairedDifference(sumFirst / n, sumSecond / n, Math.Sqrt(squares / (n - 1) / n), n);
    }
}
