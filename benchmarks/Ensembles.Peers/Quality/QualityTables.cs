using Ensembles.Catalog;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Quality;

/// <summary>The tables of docs/quality.md.</summary>
internal sealed class QualityTables(ComparisonTable results, LossReasons reasons)
{
    // Beyond this many standard errors a loss is listed.
    private const double ListedZ = 2;

    public static IEnumerable<string> Recipes() => Table(
        "| learner | beside | ours, tuned | theirs, tuned |",
        "|---|---|---|---|",
        from learner in ComparedLearner.All
        from task in (LearningTask[])[LearningTask.Classification, LearningTask.Regression]
        where task == LearningTask.Classification || learner.Classification != learner.Regression
        let only = learner.Classification == learner.Regression ? string.Empty : task == LearningTask.Classification ? ", classes" : ", numbers"
        let recipe = learner.TunedFor(task)
        select $"| {learner.Name}{only} | {learner.Peer}'s {learner.PeerLearner} | {Settings(recipe.Ours)} | {Settings(recipe.Theirs)} |");

    public static IEnumerable<string> Sets(ResultTable sets) => Table(
        "| set | where from | rows | training rows | test rows | features | of them categories | missing cells | learned |",
        "|---|---|--:|--:|--:|--:|--:|--:|---|",
        from row in sets.Rows
        let classes = sets.Integer(row, "classes")
        select Line($"| {sets.Text(row, "set")} | {sets.Text(row, "source")} | {sets.Integer(row, "rows"):N0} ")
            + Line($"| {sets.Integer(row, "train_rows"):N0} | {sets.Integer(row, "test_rows"):N0} | {sets.Text(row, "features")} ")
            + Line($"| {sets.Text(row, "categorical")} | {sets.Text(row, "missing_percent")}% | {(classes > 0 ? Line($"{classes} classes") : "a number")} |"));

    /// <summary>By learner and recipe: how many sets, who is ahead, and by how much.</summary>
    public IEnumerable<string> Summary() =>
    [
        .. Table(
            "| learner | recipe | beside | sets | ours better | theirs better | ours better, significantly | theirs better, significantly "
                + "| mean rank, ours | theirs | mean difference |",
            "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
            from learner in ComparedLearner.All
            from recipe in ComparedLearner.Recipes
            let of = Main(learner, recipe)
            where of.Length > 0
            let rank = of.Average(comparison => comparison.OurRank)
            let ratio = Math.Exp(of.Average(comparison => Math.Log(comparison.Pair.MeanFirst / comparison.Pair.MeanSecond)))
            select $"| {learner.Name} | {recipe} | {learner.Peer} "
                + Line($"| {of.Length} | {of.Count(c => c.Pair.Difference < 0)} | {of.Count(c => c.Pair.Difference > 0)} ")
                + Line($"| {of.Count(c => c.IsSignificant && c.Pair.Difference < 0)} | {of.Count(c => c.IsSignificant && c.Pair.Difference > 0)} ")
                + Line($"| {rank:F2} | {3 - rank:F2} | {100 * (ratio - 1):+0.0;-0.0;0.0}% |")),
        .. Notes(new ResultTable(results.Notes, [], [])),
    ];

    /// <summary>All learners of all libraries among each other, by recipe.</summary>
    public IEnumerable<string> Ranks()
    {
        (ComparedLearner Learner, string Library)[] all =
        [
            .. ComparedLearner.All.SelectMany(learner => (IEnumerable<(ComparedLearner, string)>)
                [(learner, ComparedLearner.Ours), (learner, learner.Peer)]),
        ];
        var ranks = ComparedLearner.Recipes.ToDictionary(recipe => recipe, recipe => MeanRanks(all, recipe), StringComparer.Ordinal);
        return Table(
            "| learner | whose | mean rank, defaults | mean rank, tuned |",
            "|---|---|--:|--:|",
            from entry in all
            orderby ranks[ComparedLearner.Tuned][entry], ranks[ComparedLearner.Defaults][entry]
            select $"| {Name(entry)} | {Whose(entry)} "
                + Line($"| {ranks[ComparedLearner.Defaults][entry]:F2} | {ranks[ComparedLearner.Tuned][entry]:F2} |"));
    }

    /// <summary>Every comparison where the other library is better by more than two standard errors, and how many others there are.</summary>
    public IEnumerable<string> Losses()
    {
        Comparison[] all = [.. results.Comparisons];
        int ahead = all.Count(comparison => comparison.Pair.Difference < 0);
        int far = all.Count(comparison => comparison.Pair.Z < -ListedZ);
        int behind = all.Count(comparison => comparison.Pair.Difference > 0 && !(comparison.Pair.Z > ListedZ));
        Comparison[] losses = [.. all.Where(comparison => comparison.Pair.Z > ListedZ)];
        return
        [
            Line($"Of {all.Length} comparisons, ours is better in {ahead} ({far} by more than two standard errors), theirs in ")
                + Line($"{losses.Length + behind}: {losses.Length} by more than two standard errors, listed here, and {behind} by less."),
            string.Empty,
            .. Table(
                "| learner | recipe | set | measure | ours | theirs | difference ± s.e. | z | p, corrected | why |",
                "|---|---|---|---|--:|--:|--:|--:|--:|---|",
                from loss in losses
                select $"| {loss.Learner.Name} | {loss.Recipe} | {loss.Set} | {loss.Measure.Name} | {Means(loss)} | {Test(loss)} "
                    + $"| {reasons.Of(loss) ?? None} |"),
        ];
    }

    /// <summary>Everything.</summary>
    public IEnumerable<string> All()
    {
        foreach (ComparedLearner learner in ComparedLearner.All)
        {
            foreach (string recipe in ComparedLearner.Recipes)
            {
                Comparison[] of = [.. results.Comparisons.Where(c => c.Learner == learner && c.Recipe == recipe)];
                if (of.Length == 0)
                {
                    continue;
                }

                yield return $"### {learner.Name}, {recipe}, beside {learner.Peer}";
                yield return string.Empty;
                foreach (string line in Table(
                    "| set | measure | ours ± s.e. | theirs ± s.e. | difference ± s.e. | z | p, corrected |",
                    "|---|---|--:|--:|--:|--:|--:|",
                    of.Select(c => $"| {c.Set} | {c.Measure.Name} | {Spread(c, c.Ours)} | {Spread(c, c.Theirs)} | {Test(c)} |")))
                {
                    yield return line;
                }

                yield return string.Empty;
            }
        }
    }

    private Comparison[] Main(ComparedLearner learner, string recipe) =>
        [.. results.Comparisons.Where(c => c.Learner == learner && c.Recipe == recipe && c.Measure.IsMain)];

    private Dictionary<(ComparedLearner Learner, string Library), double> MeanRanks(
        (ComparedLearner Learner, string Library)[] all, string recipe)
    {
        // Only sets on which all were run have ranks.
        double[][] scores =
        [
            .. from set in results.Sets
               let values = all.Select(entry => results.MainMean(set, entry.Learner, recipe, entry.Library)).ToArray()
               where values.All(value => value is not null)
               select values.Select(value => value!.Value).ToArray(),
        ];
        return Enumerable.Range(0, all.Length).ToDictionary(i => all[i], i => scores.Length == 0 ? double.NaN : scores.Average(row => Rank(row, i)));
    }

    /// <summary>1 for the best; equal ones share the mean of their ranks.</summary>
    private static double Rank(double[] values, int index) =>
        values.Count(value => value < values[index]) + ((values.Count(value => value == values[index]) + 1) / 2.0);

    private static string Name((ComparedLearner Learner, string Library) entry) =>
        entry.Library == ComparedLearner.Ours ? entry.Learner.Name : entry.Learner.PeerLearner;

    private static string Whose((ComparedLearner Learner, string Library) entry) =>
        entry.Library == ComparedLearner.Ours ? "**ours**" : entry.Library;

    private static string Settings(string text) => string.Join(' ', text.Split(' ').Select(setting => $"`{setting}`"));

    private static string Means(Comparison comparison) =>
        $"{Text(comparison, comparison.Pair.MeanFirst)} | {Text(comparison, comparison.Pair.MeanSecond)}";

    private static string Spread(Comparison comparison, double[] values)
    {
        double mean = values.Average();
        double error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
        return values.Length > 1 ? $"{Text(comparison, mean)} ± {Text(comparison, error)}" : Text(comparison, mean);
    }

    private static string Test(Comparison comparison)
    {
        string difference = Text(comparison, comparison.Pair.Difference, more: 1);
        if (comparison.Pair.Count < 2)
        {
            return $"{difference} | {None} | {None}";
        }

        string z = double.IsInfinity(comparison.Pair.Z) ? "∞" : Line($"{comparison.Pair.Z:F1}");
        string p = comparison.CorrectedP < 0.001 ? "<0.001" : Line($"{comparison.CorrectedP:F3}");
        return $"{difference} ± {Text(comparison, comparison.Pair.StandardError, more: 1)} "
            + $"| {(comparison.Pair.Z > ListedZ ? $"**{z}**" : z)} | {(comparison.IsSignificant ? $"**{p}**" : p)}";
    }

    private static string Text(Comparison comparison, double value, int more = 0) =>
        comparison.Measure.Text(value, comparison.Pair.MeanSecond, more);
}
