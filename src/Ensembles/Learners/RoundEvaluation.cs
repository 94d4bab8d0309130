using System.Globalization;
using Ensembles.Metrics;

namespace Ensembles.Learners;

/// <summary>
/// What boosting measures after every round, and when it stops: when the first metric on the validation set has not improved on the best
/// round for so many rounds. An improvement is one by more than a margin, as XGBoost counts it.
/// </summary>
internal sealed class RoundEvaluation
{
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly Part?[] _parts;
    private readonly int? _patience;
    private readonly double _minDelta;
    private double _bestScore = double.NaN;
    private int? _firstRound;

    /// <param name="metrics">At least one.</param>
    /// <param name="validation">The validation set, or null.</param>
    /// <param name="training">The training set, or null.</param>
    /// <param name="patience">After how many rounds without improvement to stop; null for never.</param>
    /// <param name="minDelta">By more than this a round must improve on the best.</param>
    public RoundEvaluation(
        IReadOnlyList<Metric> metrics, MeasuredRows? validation, MeasuredRows? training, int? patience, double minDelta)
    {
        _metrics = metrics;
        _patience = patience;
        _minDelta = minDelta;
        _parts = [NewPart(validation), NewPart(training)];
    }

    /// <summary>What measures the rounds that a recipe asks for.</summary>
    /// <param name="metrics">At least one.</param>
    /// <param name="areNamed">Whether the recipe names them.</param>
    /// <param name="validation">The validation set, or null.</param>
    /// <param name="training">The training set where it is measured, or null.</param>
    /// <param name="patience">After how many rounds without improvement to stop; null for never.</param>
    /// <param name="minDelta">By more than this a round must improve on the best.</param>
    /// <exception cref="ArgumentException">Something is asked for that needs a validation set, and there is none.</exception>
    public static RoundEvaluation Of(
        IReadOnlyList<Metric> metrics, bool areNamed, MeasuredRows? validation, MeasuredRows? training, int? patience, double minDelta)
    {
        if (patience is not null && validation is null)
        {
            throw new ArgumentException("EarlyStoppingRounds needs a validation set: give one to Fit.");
        }

        if (minDelta > 0 && patience is null)
        {
            throw new ArgumentException("EarlyStoppingMinDelta needs EarlyStoppingRounds.");
        }

        if (areNamed && validation is null && training is null)
        {
            throw new ArgumentException(
                "EvaluationMetrics need rows to be measured on: give a validation set to Fit, or set EvaluateTraining.");
        }

        return new RoundEvaluation(metrics, validation, training, patience, minDelta);
    }

    /// <summary>The round, from 0, that is the best so far; null where there is none.</summary>
    public int? BestRound { get; private set; }

    /// <summary>Whether the training set is measured.</summary>
    public bool MeasuresTraining => _parts[1] is not null;

    /// <summary>What was measured.</summary>
    /// <param name="metrics">The metrics that this was made with, by their kind.</param>
    public EvaluationHistory<TMetric> ToHistory<TMetric>(IReadOnlyList<TMetric> metrics)
        where TMetric : Metric =>
        new(metrics, _firstRound ?? 0, BestRound, _parts[0]?.Values ?? NewLists(), _parts[1]?.Values ?? NewLists());

    /// <summary>
    /// Computes the metrics once, of what is predicted before the first round, so that what cannot work fails before any work.
    /// </summary>
    /// <param name="predict">Writes the values predicted for any row.</param>
    public void Try(Action<double[]> predict)
    {
        foreach (Part part in _parts.OfType<Part>())
        {
            var prediction = new double[part.Source.Width];
            predict(prediction);
            for (int i = 0; i < part.Predictions.Length; i++)
            {
                part.Predictions[i] = prediction[i % prediction.Length];
            }

            Measure(part, null);
        }
    }

    /// <summary>Measures a round.</summary>
    /// <param name="round">The number of the round, from 0.</param>
    /// <param name="predict">Writes the predictions of the rows, row after row.</param>
    /// <param name="scores">Receives what was measured.</param>
    /// <returns>Whether to go on.</returns>
    public bool Add(int round, Action<EvaluatedRows, double[]> predict, out IReadOnlyList<EvaluationScore> scores)
    {
        _firstRound ??= round;
        var measured = new List<EvaluationScore>();
        foreach (Part part in _parts.OfType<Part>())
        {
            predict(part.Source.Rows, part.Predictions);
            double[] values = Measure(part, round);
            for (int m = 0; m < values.Length; m++)
            {
                part.Values[m].Add(values[m]);
                measured.Add(new EvaluationScore(_metrics[m], part.Source.Rows, values[m]));
            }
        }

        scores = measured;
        return _parts[0] is not Part validation || Compare(round, validation.Values[0]);
    }

    /// <summary>Takes up what an earlier run measured after a round.</summary>
    /// <param name="round">The number of the round, from 0.</param>
    /// <param name="values">What was measured, as <see cref="Add"/> gave it.</param>
    /// <returns>Whether to go on.</returns>
    /// <exception cref="InvalidDataException">These are not as many values as a round has.</exception>
    public bool Recall(int round, double[] values)
    {
        List<double>[] lists = [.. _parts.OfType<Part>().SelectMany(part => part.Values)];
        if (values.Length != lists.Length)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"Round {round} of the snapshot has {values.Length} measured values where {lists.Length} are expected."));
        }

        _firstRound ??= round;
        for (int i = 0; i < values.Length; i++)
        {
            lists[i].Add(values[i]);
        }

        return _parts[0] is not Part validation || Compare(round, validation.Values[0]);
    }

    private bool Compare(int round, List<double> values)
    {
        if (_metrics[0].IsBetter(values[^1], _bestScore, _minDelta))
        {
            _bestScore = values[^1];
            BestRound = round;
            return true;
        }

        int without = BestRound is int best ? round - best : values.Count;
        if (!(without >= _patience))
        {
            return true;
        }

        return BestRound is null
            ? throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Early stopping by {_metrics[0]} found no best round: on the validation set it is NaN after each of {values.Count} rounds."))
            : false;
    }

    private double[] Measure(Part part, int? round)
    {
        var values = new double[_metrics.Count];
        for (int m = 0; m < values.Length; m++)
        {
            try
            {
                values[m] = part.Source.Evaluate(m, part.Predictions);
            }
            catch (ArgumentException refused)
            {
                string set = part.Source.Rows == EvaluatedRows.Validation ? "validation" : "training";
                string when = round is int number
                    ? string.Create(CultureInfo.InvariantCulture, $"after round {number}")
                    : "before the first round";
                throw new ArgumentException($"{_metrics[m]} of the {set} set {when}: {refused.Message}", refused);
            }
        }

        return values;
    }

    private Part? NewPart(MeasuredRows? source) =>
        source is null ? null : new Part(source, new double[source.Count * source.Width], NewLists());

    private List<double>[] NewLists() => [.. _metrics.Select(_ => new List<double>())];

    private sealed record Part(MeasuredRows Source, double[] Predictions, List<double>[] Values);
}
