using Ensembles.Losses;

namespace Ensembles.CodeGeneration;

/// <summary>What a <see cref="Link"/> does, as statements over the spans scores and output, or initial and scores.</summary>
internal static class LinkCode
{
    private const string Clamp =
        "double p = Math.Clamp(initial[1], 1.1920928955078125E-07, 1 - 1.1920928955078125E-07);\n";

    /// <summary>Turns scores into predictions.</summary>
    /// <param name="link">The link.</param>
    /// <param name="scores">The number of scores.</param>
    /// <param name="numerics">The classes that the statements call, added to.</param>
    public static string Apply(Link link, int scores, HashSet<string> numerics)
    {
        if (link == Link.Identity)
        {
            return scores == 1 ? "output[0] = scores[0];\n" : "scores.CopyTo(output);\n";
        }

        numerics.Add("DeterministicMath");
        if (link == Link.Log)
        {
            return "output[0] = DeterministicMath.Exp(scores[0]);\n";
        }

        if (link == Link.Logit)
        {
            return "output[0] = DeterministicMath.Sigmoid(scores[0]);\n";
        }

        if (link == Link.Logistic)
        {
            return "output[0] = DeterministicMath.Sigmoid(-scores[0]);\noutput[1] = DeterministicMath.Sigmoid(scores[0]);\n";
        }

        if (link == Link.HalfLogistic)
        {
            return "output[0] = DeterministicMath.Sigmoid(-2 * scores[0]);\noutput[1] = DeterministicMath.Sigmoid(2 * scores[0]);\n";
        }

        return link == Link.Softmax
            ? """
            double largest = double.NegativeInfinity;
            for (int k = 0; k < scores.Length; k++)
            {
                largest = Math.Max(largest, scores[k]);
            }

            double sum = 0;
            for (int k = 0; k < scores.Length; k++)
            {
                output[k] = DeterministicMath.Exp(scores[k] - largest);
                sum += output[k];
            }

            for (int k = 0; k < output.Length; k++)
            {
                output[k] /= sum;
            }

            """
            : throw Unknown(link);
    }

    /// <summary>Turns the predictions of an initial model into scores.</summary>
    /// <param name="link">The link.</param>
    /// <param name="numerics">The classes that the statements call, added to.</param>
    public static string Invert(Link link, HashSet<string> numerics)
    {
        if (link == Link.Identity)
        {
            return "scores[0] = initial[0];\n";
        }

        numerics.Add("DeterministicMath");
        if (link == Link.Log)
        {
            return "scores[0] = DeterministicMath.Log(initial[0]);\n";
        }

        if (link == Link.Logit)
        {
            return "scores[0] = DeterministicMath.Log(initial[0] / (1 - initial[0]));\n";
        }

        if (link == Link.Logistic)
        {
            return Clamp + "scores[0] = DeterministicMath.Log(p / (1 - p));\n";
        }

        if (link == Link.HalfLogistic)
        {
            return Clamp + "scores[0] = DeterministicMath.Log(p / (1 - p)) / 2;\n";
        }

        return link == Link.Softmax
            ? """
            for (int k = 0; k < scores.Length; k++)
            {
                scores[k] = DeterministicMath.Log(Math.Max(initial[k], 1.1920928955078125E-07));
            }

            """
            : throw Unknown(link);
    }

    private static NotSupportedException Unknown(Link link) => new($"The link {link.GetType().Name} cannot be written as code.");
}
