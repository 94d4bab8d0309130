using Ensembles.Numerics;

namespace Ensembles.Losses;

/// <summary>
/// The loss of AdaBoost, e^(−yF) with y = ±1: ỹ = y·e^(−yF), F estimates half of the log-odds, and leaves hold the Newton step
/// Σ w·y·e^(−yF) / Σ w·e^(−yF).
/// </summary>
/// <param name="labels">By row 0 or 1.</param>
/// <param name="weights">One a row, or none where all are 1.</param>
internal sealed class ExponentialLoss(int[] labels, double[] weights) : IGradientLoss
{
    public int OutputCount => 1;

    public Link Link => Link.HalfLogistic;

    public double[] FitBaseScores() => [new LogisticLoss(labels, weights).FitBaseScores()[0] / 2];

    public double ToScore(double baseScore) => new LogisticLoss(labels, weights).ToScore(baseScore) / 2;

    public void WriteResiduals(double[][] scores, int firstRow, int count, double[][] residuals)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            double sign = labels[r] == 1 ? 1 : -1;
            residuals[0][r] = sign * DeterministicMath.Exp(-sign * scores[0][r]);
        }
    }

    public void WriteLosses(double[][] scores, int firstRow, int count, double[] losses)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            losses[r] = DeterministicMath.Exp(labels[r] == 1 ? -scores[0][r] : scores[0][r]);
        }
    }

    public double LeafValue(ReadOnlySpan<int> rows, int output, double[][] scores, double[][] residuals)
    {
        double sum = 0;
        double curvature = 0;
        foreach (int row in rows)
        {
            double residual = residuals[0][row] * (weights.Length == 0 ? 1 : weights[row]);
            sum += residual;
            curvature += Math.Abs(residual);
        }

        return ResidualSums.Quotient(sum, curvature);
    }
}
