namespace Ensembles.Losses;

/// <summary>
/// The squared error. Newton boosting halves it: ℓ = ½(F − y)², g = F − y, h = 1. Gradient boosting reports (F − y)² and fits ỹ = y − F,
/// whose mean in a leaf is the best step.
/// </summary>
/// <param name="targets">By row the number to predict.</param>
/// <param name="weights">One a row, or none where all are 1.</param>
internal sealed class SquaredErrorLoss(double[] targets, double[] weights) : INewtonLoss, IGradientLoss
{
    public int OutputCount => 1;

    public Link Link => Link.Identity;

    public double[] FitBaseScores()
    {
        double sum = 0;
        double total = 0;
        for (int r = 0; r < targets.Length; r++)
        {
            double weight = weights.Length == 0 ? 1 : weights[r];
            sum += weight * targets[r];
            total += weight;
        }

        return [sum / total];
    }

    public void Differentiate(double[][] scores, int firstRow, int count, float[][] gradients, float[][] hessians)
    {
        double[] score = scores[0];
        float[] gradient = gradients[0];
        float[] hessian = hessians[0];
        for (int r = firstRow; r < firstRow + count; r++)
        {
            double weight = weights.Length == 0 ? 1 : weights[r];
            gradient[r] = (float)((score[r] - targets[r]) * weight);
            hessian[r] = (float)weight;
        }
    }

    public void WriteResiduals(double[][] scores, int firstRow, int count, double[][] residuals)
    {
        double[] score = scores[0];
        double[] residual = residuals[0];
        for (int r = firstRow; r < firstRow + count; r++)
        {
            residual[r] = targets[r] - score[r];
        }
    }

    public void WriteLosses(double[][] scores, int firstRow, int count, double[] losses)
    {
        double[] score = scores[0];
        for (int r = firstRow; r < firstRow + count; r++)
        {
            double residual = targets[r] - score[r];
            losses[r] = residual * residual;
        }
    }

    public double LeafValue(ReadOnlySpan<int> rows, int output, double[][] scores, double[][] residuals) =>
        ResidualSums.Mean(rows, residuals[0], weights);
}
