namespace Ensembles.Losses;

/// <summary>
/// The loss that the α-quantile makes least: α(y − F) above it and (1 − α)(F − y) below. ỹ = α where y &gt; F and α − 1 elsewhere; leaves
/// hold the lower weighted α-quantile of y − F.
/// </summary>
/// <param name="targets">By row the number to predict.</param>
/// <param name="weights">One a row, or none where all are 1.</param>
/// <param name="level">α, between 0 and 1.</param>
internal sealed class QuantileLoss(double[] targets, double[] weights, double level) : IGradientLoss
{
    public int OutputCount => 1;

    public Link Link => Link.Identity;

    public double[] FitBaseScores() => [OrderedRows.InitialQuantile(targets, weights, level)];

    public void WriteResiduals(double[][] scores, int firstRow, int count, double[][] residuals)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            residuals[0][r] = targets[r] > scores[0][r] ? level : level - 1;
        }
    }

    public void WriteLosses(double[][] scores, int firstRow, int count, double[] losses)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            double difference = targets[r] - scores[0][r];
            losses[r] = difference > 0 ? level * difference : (level - 1) * difference;
        }
    }

    public double LeafValue(ReadOnlySpan<int> rows, int output, double[][] scores, double[][] residuals) =>
        OrderedRows.LowerQuantile(rows, targets, scores[0], weights, level);
}
