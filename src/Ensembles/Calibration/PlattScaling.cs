using System.Globalization;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Calibration;

/// <summary>
/// A probability from a score: σ(a·s + b) with the sigmoid σ (J. Platt: Probabilistic Outputs for Support Vector Machines, 1999). The two
/// numbers minimise the log loss for his targets, (n₊ + 1)/(n₊ + 2) of the positives and 1/(n₋ + 2) of the others, that keep
/// probabilities off 0 and 1.
/// </summary>
public sealed class PlattScaling
{
    private const int MaxSteps = 100;

    internal PlattScaling(double slope, double intercept)
    {
        Slope = slope;
        Intercept = intercept;
    }

    /// <summary>a: how fast probabilities rise with the score.</summary>
    public double Slope { get; }

    /// <summary>b.</summary>
    public double Intercept { get; }

    /// <summary>Learns the two numbers.</summary>
    /// <param name="labels">The true class of each row, 0 or 1.</param>
    /// <param name="scores">The score of each row, finite.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is not 0 or 1, a score is not finite, or a weight is negative, not finite, or all are
    /// zero.
    /// </exception>
    public static PlattScaling Fit(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireBinary(labels, weights);
        MetricArguments.RequireLength(scores.Length, labels.Length);
        MetricArguments.RequireFinite(scores);
        var problem = new Problem(labels, scores, weights);
        return problem.Solve();
    }

    /// <summary>The probability of class 1.</summary>
    /// <param name="score">The score.</param>
    public double Predict(double score) => DeterministicMath.Sigmoid((Slope * score) + Intercept);

    /// <summary>The formula.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"σ({TextTable.Short(Slope)}·s {(Intercept < 0 ? '−' : '+')} {TextTable.Short(Math.Abs(Intercept))})");

    /// <summary>
    /// Newton's method with halved steps (H. Lin, C. Lin and R. Weng: A note on Platt's probabilistic outputs, 2007), on scores of mean 0
    /// and variance 1.
    /// </summary>
    private sealed class Problem
    {
        private readonly double[] _scores;
        private readonly double[] _targets;
        private readonly double[] _weights;
        private readonly double _mean;
        private readonly double _deviation;
        private readonly double _startIntercept;

        public Problem(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
        {
            _weights = new double[labels.Length];
            _targets = new double[labels.Length];
            var negatives = default(OrderedSum);
            var positives = default(OrderedSum);
            var mean = default(WeightedMean);
            for (int r = 0; r < labels.Length; r++)
            {
                _weights[r] = WeightedMean.WeightOf(weights, r);
                negatives.Add(labels[r] == 0 ? _weights[r] : 0);
                positives.Add(labels[r] == 1 ? _weights[r] : 0);
                mean.Add(scores[r], _weights[r]);
            }

            double ofPositives = (positives.Total() + 1) / (positives.Total() + 2);
            double ofNegatives = 1 / (negatives.Total() + 2);
            _mean = mean.Value();
            _scores = new double[labels.Length];
            var square = default(WeightedMean);
            for (int r = 0; r < labels.Length; r++)
            {
                _targets[r] = labels[r] == 1 ? ofPositives : ofNegatives;
                _scores[r] = scores[r] - _mean;
                square.Add(_scores[r] * _scores[r], _weights[r]);
            }

            _deviation = Math.Sqrt(square.Value());
            for (int r = 0; r < labels.Length && _deviation > 0; r++)
            {
                _scores[r] /= _deviation;
            }

            _startIntercept = DeterministicMath.Log((positives.Total() + 1) / (negatives.Total() + 1));
        }

        public PlattScaling Solve()
        {
            double a = 0;
            double b = _startIntercept;
            double loss = Loss(a, b);
            for (int step = 0; step < MaxSteps; step++)
            {
                (double stepA, double stepB, double decrease) = Step(a, b);
                double size = 1;
                double next = Loss(a + stepA, b + stepB);
                while (next >= loss && size > 1e-10)
                {
                    size /= 2;
                    next = Loss(a + (size * stepA), b + (size * stepB));
                }

                if (next >= loss)
                {
                    break;
                }

                a += size * stepA;
                b += size * stepB;
                loss = next;
                if (decrease <= 1e-18 * Math.Abs(loss))
                {
                    break;
                }
            }

            return _deviation > 0 ? new PlattScaling(a / _deviation, b - (a * _mean / _deviation)) : new PlattScaling(0, b);
        }

        /// <summary>Newton's step, and the decrease of the loss that it promises.</summary>
        private (double A, double B, double Decrease) Step(double a, double b)
        {
            var gradientA = default(OrderedSum);
            var gradientB = default(OrderedSum);
            var hessianAA = default(OrderedSum);
            var hessianAB = default(OrderedSum);
            var hessianBB = default(OrderedSum);
            for (int r = 0; r < _scores.Length; r++)
            {
                double s = _scores[r];
                double p = DeterministicMath.Sigmoid((a * s) + b);
                double gradient = _weights[r] * (p - _targets[r]);
                double hessian = _weights[r] * p * (1 - p);
                gradientA.Add(gradient * s);
                gradientB.Add(gradient);
                hessianAA.Add(hessian * s * s);
                hessianAB.Add(hessian * s);
                hessianBB.Add(hessian);
            }

            // A little on the diagonal, for scores that are all alike.
            double ridge = 1e-12 * (hessianAA.Total() + hessianBB.Total());
            double aa = hessianAA.Total() + ridge;
            double ab = hessianAB.Total();
            double bb = hessianBB.Total() + ridge;
            double determinant = (aa * bb) - (ab * ab);
            double stepA = -((bb * gradientA.Total()) - (ab * gradientB.Total())) / determinant;
            double stepB = -((aa * gradientB.Total()) - (ab * gradientA.Total())) / determinant;
            return (stepA, stepB, -((stepA * gradientA.Total()) + (stepB * gradientB.Total())) / 2);
        }

        /// <summary>Σ w·(ln(1 + e^f) − t·f) for f = a·s + b, written so that nothing overflows.</summary>
        private double Loss(double a, double b)
        {
            var sum = default(OrderedSum);
            for (int r = 0; r < _scores.Length; r++)
            {
                double f = (a * _scores[r]) + b;
                sum.Add(_weights[r] * (DeterministicMath.Log1p(DeterministicMath.Exp(-Math.Abs(f))) + Math.Max(f, 0) - (_targets[r] * f)));
            }

            return sum.Total();
        }
    }
}
