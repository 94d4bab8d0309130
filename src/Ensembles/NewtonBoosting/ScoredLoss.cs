using System.Globalization;
using Ensembles.Losses;

namespace Ensembles.NewtonBoosting;

/// <summary>A loss that the recipe names, over the targets and weights of a training set: all that comes back from it is checked.</summary>
internal sealed class ScoredLoss : INewtonLoss
{
    private const int Chunk = 512;
    private const int MostSteps = 200;

    private readonly NewtonLoss _loss;
    private readonly double[] _targets;
    private readonly double[] _weights;

    /// <param name="loss">The loss.</param>
    /// <param name="targets">By row the number to predict.</param>
    /// <param name="weights">One a row, or none where all are 1.</param>
    /// <exception cref="ArgumentException">The loss refuses a target.</exception>
    public ScoredLoss(NewtonLoss loss, double[] targets, double[] weights)
    {
        _loss = loss;
        _targets = targets;
        _weights = weights;
        Link = loss.PredictionLink;
        for (int r = 0; r < targets.Length; r++)
        {
            if (loss.Refuse(targets[r]) is string wanted)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Row {r}: the targets of {loss} must be {wanted}; this one is {targets[r]}."));
            }
        }
    }

    public int OutputCount => 1;

    public Link Link { get; }

    public double ToScore(double baseScore)
    {
        double score = _loss.ToScore(baseScore);
        return double.IsFinite(score)
            ? score
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"BaseScore is no prediction of {_loss}: {baseScore}."));
    }

    /// <summary>The score at which the gradients sum to 0, by Newton's steps kept within a bracket.</summary>
    public double[] FitBaseScores()
    {
        // The gradient of a convex loss rises with the score: below the optimum it is negative.
        double low = double.NegativeInfinity;
        double high = double.PositiveInfinity;
        double score = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            (double gradient, double hessian) = SumAt(score);
            if (gradient == 0)
            {
                break;
            }

            low = gradient < 0 ? score : low;
            high = gradient > 0 ? score : high;
            double next = score - Math.Clamp(gradient / hessian, -1 - Math.Abs(score), 1 + Math.Abs(score));

            // A step that is lost in rounding leaves the bracket as well.
            bool isDone = IsNear(next, score);
            if (!isDone && !(next > low && next < high))
            {
                next = (low / 2) + (high / 2);
                isDone = IsNear(next, score);
            }

            score = next;
            if (isDone)
            {
                break;
            }
        }

        return [score];
    }

    public void Differentiate(double[][] scores, int firstRow, int count, float[][] gradients, float[][] hessians)
    {
        Span<double> g = stackalloc double[Chunk];
        Span<double> h = stackalloc double[Chunk];
        for (int first = firstRow; first < firstRow + count; first += Chunk)
        {
            int n = Math.Min(Chunk, firstRow + count - first);
            ReadOnlySpan<double> rowScores = scores[0].AsSpan(first, n);
            Derive(first, rowScores, g[..n], h[..n]);
            for (int i = 0; i < n; i++)
            {
                gradients[0][first + i] = (float)g[i];
                hessians[0][first + i] = (float)h[i];
                if (!float.IsFinite((float)g[i]) || !float.IsFinite((float)h[i]))
                {
                    throw Bad(first + i, rowScores[i], g[i], h[i]);
                }
            }
        }
    }

    private static bool IsNear(double next, double score) => Math.Abs(next - score) <= 1e-12 * Math.Max(1, Math.Abs(score));

    /// <summary>The sums of all rows, one after the other: rows of weight 0 do not change a bit.</summary>
    private (double Gradient, double Hessian) SumAt(double score)
    {
        Span<double> scores = stackalloc double[Chunk];
        Span<double> gradients = stackalloc double[Chunk];
        Span<double> hessians = stackalloc double[Chunk];
        double gradient = 0;
        double hessian = 0;
        scores.Fill(score);
        for (int first = 0; first < _targets.Length; first += Chunk)
        {
            int n = Math.Min(Chunk, _targets.Length - first);
            Derive(first, scores[..n], gradients[..n], hessians[..n]);
            for (int i = 0; i < n; i++)
            {
                gradient += gradients[i];
                hessian += hessians[i];
            }
        }

        return (gradient, hessian);
    }

    /// <summary>The derivatives of rows, with their weights.</summary>
    private void Derive(int first, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
    {
        gradients.Fill(double.NaN);
        hessians.Fill(double.NaN);
        _loss.Differentiate(_targets.AsSpan(first, scores.Length), scores, gradients, hessians);
        for (int i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(gradients[i]) || !(hessians[i] >= 0 && double.IsFinite(hessians[i])))
            {
                throw Bad(first + i, scores[i], gradients[i], hessians[i]);
            }

            if (_weights.Length > 0)
            {
                gradients[i] *= _weights[first + i];
                hessians[i] *= _weights[first + i];
            }
        }
    }

    private ArgumentException Bad(int row, double score, double gradient, double hessian) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Row {row}: {_loss} gives the gradient {gradient} and the hessian {hessian} at the target {_targets[row]} and the score {score}; ")
        + "the gradient must be a finite number, the hessian one of at least 0.");
}
