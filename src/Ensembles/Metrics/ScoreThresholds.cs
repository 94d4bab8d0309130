using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>
/// The distinct scores from the highest down, each as a threshold: the weight of the rows of both classes that reach it. Rows of weight 0
/// are left out.
/// </summary>
internal sealed class ScoreThresholds
{
    public ScoreThresholds(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        MetricArguments.RequireBinary(labels, weights);
        MetricArguments.RequireLength(scores.Length, labels.Length);
        MetricArguments.RequireNoNaN(scores);

        var order = new int[scores.Length];
        RadixSort.SortIndices(scores, order);
        double positives = 0;
        double negatives = 0;
        for (int next = order.Length - 1; next >= 0; next--)
        {
            int row = order[next];
            double weight = WeightedMean.WeightOf(weights, row);
            if (weight == 0)
            {
                continue;
            }

            positives += labels[row] == 1 ? weight : 0;
            negatives += labels[row] == 0 ? weight : 0;
            if (Scores.Count > 0 && Scores[^1] == scores[row])
            {
                Positives[^1] = positives;
                Negatives[^1] = negatives;
            }
            else
            {
                Scores.Add(scores[row]);
                Positives.Add(positives);
                Negatives.Add(negatives);
            }
        }
    }

    /// <summary>The thresholds, falling.</summary>
    public List<double> Scores { get; } = [];

    /// <summary>The weight of the rows of class 1 that reach a threshold.</summary>
    public List<double> Positives { get; } = [];

    /// <summary>The weight of the rows of class 0 that reach a threshold.</summary>
    public List<double> Negatives { get; } = [];
}
