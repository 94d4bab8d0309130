using System.Globalization;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Calibration;

/// <summary>
/// The rising function that is nearest to targets by least squares (pool adjacent violators: M. Ayer et al. 1955). Between the knots it is
/// a line, beyond them constant.
/// </summary>
public sealed class IsotonicRegression
{
    private readonly double[] _x;
    private readonly double[] _y;

    /// <param name="x">The places of the knots, rising; kept.</param>
    /// <param name="y">The values there, never falling; kept.</param>
    internal IsotonicRegression(double[] x, double[] y)
    {
        _x = x;
        _y = y;
    }

    /// <summary>The places of the knots, rising.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>The values at the knots, never falling.</summary>
    public ReadOnlySpan<double> Y => _y;

    /// <summary>Learns the function.</summary>
    /// <param name="x">Where each target stands, finite.</param>
    /// <param name="targets">The targets, finite.</param>
    /// <param name="weights">A weight for each row, or empty; rows of weight 0 are left out.</param>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a value is not finite, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static IsotonicRegression Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireRegression(targets, x, weights);
        var order = new int[x.Length];
        RadixSort.SortIndices(x, order);

        // A stack of pools, each of neighbouring rows that have one value; equal places are one pool from the start.
        var first = new List<double>();
        var last = new List<double>();
        var sums = new List<double>();
        var totals = new List<double>();
        for (int i = 0; i < order.Length;)
        {
            double place = x[order[i]];
            double sum = 0;
            double total = 0;
            for (; i < order.Length && x[order[i]] == place; i++)
            {
                double weight = WeightedMean.WeightOf(weights, order[i]);
                sum += weight * targets[order[i]];
                total += weight;
            }

            if (total == 0)
            {
                continue;
            }

            double begin = place;
            while (sums.Count > 0 && sums[^1] / totals[^1] >= sum / total)
            {
                sum += sums[^1];
                total += totals[^1];
                begin = first[^1];
                first.RemoveAt(first.Count - 1);
                last.RemoveAt(last.Count - 1);
                sums.RemoveAt(sums.Count - 1);
                totals.RemoveAt(totals.Count - 1);
            }

            first.Add(begin);
            last.Add(place);
            sums.Add(sum);
            totals.Add(total);
        }

        var knots = new List<(double X, double Y)>();
        for (int pool = 0; pool < sums.Count; pool++)
        {
            double value = sums[pool] / totals[pool];
            knots.Add((first[pool], value));
            if (last[pool] > first[pool])
            {
                knots.Add((last[pool], value));
            }
        }

        return new IsotonicRegression([.. knots.Select(knot => knot.X)], [.. knots.Select(knot => knot.Y)]);
    }

    /// <summary>The value of the function.</summary>
    /// <param name="x">Where, a number.</param>
    public double Predict(double x)
    {
        if (!(x > _x[0]))
        {
            return _y[0];
        }

        if (x >= _x[^1])
        {
            return _y[^1];
        }

        int found = Array.BinarySearch(_x, x);
        if (found >= 0)
        {
            return _y[found];
        }

        int above = ~found;
        double slope = (_y[above] - _y[above - 1]) / (_x[above] - _x[above - 1]);
        return Math.Min((slope * (x - _x[above - 1])) + _y[above - 1], _y[above]);
    }

    /// <summary>The number of knots, and the range.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Counted.Text(_x.Length, "knot", "knots")} from {TextTable.Short(_y[0])} to {TextTable.Short(_y[^1])}");
}
