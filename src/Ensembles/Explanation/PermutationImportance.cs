namespace Ensembles.Explanation;

/// <summary>How much worse a model predicts when the values of a feature are shuffled among the rows.</summary>
/// <param name="Feature">The name of the feature.</param>
/// <param name="Mean">
/// The mean rise of the error: of the share of misclassified rows, of the mean squared error, or by how much a chosen metric gets worse. Near
/// 0, on either side, where the feature says nothing.
/// </param>
/// <param name="StandardError">The standard error of the mean; NaN where it cannot be told.</param>
public readonly record struct PermutationImportance(string Feature, double Mean, double StandardError)
{
    /// <summary>The mean over its standard error (Breiman's scaled importance); 0 where the mean is 0.</summary>
    public double ZScore => Mean == 0 ? 0 : Mean / StandardError;

    /// <summary>A list of importances that shows itself.</summary>
    internal static ImportanceList<PermutationImportance> List(PermutationImportance[] importances) => new(
        importances,
        "Permutation importances",
        ["rise of the error", "std. error"],
        importance => (importance.Feature, [importance.Mean, importance.StandardError]));

    /// <summary>The mean of some rises, and its standard error.</summary>
    internal static PermutationImportance Of(string feature, ReadOnlySpan<double> rises)
    {
        double mean = 0;
        foreach (double rise in rises)
        {
            mean += rise;
        }

        mean /= rises.Length;
        double squares = 0;
        foreach (double rise in rises)
        {
            squares += (rise - mean) * (rise - mean);
        }

        double variance = rises.Length == 1 ? double.NaN : squares / (rises.Length - 1);
        return new PermutationImportance(feature, mean, Math.Sqrt(variance / rises.Length));
    }
}
