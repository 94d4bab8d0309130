namespace Ensembles.Explanation;

/// <summary>How partial dependence is computed.</summary>
public enum PartialDependenceMethod
{
    /// <summary>
    /// The mean prediction over the rows of a table, in each of which the features are set to a point of the grid (Friedman 2001). Works for
    /// every model, and gives individual curves.
    /// </summary>
    BruteForce,

    /// <summary>
    /// One walk through each tree for each point: at a split on another feature both ways count, by the training weight that took them
    /// (Friedman 2001, section 8.2; scikit-learn's "recursion"). For sums of trees only, on the scale of their
    /// <see cref="ExplainedScale"/>; the rows of the table serve for the grid alone.
    /// </summary>
    Recursion,
}
