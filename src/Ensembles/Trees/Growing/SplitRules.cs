namespace Ensembles.Trees.Growing;

/// <summary>What all split finders agree on: thresholds, and the side of what a node never saw.</summary>
internal static class SplitRules
{
    /// <summary>A node of no more categories of a feature keeps each of them apart, however few rows it has: no order of theirs is found by chance.</summary>
    public const int FewCategories = 4;

    /// <summary>
    /// The threshold between two neighbouring values a &lt; b: their midpoint a/2 + b/2, which cannot overflow; where rounding
    /// or infinity takes it out of [a, b), a itself.
    /// </summary>
    public static double Threshold(double a, double b)
    {
        double middle = (a / 2) + (b / 2);
        return middle >= a && middle < b ? middle : a;
    }

    /// <summary>
    /// Whether children of these sizes are allowed. A child of rows so light that they vanish beside the others, whose weight is
    /// then the difference of two equal sums, is not: it would be divided by 0.
    /// </summary>
    public static bool Allows(this GrowthLimits limits, int leftCount, int rightCount, double leftWeight, double rightWeight) =>
        leftCount >= limits.MinSamplesLeaf
        && rightCount >= limits.MinSamplesLeaf
        && leftWeight > 0
        && rightWeight > 0
        && leftWeight >= limits.MinWeightLeaf
        && rightWeight >= limits.MinWeightLeaf;

    /// <summary>Missing values that a node never saw go to the heavier child, of equals to the left one.</summary>
    public static bool DefaultLeft(double leftWeight, double rightWeight) => leftWeight >= rightWeight;
}
