using System.Runtime.Intrinsics;
using Ensembles.Numerics;

namespace Ensembles.Losses;

/// <summary>
/// The log loss of K classes: p = softmax(F), g_k = p_k − 1[y = k], h_k = 2·p_k(1 − p_k), twice the diagonal of the true hessian, as
/// XGBoost (Friedman, Hastie and Tibshirani 2000 divide by it with K/(K − 1) for the same reason: the off-diagonal is left out). Leaves of
/// gradient boosting hold the Newton step of that diagonal times (K − 1)/K (Friedman 2001, equation 40).
/// </summary>
/// <param name="labels">The class of each row.</param>
/// <param name="weights">One a row, or none where all are 1.</param>
/// <param name="classCount">K.</param>
internal sealed class SoftmaxLoss(int[] labels, double[] weights, int classCount) : INewtonLoss, IGradientLoss
{
    private const float LeastHessian = 1e-16f;

    public int OutputCount => classCount;

    public Link Link => Link.Softmax;

    public double[] FitBaseScores()
    {
        var byClass = new double[classCount];
        double total = 0;
        for (int r = 0; r < labels.Length; r++)
        {
            double weight = weights.Length == 0 ? 1 : weights[r];
            byClass[labels[r]] += weight;
            total += weight;
        }

        return Array.ConvertAll(byClass, weight => DeterministicMath.Log(Math.Max(weight / total, 1e-6)));
    }

    public void Differentiate(double[][] scores, int firstRow, int count, float[][] gradients, float[][] hessians)
    {
        var exponentials = new Vector512<float>[classCount];
        Vector512<float> one = Vector512<float>.One;
        Vector512<float> least = Vector512.Create(LeastHessian);
        for (int first = firstRow; first < firstRow + count; first += FloatLanes.Count)
        {
            int n = Math.Min(FloatLanes.Count, firstRow + count - first);
            Vector512<float> largest = Vector512.Create(float.NegativeInfinity);
            for (int k = 0; k < classCount; k++)
            {
                Vector512<float> score = FloatLanes.Of(scores[k].AsSpan(first, n));
                exponentials[k] = score;
                largest = Vector512.ConditionalSelect(Vector512.GreaterThan(score, largest), score, largest);
            }

            Vector512<float> sum = Vector512<float>.Zero;
            for (int k = 0; k < classCount; k++)
            {
                exponentials[k] = VectorExp.OfNegative(exponentials[k] - largest);
                sum += exponentials[k];
            }

            Vector512<float> label = FloatLanes.Of(labels.AsSpan(first, n));
            Vector512<float> weight = weights.Length == 0 ? one : FloatLanes.Of(weights.AsSpan(first, n));
            for (int k = 0; k < classCount; k++)
            {
                Vector512<float> p = exponentials[k] / sum;
                Vector512<float> indicator = Vector512.Equals(label, Vector512.Create((float)k)) & one;
                Vector512<float> curvature = Vector512.Create(2f) * p * (one - p);
                curvature = Vector512.ConditionalSelect(Vector512.GreaterThan(curvature, least), curvature, least);
                FloatLanes.Write((p - indicator) * weight, gradients[k].AsSpan(first, n));
                FloatLanes.Write(curvature * weight, hessians[k].AsSpan(first, n));
            }
        }
    }

    public void WriteResiduals(double[][] scores, int firstRow, int count, double[][] residuals)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            double largest = Largest(scores, r);
            double sum = 0;
            for (int k = 0; k < classCount; k++)
            {
                residuals[k][r] = DeterministicMath.Exp(scores[k][r] - largest);
                sum += residuals[k][r];
            }

            for (int k = 0; k < classCount; k++)
            {
                residuals[k][r] = (labels[r] == k ? 1 : 0) - (residuals[k][r] / sum);
            }
        }
    }

    public void WriteLosses(double[][] scores, int firstRow, int count, double[] losses)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            double largest = Largest(scores, r);
            double sum = 0;
            for (int k = 0; k < classCount; k++)
            {
                sum += DeterministicMath.Exp(scores[k][r] - largest);
            }

            losses[r] = DeterministicMath.Log(sum) + largest - scores[labels[r]][r];
        }
    }

    public double LeafValue(ReadOnlySpan<int> rows, int output, double[][] scores, double[][] residuals) =>
        ResidualSums.NewtonStep(rows, residuals[output], weights) * (classCount - 1) / classCount;

    private double Largest(double[][] scores, int row)
    {
        double largest = double.NegativeInfinity;
        for (int k = 0; k < classCount; k++)
        {
            largest = Math.Max(largest, scores[k][row]);
        }

        return largest;
    }
}
