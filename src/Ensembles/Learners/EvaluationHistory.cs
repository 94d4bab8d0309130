using System.Globalization;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Learners;

/// <summary>What the metrics of a boosted ensemble were after each round of its fit, those included that early stopping took back.</summary>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public sealed class EvaluationHistory<TMetric>
    where TMetric : Metric
{
    private readonly List<double>[] _validation;
    private readonly List<double>[] _training;

    internal EvaluationHistory(
        IReadOnlyList<TMetric> metrics, int firstRound, int? bestRound, List<double>[] validation, List<double>[] training)
    {
        Metrics = metrics;
        FirstRound = firstRound;
        BestRound = bestRound;
        _validation = validation;
        _training = training;
    }

    /// <summary>The metrics; the first one decides which round is the best.</summary>
    public IReadOnlyList<TMetric> Metrics { get; }

    /// <summary>The round, from 0, that the first entry is about: 0, or of a continued model the number of rounds it had before.</summary>
    public int FirstRound { get; }

    /// <summary>The number of rounds that were measured; 0 where nothing was.</summary>
    public int RoundCount => Math.Max(_validation[0].Count, _training[0].Count);

    /// <summary>Whether a validation set was measured.</summary>
    public bool HasValidation => _validation[0].Count > 0;

    /// <summary>Whether the training set was measured.</summary>
    public bool HasTraining => _training[0].Count > 0;

    /// <summary>
    /// The round, from 0, that was the best by the first metric on the validation set: the last one that improved on the best before it, by
    /// more than <c>EarlyStoppingMinDelta</c>. Null without a validation set, or where the metric was never a number.
    /// </summary>
    public int? BestRound { get; }

    /// <summary>The first metric on the validation set after the best round; null where there is no such round.</summary>
    public double? BestScore => BestRound is int best ? _validation[0][best - FirstRound] : null;

    /// <summary>A metric on the validation set after each round; empty without a validation set.</summary>
    /// <param name="metric">One of <see cref="Metrics"/>; null for the first.</param>
    /// <exception cref="ArgumentException">The metric was not measured.</exception>
    public IReadOnlyList<double> Validation(TMetric? metric = null) => _validation[IndexOf(metric)];

    /// <summary>A metric on the training set after each round; empty unless <c>EvaluateTraining</c> asked for it.</summary>
    /// <param name="metric">One of <see cref="Metrics"/>; null for the first.</param>
    /// <exception cref="ArgumentException">The metric was not measured.</exception>
    public IReadOnlyList<double> Training(TMetric? metric = null) => _training[IndexOf(metric)];

    /// <summary>The values of a metric, by its number, on a set; never to be written.</summary>
    internal List<double> Values(EvaluatedRows rows, int metric) => (rows == EvaluatedRows.Validation ? _validation : _training)[metric];

    /// <summary>How many rounds were measured, and after how many the first metric was best: people count rounds from 1.</summary>
    public override string ToString()
    {
        string rounds = $"{Counted.Text(RoundCount, "round", "rounds")} measured";
        return BestRound is int best
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds}; best after {Counted.Text(best + 1, "round", "rounds")}: {Metrics[0].Name} {BestScore:G5}")
            : rounds;
    }

    /// <summary>A fragment of HTML, which notebooks show: the same, and the metrics after the first, the best and the last round.</summary>
    public string ToHtml()
    {
        EvaluatedRows[] sets =
        [
            .. new[] { EvaluatedRows.Training, EvaluatedRows.Validation }.Where(set => Values(set, 0).Count > 0),
        ];
        var table = new TextTable(
        [
            "rounds",
            .. Metrics.SelectMany(metric => sets.Select(set => $"{metric.Name}: {Name(set)}")),
        ])
        {
            Title = ToString(),
        };
        int last = FirstRound + RoundCount - 1;
        int[] shown = RoundCount == 0 ? [] : [FirstRound, BestRound ?? last, last];
        foreach (int round in shown.Distinct())
        {
            table.Add(
            [
                (round + 1).ToString(CultureInfo.InvariantCulture),
                .. Metrics.SelectMany((_, m) => sets.Select(set => TextTable.Short(Values(set, m)[round - FirstRound]))),
            ]);
        }

        return table.ToHtml();

        static string Name(EvaluatedRows set) => set == EvaluatedRows.Training ? "training" : "validation";
    }

    private int IndexOf(TMetric? metric)
    {
        for (int i = 0; i < Metrics.Count; i++)
        {
            if (metric is null || Metrics[i].Equals(metric))
            {
                return i;
            }
        }

        throw new ArgumentException($"'{metric}' was not measured; these were: {string.Join(", ", Metrics)}.", nameof(metric));
    }
}
