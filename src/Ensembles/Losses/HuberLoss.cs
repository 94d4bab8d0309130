using Ensembles.Numerics;

namespace Ensembles.Losses;

/// <summary>
/// Huber's loss, squared up to δ and linear beyond: ½(y − F)² or δ(|y − F| − δ/2), with δ the α-quantile of |y − F| over all rows when a
/// round begins (Friedman 2001, algorithm 4). ỹ is y − F, kept within ±δ; leaves hold m + mean(sign(d)·min(|d|, δ)) with m the lower
/// weighted median of y − F and d = y − F − m.
/// </summary>
/// <param name="targets">By row the number to predict.</param>
/// <param name="weights">One a row, or none where all are 1.</param>
/// <param name="level">α, between 0 and 1.</param>
internal sealed class HuberLoss(double[] targets, double[] weights, double level) : IGradientLoss
{
    private double _delta = double.PositiveInfinity;

    public int OutputCount => 1;

    public Link Link => Link.Identity;

    public double[] FitBaseScores() => [OrderedRows.InitialQuantile(targets, weights, 0.5)];

    public void BeginRound(double[][] scores)
    {
        var distances = new double[targets.Length];
        for (int r = 0; r < distances.Length; r++)
        {
            distances[r] = Math.Abs(targets[r] - scores[0][r]);
        }

        double[] present = OrderedRows.Present(distances, weights, out double[] presentWeights);
        _delta = WeightedQuantile.Lower(present, presentWeights, level);
    }

    public void WriteResiduals(double[][] scores, int firstRow, int count, double[][] residuals)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            residuals[0][r] = Math.Clamp(targets[r] - scores[0][r], -_delta, _delta);
        }
    }

    public void WriteLosses(double[][] scores, int firstRow, int count, double[] losses)
    {
        for (int r = firstRow; r < firstRow + count; r++)
        {
            double distance = Math.Abs(targets[r] - scores[0][r]);
            losses[r] = distance <= _delta ? distance * distance / 2 : _delta * (distance - (_delta / 2));
        }
    }

    public double LeafValue(ReadOnlySpan<int> rows, int output, double[][] scores, double[][] residuals)
    {
        double median = OrderedRows.LowerQuantile(rows, targets, scores[0], weights, 0.5);
        double sum = 0;
        double total = 0;
        foreach (int row in rows)
        {
            double weight = weights.Length == 0 ? 1 : weights[row];
            sum += weight * Math.Clamp(targets[row] - scores[0][row] - median, -_delta, _delta);
            total += weight;
        }

        return median + (sum / total);
    }
}
