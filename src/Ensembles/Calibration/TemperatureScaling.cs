using System.Globalization;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Calibration;

/// <summary>
/// Probabilities p_k^(1/T)/Σ p_j^(1/T): surer below a temperature T of 1, less sure above it (C. Guo, G. Pleiss, Y. Sun and K. Weinberger:
/// On Calibration of Modern Neural Networks, 2017). T minimises the log loss.
/// </summary>
/// <remarks>
/// So that probabilities of 0 have a logarithm, and rows that are all predicted rightly a finite T, one row more is thought of, of all
/// classes alike: probabilities and targets of n rows are (n·p + 1/K)/(n + 1).
/// </remarks>
public sealed class TemperatureScaling
{
    private const double LeastInverse = 1e-3;
    private const double GreatestInverse = 1e3;

    internal TemperatureScaling(double temperature, double uniformShare)
    {
        Temperature = temperature;
        UniformShare = uniformShare;
    }

    /// <summary>T, above 0.</summary>
    public double Temperature { get; }

    /// <summary>1/(n + 1): how much of a uniform distribution is mixed in.</summary>
    internal double UniformShare { get; }

    /// <summary>Learns the temperature.</summary>
    /// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="probabilities">Row-major: <paramref name="classCount"/> probabilities for each row, that add up to 1.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is out of range, a probability is outside 0 to 1 or NaN, the probabilities of a row do
    /// not add up to 1 (within 10⁻⁴), or a weight is negative, not finite, or all are zero.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 2.</exception>
    public static TemperatureScaling Fit(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classCount, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireMulticlass(labels, probabilities, classCount, weights);
        double share = 1.0 / (labels.Length + 1);
        double[] logs = Logs(probabilities, classCount, share);

        // The loss is convex in 1/T, so its slope has one root: Newton's method, and halving where it would leave the bracket.
        double low = LeastInverse;
        double high = GreatestInverse;
        double inverse = 1;
        for (int step = 0; step < 200 && high - low > 1e-14 * high; step++)
        {
            (double slope, double curvature) = Slope(labels, logs, classCount, weights, share, inverse);
            if (slope > 0)
            {
                high = inverse;
            }
            else
            {
                low = inverse;
            }

            double next = inverse - (slope / curvature);
            if (!(next > low && next < high))
            {
                next = (low + high) / 2;
            }

            if (Math.Abs(next - inverse) <= 1e-15 * inverse)
            {
                break;
            }

            inverse = next;
        }

        return new TemperatureScaling(1 / inverse, share);
    }

    /// <summary>Scales the probabilities of a row in place.</summary>
    /// <param name="probabilities">The probability of each class.</param>
    public void Apply(Span<double> probabilities)
    {
        double inverse = 1 / Temperature;
        double greatest = double.NegativeInfinity;
        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] = inverse * DeterministicMath.Log(Mixed(probabilities[k], probabilities.Length, UniformShare));
            greatest = Math.Max(greatest, probabilities[k]);
        }

        double sum = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] = DeterministicMath.Exp(probabilities[k] - greatest);
            sum += probabilities[k];
        }

        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] /= sum;
        }
    }

    /// <summary>The temperature.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"temperature {TextTable.Short(Temperature)}");

    /// <summary>A probability with a share of the uniform one.</summary>
    internal static double Mixed(double probability, int classCount, double share) =>
        ((1 - share) * probability) + (share / classCount);

    private static double[] Logs(ReadOnlySpan<double> probabilities, int classCount, double share)
    {
        var logs = new double[probabilities.Length];
        for (int i = 0; i < logs.Length; i++)
        {
            logs[i] = DeterministicMath.Log(Mixed(probabilities[i], classCount, share));
        }

        return logs;
    }

    /// <summary>The first and second derivative of the log loss by 1/T.</summary>
    private static (double Slope, double Curvature) Slope(
        ReadOnlySpan<int> labels, double[] logs, int classCount, ReadOnlySpan<double> weights, double share, double inverse)
    {
        var slope = default(OrderedSum);
        var curvature = default(OrderedSum);
        for (int r = 0; r < labels.Length; r++)
        {
            ReadOnlySpan<double> z = logs.AsSpan(r * classCount, classCount);
            double greatest = double.NegativeInfinity;
            foreach (double value in z)
            {
                greatest = Math.Max(greatest, value);
            }

            double sum = 0;
            double mean = 0;
            double square = 0;
            double target = 0;
            for (int k = 0; k < classCount; k++)
            {
                double e = DeterministicMath.Exp(inverse * (z[k] - greatest));
                sum += e;
                mean += e * z[k];
                square += e * z[k] * z[k];
                target += z[k] * Mixed(k == labels[r] ? 1 : 0, classCount, share);
            }

            mean /= sum;
            double weight = WeightedMean.WeightOf(weights, r);
            slope.Add(weight * (mean - target));
            curvature.Add(weight * Math.Max(0, (square / sum) - (mean * mean)));
        }

        return (slope.Total(), curvature.Total());
    }
}
