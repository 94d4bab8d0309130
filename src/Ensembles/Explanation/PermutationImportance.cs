namespace Ensembles.Explanation;

/// <summary>How much worse a model predicts when the values of a feature are shuffled among the rows.</summary>
/// <param name="Feature">The name of the feature.</param>
/// <param name="Mean">
/// The mean rise of the error: of the share of misclassified rows, or of the mean squared error. Near 0, on either side, where the
/// feature says nothing.
/// </param>
/// <param name="StandardError">The standard error of the mean; NaN where it cannot be told.</param>
public readonly record struct PermutationImportance(string Feature, double Mean, double StandardError)
{
    /// <summary>The mean over its standard error (Breiman's scaled importance); 0 where the mean is 0.</summary>
    public double ZScore => Mean == 0 ? 0 : Mean / StandardError;
}
