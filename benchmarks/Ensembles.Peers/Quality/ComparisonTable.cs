using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Quality;

/// <summary>The comparisons that a table of results holds.</summary>
internal sealed class ComparisonTable
{
    private readonly Dictionary<Cell, Scores[]> _cells;

    public ComparisonTable(ResultTable table)
    {
        Notes = table.Notes;
        _cells = table.Rows
            .GroupBy(row => new Cell(table.Text(row, "set"), table.Text(row, "learner"), table.Text(row, "recipe"), table.Text(row, "library")))
            .ToDictionary(
                rows => rows.Key,
                rows => rows
                    .Select(row => new Scores(table.Integer(row, "seed"), table.Number(row, "error"), table.Number(row, "log_loss")))
                    .OrderBy(scores => scores.Seed)
                    .ToArray());
        Sets = [.. _cells.Keys.Select(cell => cell.Set).Distinct(StringComparer.Ordinal)];
        Comparisons = [.. ComparedLearner.All.SelectMany(Compare)];
    }

    public IReadOnlyList<string> Notes { get; }

    public IReadOnlyList<string> Sets { get; }

    /// <summary>By learner and recipe, in the order of the sets.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; }

    /// <summary>The mean over the seeds of the measure by which ranks are made; null where it was not run.</summary>
    public double? MainMean(string set, ComparedLearner learner, string recipe, string library) =>
        _cells.TryGetValue(new Cell(set, learner.Name, recipe, library), out Scores[]? scores)
            ? scores.Average(score => score.Main)
            : null;

    private List<Comparison> Compare(ComparedLearner learner)
    {
        var comparisons = new List<Comparison>();
        foreach (string recipe in ComparedLearner.Recipes)
        {
            foreach (string set in Sets)
            {
                if (_cells.TryGetValue(new Cell(set, learner.Name, recipe, ComparedLearner.Ours), out Scores[]? ours)
                    && _cells.TryGetValue(new Cell(set, learner.Name, recipe, learner.Peer), out Scores[]? theirs))
                {
                    comparisons.AddRange(Compare(set, learner, recipe, ours, theirs));
                }
            }
        }

        double[] corrected = Holm.Correct([.. comparisons.Select(comparison => comparison.P)]);
        for (int i = 0; i < corrected.Length; i++)
        {
            comparisons[i].CorrectedP = corrected[i];
        }

        return comparisons;
    }

    private static IEnumerable<Comparison> Compare(string set, ComparedLearner learner, string recipe, Scores[] ours, Scores[] theirs)
    {
        (Scores Ours, Scores Theirs)[] pairs =
            [.. ours.Join(theirs, score => score.Seed, score => score.Seed, (first, second) => (first, second))];
        if (pairs.Length == 0)
        {
            yield break;
        }

        Comparison Of(Measure measure, Func<Scores, double> value) => new(
            set, learner, recipe, measure, [.. pairs.Select(pair => value(pair.Ours))], [.. pairs.Select(pair => value(pair.Theirs))]);
        if (pairs[0].Ours.IsOfClasses)
        {
            yield return Of(Measure.LogLoss, scores => scores.LogLoss);
            yield return Of(Measure.Error, scores => scores.Error);
        }
        else
        {
            yield return Of(Measure.RootMeanSquaredError, scores => scores.Error);
        }
    }

    private sealed record Cell(string Set, string Learner, string Recipe, string Library);

    private readonly record struct Scores(int Seed, double Error, double LogLoss)
    {
        public bool IsOfClasses => !double.IsNaN(LogLoss);

        public double Main => IsOfClasses ? LogLoss : Error;
    }
}
