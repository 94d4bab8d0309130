using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>A recipe that was tried, and what came of it.</summary>
/// <typeparam name="TLearner">The kind of recipe.</typeparam>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public sealed class SearchTrial<TLearner, TMetric>
    where TLearner : Learner
    where TMetric : Metric
{
    internal SearchTrial(
        int number,
        int rank,
        TLearner recipe,
        SearchValue[] values,
        double resource,
        MetricScores<TMetric>[] scores,
        MetricScores<TMetric>[] trainingScores,
        string? error)
    {
        Number = number;
        Rank = rank;
        Recipe = recipe;
        Values = Array.AsReadOnly(values);
        Resource = resource;
        Scores = Array.AsReadOnly(scores);
        TrainingScores = Array.AsReadOnly(trainingScores);
        Error = error;
    }

    /// <summary>The number of the point among those that were tried, from 0.</summary>
    public int Number { get; }

    /// <summary>The place by the mean of the first metric, from 1; equal means share a place.</summary>
    public int Rank { get; }

    /// <summary>The recipe.</summary>
    public TLearner Recipe { get; }

    /// <summary>The values of the hyper-parameters, in the order of the space.</summary>
    public IReadOnlyList<SearchValue> Values { get; }

    /// <summary>
    /// What successive halving gave it: the share of the rows of each training set, or the amount of the resource of the space. Other
    /// searches give all: 1, or the most.
    /// </summary>
    public double Resource { get; }

    /// <summary>The scores on the test sets, in the order of the metrics; empty where the trial failed.</summary>
    public IReadOnlyList<MetricScores<TMetric>> Scores { get; }

    /// <summary>The scores on the training sets; empty unless <see cref="SearchOptions.EvaluateTraining"/> asked for them.</summary>
    public IReadOnlyList<MetricScores<TMetric>> TrainingScores { get; }

    /// <summary>Why the trial failed: what the first fold that could not be trained or scored said; null where it did not.</summary>
    public string? Error { get; }

    /// <summary>The values and the mean of the first metric, or why it failed.</summary>
    public override string ToString() => $"{string.Join(", ", Values)}: {(Error is null ? Scores[0].ToString() : Error)}";
}
