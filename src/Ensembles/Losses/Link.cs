using Ensembles.Numerics;

namespace Ensembles.Losses;

/// <summary>How the scores of a boosted model become predictions.</summary>
internal abstract class Link
{
    /// <summary>A value is its score.</summary>
    public static Link Identity { get; } = new IdentityLink();

    /// <summary>The probabilities of two classes from the log-odds of the second.</summary>
    public static Link Logistic { get; } = new LogisticLink();

    /// <summary>The probabilities of two classes from half the log-odds of the second.</summary>
    public static Link HalfLogistic { get; } = new HalfLogisticLink();

    /// <summary>The probabilities of K classes from K scores.</summary>
    public static Link Softmax { get; } = new SoftmaxLink();

    /// <summary>Turns the scores of a row into a value, or into the probability of every class.</summary>
    public abstract void Apply(ReadOnlySpan<double> scores, Span<double> prediction);

    private sealed class IdentityLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction) => prediction[0] = scores[0];
    }

    private sealed class LogisticLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction)
        {
            prediction[0] = DeterministicMath.Sigmoid(-scores[0]);
            prediction[1] = DeterministicMath.Sigmoid(scores[0]);
        }
    }

    private sealed class HalfLogisticLink : Link
    {
        public override void Apply(ReadOnlySpan<double> scores, Span<double> prediction)
        {
            prediction[0] = DeterministicMath.Sigmoid(-2 * scores[0]);
            prediction[1] = DeterministicMath.Sigmoid(2 * scores[0]);
        }
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
    }
}
