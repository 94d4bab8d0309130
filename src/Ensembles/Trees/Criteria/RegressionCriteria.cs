using System.Globalization;

namespace Ensembles.Trees.Criteria;

/// <summary>Makes the criterion of a regression tree and checks that the targets suit it.</summary>
internal static class RegressionCriteria
{
    /// <exception cref="ArgumentException">Poisson: a target is negative (the message names the row), or all are zero.</exception>
    public static Criterion Create(RegressionCriterion kind, double[] targets, double[] weights)
    {
        if (kind == RegressionCriterion.Poisson)
        {
            bool any = false;
            for (int r = 0; r < targets.Length; r++)
            {
                if (targets[r] < 0)
                {
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"Row {r}: the target {targets[r]} is negative; Poisson counts are not."),
                        nameof(targets));
                }

                any |= targets[r] > 0 && weights[r] > 0;
            }

            if (!any)
            {
                throw new ArgumentException("All targets are zero: there is no Poisson rate to learn.", nameof(targets));
            }
        }

        return kind == RegressionCriterion.AbsoluteError
            ? new MedianCriterion(targets, weights)
            : new MeanCriterion(targets, weights, kind);
    }
}
