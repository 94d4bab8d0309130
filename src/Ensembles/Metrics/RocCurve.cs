using System.Globalization;
using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>A threshold of a score, and what comes of calling positive all rows that reach it.</summary>
/// <param name="FalsePositiveRate">The share of the rows of class 0 that reach it.</param>
/// <param name="TruePositiveRate">The share of the rows of class 1 that reach it (recall, sensitivity).</param>
/// <param name="Threshold">The least score that is called positive; +∞ at the first point, where nothing is.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate, double Threshold);

/// <summary>
/// The receiver operating characteristic: how many of both classes reach a threshold, for each threshold from the highest score down
/// (T. Fawcett: An introduction to ROC analysis, 2006).
/// </summary>
public sealed class RocCurve
{
    private RocCurve(RocPoint[] points, double area)
    {
        Points = Array.AsReadOnly(points);
        Area = area;
    }

    /// <summary>The points, from (0, 0) to (1, 1).</summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>The area under the curve (<see cref="AreaUnderRoc"/>).</summary>
    public double Area { get; }

    /// <summary>The point that lies highest above the diagonal (W. Youden's index, 1950); of equals the one of the highest threshold.</summary>
    public RocPoint Best => Points.MaxBy(point => point.TruePositiveRate - point.FalsePositiveRate);

    /// <summary>Computes the curve.</summary>
    /// <param name="labels">The true class of each row, 0 or 1; both must occur with a weight above zero.</param>
    /// <param name="scores">For each row a probability of class 1, or any other number that rises with it.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <param name="dropIntermediate">
    /// Whether points between two others on a line along an axis or of the same steps are left out (default): the curve is the same.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is not 0 or 1, one class is absent, a score is NaN, or a weight is negative or not
    /// finite.
    /// </exception>
    public static RocCurve Compute(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default, bool dropIntermediate = true)
    {
        double area = AreaUnderRoc.Compute(labels, scores, weights);
        var thresholds = new ScoreThresholds(labels, scores, weights);
        List<double> positives = thresholds.Positives;
        List<double> negatives = thresholds.Negatives;
        var points = new List<RocPoint> { new(0, 0, double.PositiveInfinity) };
        for (int i = 0; i < positives.Count; i++)
        {
            // In the middle of two equal steps (the second difference is 0 on both axes) a point shows nothing.
            bool isMiddle = i > 0 && i + 1 < positives.Count && SecondDifference(positives, i) == 0 && SecondDifference(negatives, i) == 0;
            if (!(dropIntermediate && isMiddle))
            {
                points.Add(new RocPoint(negatives[i] / negatives[^1], positives[i] / positives[^1], thresholds.Scores[i]));
            }
        }

        return new RocCurve([.. points], area);
    }

    /// <summary>The area, and the number of points.</summary>
    public override string ToString()
    {
        string positives = TextTable.Number(Best.TruePositiveRate);
        string negatives = TextTable.Number(Best.FalsePositiveRate);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"ROC of {Counted.Text(Points.Count, "point", "points")}, area {TextTable.Number(Area)}; best: "
            + $"{positives} of the positives and {negatives} of the negatives reach {TextTable.Short(Best.Threshold)}");
    }

    private static double SecondDifference(List<double> values, int i) => (values[i + 1] - values[i]) - (values[i] - values[i - 1]);
}
