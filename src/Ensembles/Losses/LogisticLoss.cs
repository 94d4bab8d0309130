using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ensembles.Numerics;

namespace Ensembles.Losses;

/// <summary>
/// The log loss of two classes: ℓ = ln(1 + e^F) − y·F with y in {0, 1}, p = 1/(1 + e^−F), g = p − y, h = p(1 − p). Gradient boosting
/// reports the binomial deviance 2ℓ, as its peers do; its leaves hold one Newton step.
/// </summary>
/// <param name="labels">By row 0 or 1.</param>
/// <param name="weights">One a row, or none where all are 1.</param>
internal sealed class LogisticLoss(int[] labels, double[] weights) : INewtonLoss, IGradientLoss
{
    // A row that is predicted with certainty still has a place in its bin.
    private const float LeastHessian = 1e-16f;

    public int OutputCount => 1;

    public Link Link => Link.Logistic;

    public double[] FitBaseScores()
    {
        double positive = 0;
        double total = 0;
        for (int r = 0; r < labels.Length; r++)
        {
            double weight = weights.Length == 0 ? 1 : weights[r];
            positive += weight * labels[r];
            total += weight;
        }

        // One class only: a probability that is as certain as XGBoost's limits allow.
        return [ToScore(Math.Clamp(positive / total, 1e-6, 1 - 1e-6))];
    }

    public double ToScore(double baseScore) => DeterministicMath.Log(baseScore / (1 - baseScore));

    public void Differentiate(double[][] scores, int firstRow, int count, float[][] gradients, float[][] hessians)
    {
        ReadOnlySpan<double> score = scores[0].AsSpan(firstRow, count);
        ReadOnlySpan<int> label = labels.AsSpan(firstRow, count);
        ReadOnlySpan<double> weight = weights.Length == 0 ? [] : weights.AsSpan(firstRow, count);
        Span<float> gradient = gradients[0].AsSpan(firstRow, count);
        Span<float> hessian = hessians[0].AsSpan(firstRow, count);
        for (int first = 0; first < count; first += FloatLanes.Count)
        {
            Differentiate(
                FloatLanes.Of(score[first..]),
                FloatLanes.Of(label[first..]),
                weight.Length == 0 ? Vector512<float>.One : FloatLanes.Of(weight[first..]),
                out Vector512<float> g,
                out Vector512<float> h);
            FloatLanes.Write(g, gradient[first..]);
            FloatLanes.Write(h, hessian[first..]);
        }
    }

    public void WriteResiduals(double[][] scores, int firstRow, int count, double[][] residuals)
    {
        Span<double> residual = residuals[0].AsSpan(firstRow, count);
        DeterministicVectors.Sigmoid(scores[0].AsSpan(firstRow, count), residual);
        for (int r = 0; r < count; r++)
        {
            residual[r] = labels[firstRow + r] - residual[r];
        }
    }

    public void WriteLosses(double[][] scores, int firstRow, int count, double[] losses)
    {
        ReadOnlySpan<double> score = scores[0].AsSpan(firstRow, count);
        Span<double> loss = losses.AsSpan(firstRow, count);

        // −ln p of the class that the row has, from the score that speaks for it: of positive scores −ln σ, and of others the score more.
        for (int r = 0; r < count; r++)
        {
            loss[r] = Math.Abs(score[r]);
        }

        DeterministicVectors.Sigmoid(loss, loss);
        DeterministicVectors.Log(loss, loss);
        for (int r = 0; r < count; r++)
        {
            double own = ((2 * labels[firstRow + r]) - 1) * score[r];
            loss[r] = 2 * (Math.Max(-own, 0) - loss[r]);
        }
    }

    public double LeafValue(ReadOnlySpan<int> rows, int output, double[][] scores, double[][] residuals) =>
        ResidualSums.NewtonStep(rows, residuals[0], weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Differentiate(
        Vector512<float> x, Vector512<float> y, Vector512<float> w, out Vector512<float> gradient, out Vector512<float> hessian)
    {
        // With t = e^−|x|: p = 1/(1 + t) for positive x and t/(1 + t) for negative, and p(1 − p) = t/(1 + t)² for both.
        Vector512<float> one = Vector512.Create(1f);
        Vector512<float> t = VectorExp.OfNegative(-Vector512.Abs(x));
        Vector512<float> inverse = one / (one + t);
        Vector512<float> p = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero), inverse, t * inverse);
        Vector512<float> curvature = t * inverse * inverse;
        Vector512<float> least = Vector512.Create(LeastHessian);
        gradient = (p - y) * w;
        hessian = Vector512.ConditionalSelect(Vector512.GreaterThan(curvature, least), curvature, least) * w;
    }
}
