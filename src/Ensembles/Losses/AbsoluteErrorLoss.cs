namespace Ensembles.Losses;

/// <summary>The absolute error |y − F|: ỹ = sign(y − F), with −1 at 0, and leaves hold the lower weighted median of y − F.</summary>
/// <param name="targets">By row the number to predict.</param>
/// <param name="weights">One a row, or none where all are 1.</param>
internal sealed class AbsoluteErrorLoss(double[] targets, double[] weights) : IGradientLoss
{
    public int OutputCount => 1;

    public Link Link => Link.Identity;

    public double[] FitBaseScores() => [OrderedRows.InitialQuantile(targets, weights, 0.5)];

    public void WriteResiduals(double[][] scores, int firstRow, int count, double[][] residuals)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            residuals[0][r] = targets[r] > scores[0][r] ? 1 : -1;
        }
    }

    public void WriteLosses(double[][] scores, int firstRow, int count, double[] losses)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            losses[r] = Math.Abs(targets[r] - scores[0][r]);
        }
    }

    public double LeafValue(ReadOnlySpan<int> rows, int output, double[][] scores, double[][] residuals) =>
        OrderedRows.LowerQuantile(rows, targets, scores[0], weights, 0.5);
}
