using System.Globalization;
using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>A threshold of a score, and what comes of calling positive all rows that reach it.</summary>
/// <param name="Precision">Of the rows that reach it, the share of class 1; 1 at the last point, where there are none.</param>
/// <param name="Recall">The share of the rows of class 1 that reach it.</param>
/// <param name="Threshold">The least score that is called positive; +∞ at the last point.</param>
public readonly record struct PrecisionRecallPoint(double Precision, double Recall, double Threshold)
{
    /// <summary>The harmonic mean of precision and recall; 0 where both are 0.</summary>
    public double F1 => FScore(1);

    /// <summary>The F score: recall counts β times as much as precision (C. van Rijsbergen: Information Retrieval, 1979).</summary>
    /// <param name="beta">β, above 0.</param>
    public double FScore(double beta)
    {
        double square = beta * beta;
        double divisor = (square * Precision) + Recall;
        return divisor > 0 ? (1 + square) * Precision * Recall / divisor : 0;
    }
}

/// <summary>Precision and recall for each threshold. For rare positives it says more than the ROC.</summary>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(PrecisionRecallPoint[] points, double averagePrecision, double positiveShare)
    {
        Points = Array.AsReadOnly(points);
        AveragePrecision = averagePrecision;
        PositiveShare = positiveShare;
    }

    /// <summary>The points by rising threshold, from recall 1 to (1, 0).</summary>
    public IReadOnlyList<PrecisionRecallPoint> Points { get; }

    /// <summary>The area under the curve as a step function (<see cref="Metrics.AveragePrecision"/>).</summary>
    public double AveragePrecision { get; }

    /// <summary>The share of rows of class 1: the precision of a score that says nothing.</summary>
    public double PositiveShare { get; }

    /// <summary>Computes the curve.</summary>
    /// <param name="labels">The true class of each row, 0 or 1; class 1 must occur with a weight above zero.</param>
    /// <param name="scores">For each row a probability of class 1, or any other number that rises with it.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <param name="dropIntermediate">
    /// Whether points are left out between two others of the same recall (default false): the curve between them is a line down.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is not 0 or 1, class 1 is absent, a score is NaN, or a weight is negative or not finite.
    /// </exception>
    public static PrecisionRecallCurve Compute(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default, bool dropIntermediate = false)
    {
        double average = Metrics.AveragePrecision.Compute(labels, scores, weights);
        var thresholds = new ScoreThresholds(labels, scores, weights);
        List<double> positives = thresholds.Positives;
        double total = positives[^1];
        double all = total + thresholds.Negatives[^1];
        var points = new List<PrecisionRecallPoint>();
        for (int i = positives.Count - 1; i >= 0; i--)
        {
            bool isBetween = i > 0 && i + 1 < positives.Count && positives[i - 1] == positives[i] && positives[i] == positives[i + 1];
            if (!(dropIntermediate && isBetween))
            {
                double reached = positives[i] + thresholds.Negatives[i];
                points.Add(new PrecisionRecallPoint(positives[i] / reached, positives[i] / total, thresholds.Scores[i]));
            }
        }

        points.Add(new PrecisionRecallPoint(1, 0, double.PositiveInfinity));
        return new PrecisionRecallCurve([.. points], average, total / all);
    }

    /// <summary>The point of the greatest F score; of equals the one of the lowest threshold.</summary>
    /// <param name="beta">How much more recall counts than precision, above 0 (default 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not above 0.</exception>
    public PrecisionRecallPoint Best(double beta = 1)
    {
        if (!(beta > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "beta must be above 0.");
        }

        return Points.MaxBy(point => point.FScore(beta));
    }

    /// <summary>The average precision, and the number of points.</summary>
    public override string ToString()
    {
        PrecisionRecallPoint best = Best();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"precision and recall of {Counted.Text(Points.Count, "point", "points")}, "
            + $"average precision {TextTable.Number(AveragePrecision)}; "
            + $"best F1 {TextTable.Number(best.F1)} at {TextTable.Short(best.Threshold)}");
    }
}
