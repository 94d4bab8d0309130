using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Plots.Specs;
using Ensembles.RandomForests;

namespace Ensembles.Plots;

public static partial class Plot
{
    /// <summary>
    /// What a metric was after each round of boosting, on the validation and the training set, with the best round. Rounds are counted from 1.
    /// </summary>
    /// <param name="history">The <c>History</c> of a boosted model.</param>
    /// <param name="metric">One of its metrics; null for the first, which decides the best round.</param>
    /// <exception cref="ArgumentException">The metric was not measured, or nothing was.</exception>
    public static Chart History<TMetric>(EvaluationHistory<TMetric> history, TMetric? metric = null)
        where TMetric : Metric
    {
        ArgumentNullException.ThrowIfNull(history);
        TMetric shown = metric ?? history.Metrics[0];
        return History(
            shown.Name,
            history.HasValidation ? history.Validation(shown) : null,
            history.HasTraining ? history.Training(shown) : null,
            history.BestRound + 1,
            history.FirstRound + 1);
    }

    /// <summary>What a metric was after each round of boosting.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="validation">On the validation set, a value a round; null for none.</param>
    /// <param name="training">On the training set, a value a round; null for none.</param>
    /// <param name="bestRound">The round to mark as the best, counted like <paramref name="firstRound"/>; null for none.</param>
    /// <param name="firstRound">The number of the first round (default 1).</param>
    /// <exception cref="ArgumentException">There is no value at all, or the best round is none of these.</exception>
    public static Chart History(
        string metric,
        IReadOnlyList<double>? validation,
        IReadOnlyList<double>? training = null,
        int? bestRound = null,
        int firstRound = 1)
    {
        ArgumentNullException.ThrowIfNull(metric);
        Line[] lines =
        [
            .. new[] { ("validation", validation), ("training", training) }
                .Where(set => set.Item2 is { Count: > 0 })
                .Select(set => Line.Of(set.Item1, set.Item2!, firstRound)),
        ];
        if (lines.Length == 0)
        {
            throw new ArgumentException(
                "No round was measured: give a validation set to Fit, or set EvaluateTraining.", nameof(validation));
        }

        (double, double, string)? marked = null;
        if (bestRound is int best)
        {
            int index = best - firstRound;
            if (index < 0 || index >= lines[0].Y.Count)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Round {best} is none of {firstRound} to {firstRound + lines[0].Y.Count - 1}."),
                    nameof(bestRound));
            }

            double score = lines[0].Y[index];
            marked = (best, score, $"best round {Spec.Whole(best)}: {Spec.Text(score)}");
        }

        return History(metric, lines, marked);
    }

    /// <summary>What a metric was after each round of boosting, of several models or on several data sets.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="curves">For each line its name and its values after 1, 2, 3 … rounds; what is not finite leaves a gap.</param>
    /// <exception cref="ArgumentException">There is no value at all.</exception>
    public static Chart History(string metric, params ReadOnlySpan<(string Name, IReadOnlyList<double> Values)> curves)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var lines = new List<Line>();
        foreach ((string name, IReadOnlyList<double> values) in curves)
        {
            lines.Add(Line.Of(name, values, first: 1));
        }

        CheckLengths(lines.Sum(line => line.Y.Count), lines.Sum(line => line.Y.Count), nameof(curves));
        return History(metric, lines, marked: null);
    }

    private static Chart History(string metric, IReadOnlyList<Line> lines, (double, double, string)? marked)
    {
        var body = new LineChart(lines) { XTitle = "round", YTitle = metric, IsCounted = true, Marked = marked };
        return new Chart(body.Build) { Title = $"Boosting: {metric} by round" };
    }

    /// <summary>The out-of-bag error of a forest by the number of its trees.</summary>
    /// <param name="outOfBag">The out-of-bag estimate of the forest.</param>
    public static Chart OutOfBagError(ForestOutOfBagClassification outOfBag)
    {
        ArgumentNullException.ThrowIfNull(outOfBag);
        return OutOfBagError("share of rows misclassified", ("forest", outOfBag.ErrorCurve.ToArray()));
    }

    /// <inheritdoc cref="OutOfBagError(ForestOutOfBagClassification)"/>
    public static Chart OutOfBagError(ForestOutOfBagRegression outOfBag)
    {
        ArgumentNullException.ThrowIfNull(outOfBag);
        return OutOfBagError("mean squared error", ("forest", outOfBag.ErrorCurve.ToArray()));
    }

    /// <summary>The out-of-bag errors of several forests by the number of their trees.</summary>
    /// <param name="error">What the error is, with its unit.</param>
    /// <param name="forests">For each forest its name and the error of its first tree, its first two, and so on.</param>
    /// <exception cref="ArgumentException">There is no error.</exception>
    public static Chart OutOfBagError(string error, params ReadOnlySpan<(string Name, IReadOnlyList<double> Errors)> forests)
    {
        ArgumentNullException.ThrowIfNull(error);
        var lines = new List<Line>();
        foreach ((string name, IReadOnlyList<double> errors) in forests)
        {
            lines.Add(Line.Of(name, errors, first: 1));
        }

        CheckLengths(lines.Sum(line => line.Y.Count), lines.Sum(line => line.Y.Count), nameof(forests));
        var body = new LineChart(lines) { XTitle = "trees", YTitle = error, IsCounted = true };
        return new Chart(body.Build) { Title = "Out-of-bag error by the number of trees" };
    }
}
