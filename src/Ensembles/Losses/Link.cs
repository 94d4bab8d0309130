using System.Runtime.Intrinsics;
using Ensembles.Numerics;

namespace Ensembles.Losses;

/// <summary>How the scores of a boosted model become predictions.</summary>
internal abstract class Link
{
    private const int MaxStackScores = 64;
    private const double LeastProbability = 1.0 / (1 << 23);

    /// <summary>A value is its score.</summary>
    public static Link Identity { get; } = new IdentityLink();

    /// <summary>A value from its logarithm.</summary>
    public static Link Log { get; } = new LogLink();

    /// <summary>A value between 0 and 1 from its log-odds.</summary>
    public static Link Logit { get; } = new LogitLink();

    /// <summary>The probabilities of two classes from the log-odds of the second.</summary>
    public static Link Logistic { get; } = new LogisticLink();

    /// <summary>The probabilities of two classes from half the log-odds of the second.</summary>
    public static Link HalfLogistic { get; } = new HalfLogisticLink();

    /// <summary>The probabilities of K classes from K scores.</summary>
    public static Link Softmax { get; } = new SoftmaxLink();

    /// <summary>Turns the scores of a row into a value, or into the probability of every class.</summary>
    public abstract void Apply(ReadOnlySpan<double> scores, Span<double> prediction);

    /// <summary>Turns the scores of rows into predictions: what <see cref="Apply(ReadOnlySpan{double}, Span{double})"/> gives for each.</summary>
    /// <param name="scores">Row after row.</param>
    /// <param name="outputs">The scores of a row.</param>
    /// <param name="predictions">Row after row.</param>
    public virtual void ApplyRows(ReadOnlySpan<double> scores, int outputs, Span<double> predictions)
    {
        int rows = scores.Length / outputs;
        int width = rows == 0 ? 0 : predictions.Length / rows;
        for (int r = 0; r < rows; r++)
        {
            Apply(scores.Slice(r * outputs, outputs), predictions.Slice(r * width, width));
        }
    }

    /// <summary>Turns the scores of consecutive rows into predictions.</summary>
    /// <param name="scores">By output, then by row.</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="predictions">Those of all rows, row after row.</param>
    public void Apply(double[][] scores, int first, int end, Span<double> predictions)
    {
        int outputs = scores.Length;
        int width = predictions.Length / scores[0].Length;
        if (outputs == 1)
        {
            ApplyRows(scores[0].AsSpan(first..end), 1, predictions[(first * width)..(end * width)]);
            return;
        }

        Span<double> row = outputs <= MaxStackScores ? stackalloc double[outputs] : new double[outputs];
        for (int r = first; r < end; r++)
        {
            for (int k = 0; k < outputs; k++)
            {
                row[k] = scores[k][r];
            }

            Apply(row, predictions.Slice(r * width, width));
        }
    }

    /// <summary>
    /// The scores that stand for a prediction: of probabilities of classes logarithms, none of less than 2⁻²³ or, of two classes, of more
    /// than 1 − 2⁻²³.
    /// </summary>
    public abstract void Invert(ReadOnlySpan<double> prediction, Span<double> scores);

    private static double LogOdds(double probability)
    {
        double p = Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
        return DeterministicMath.Log(p / (1 - p));
    }

    /// <summary>For each score σ(−factor·F), then σ(factor·F).</summary>
    private static void BothSigmoids(ReadOnlySpan<double> scores, double factor, Span<double> predictions)
    {
        const int Lanes = DeterministicVectors.Count;
        Span<double> first = stackalloc double[Lanes];
        Span<double> second = stackalloc double[Lanes];
        int r = 0;
        for (; r + Lanes <= scores.Length; r += Lanes)
        {
            Vector512<double> score = Vector512.Create(scores[r..]) * factor;
            DeterministicVectors.Sigmoid(-score).CopyTo(first);
            DeterministicVectors.Sigmoid(score).CopyTo(second);
            Span<double> pairs = predictions.Slice(2 * r, 2 * Lanes);
            for (int i = 0; i < Lanes; i++)
            {
                pairs[2 * i] = first[i];
                pairs[(2 * i) + 1] = second[i];
            }
        }

        for (; r < scores.Length; r++)
        {
            predictions[2 * r] = DeterministicMath.Sigmoid(-factor * scores[r]);
            predictions[(2 * r) + 1] = DeterministicMath.Sigmoid(factor * scores[r]);
        }
    }

    private sealed class IdentityLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction) => prediction[0] = scores[0];

        public override void ApplyRows(ReadOnlySpan<double> scores, int outputs, Span<double> predictions) => scores.CopyTo(predictions);

        public override void Invert(ReadOnlySpan<double> prediction, Span<double> scores) => scores[0] = prediction[0];
    }

    private sealed class LogLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction) => prediction[0] = DeterministicMath.Exp(scores[0]);

        public override void Invert(ReadOnlySpan<double> prediction, Span<double> scores) => scores[0] = DeterministicMath.Log(prediction[0]);
    }

    private sealed class LogitLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction) => prediction[0] = DeterministicMath.Sigmoid(scores[0]);

        public override void ApplyRows(ReadOnlySpan<double> scores, int outputs, Span<double> predictions) =>
            DeterministicVectors.Sigmoid(scores, predictions);

        public override void Invert(ReadOnlySpan<double> prediction, Span<double> scores) =>
            scores[0] = DeterministicMath.Log(prediction[0] / (1 - prediction[0]));
    }

    private sealed class LogisticLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction)
        {
            prediction[0] = DeterministicMath.Sigmoid(-scores[0]);
            prediction[1] = DeterministicMath.Sigmoid(scores[0]);
        }

        public override void ApplyRows(ReadOnlySpan<double> scores, int outputs, Span<double> predictions) => BothSigmoids(scores, 1, predictions);

        public override void Invert(ReadOnlySpan<double> prediction, Span<double> scores) => scores[0] = LogOdds(prediction[1]);
    }

    private sealed class HalfLogisticLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction)
        {
            prediction[0] = DeterministicMath.Sigmoid(-2 * scores[0]);
            prediction[1] = DeterministicMath.Sigmoid(2 * scores[0]);
        }

        public override void ApplyRows(ReadOnlySpan<double> scores, int outputs, Span<double> predictions) => BothSigmoids(scores, 2, predictions);

        public override void Invert(ReadOnlySpan<double> prediction, Span<double> scores) => scores[0] = LogOdds(prediction[1]) / 2;
    }

    private sealed class SoftmaxLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction)
        {
            double largest = double.NegativeInfinity;
            foreach (double score in scores)
            {
                largest = Math.Max(largest, score);
            }

            double sum = 0;
            for (int k = 0; k < scores.Length; k++)
            {
                prediction[k] = DeterministicMath.Exp(scores[k] - largest);
                sum += prediction[k];
            }

            for (int k = 0; k < scores.Length; k++)
            {
                prediction[k] /= sum;
            }
        }

        public override void Invert(ReadOnlySpan<double> prediction, Span<double> scores)
        {
            for (int k = 0; k < scores.Length; k++)
            {
                scores[k] = DeterministicMath.Log(Math.Max(prediction[k], LeastProbability));
            }
        }
    }
}
