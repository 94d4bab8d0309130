namespace Ensembles.CodeGeneration;

/// <summary>What the scores of AdaBoost's classes become, as statements over the spans output and present.</summary>
internal static class AdaBoostCode
{
    /// <summary>
    /// The method that adds to the scores of the classes what a member says, by SAMME.R: (K − 1)·(ln p_k − mean of ln p).
    /// </summary>
    public const string AddLogarithms =
        """
        private static void AddLogarithms(ReadOnlySpan<double> said, ReadOnlySpan<int> present, Span<double> scores)
        {
            double sum = 0;
            foreach (int k in present)
            {
                sum += DeterministicMath.Log(Math.Max(said[k], 2.2204460492503131E-16));
            }

            double mean = sum / present.Length;
            foreach (int k in present)
            {
                scores[k] += (present.Length - 1) * (DeterministicMath.Log(Math.Max(said[k], 2.2204460492503131E-16)) - mean);
            }
        }
        """;

    /// <summary>Turns scores into probabilities, in place.</summary>
    /// <param name="scale">By what scores are multiplied.</param>
    public static string ToProbabilities(string scale) =>
        $$"""
        double largest = double.NegativeInfinity;
        foreach (int k in present)
        {
            largest = Math.Max(largest, output[k]);
        }

        double sum = 0;
        foreach (int k in present)
        {
            output[k] = DeterministicMath.Exp({{scale}} * (output[k] - largest));
            sum += output[k];
        }

        for (int k = 0; k < output.Length; k++)
        {
            output[k] /= sum;
        }

        """;
}
