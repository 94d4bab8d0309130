using System.Globalization;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>What came of a search.</summary>
/// <typeparam name="TLearner">The kind of recipe.</typeparam>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public sealed class SearchResult<TLearner, TMetric>
    where TLearner : Learner
    where TMetric : Metric
{
    private const int LinesShown = 20;

    private readonly string? _resourceName;

    /// <param name="trials">The trials in the order of their ranks.</param>
    /// <param name="resourceName">What is given out; null where all trials got the same.</param>
    internal SearchResult(SearchTrial<TLearner, TMetric>[] trials, string? resourceName)
    {
        Trials = Array.AsReadOnly(trials);
        _resourceName = resourceName;
    }

    /// <summary>
    /// The trials, the best first: by the mean of the first metric, equal ones in the order of their numbers, failed ones last. Of
    /// successive halving those that got more come before those that got less.
    /// </summary>
    public IReadOnlyList<SearchTrial<TLearner, TMetric>> Trials { get; }

    /// <summary>The best trial.</summary>
    public SearchTrial<TLearner, TMetric> Best => Trials[0];

    /// <summary>The best recipe: <c>BestRecipe.Fit(data)</c> trains it on all rows.</summary>
    public TLearner BestRecipe => Best.Recipe;

    /// <summary>The best trials as a table: rank, values, and means with standard errors.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => Table().ToHtml("search");

    private TextTable Table()
    {
        int more = Trials.Count - LinesShown;
        var table = new TextTable(
        [
            "rank",
            .. Best.Values.Select(value => value.Name),
            .. _resourceName is null ? Array.Empty<string>() : [_resourceName],
            .. Best.Scores.SelectMany(scores => new[] { scores.Metric.Name, "std. error" }),
            .. Best.TrainingScores.Select(scores => $"{scores.Metric.Name}: training"),
        ])
        {
            Note = more > 0 ? FormattableString.Invariant($"and {more} more") : null,
        };
        foreach (SearchTrial<TLearner, TMetric> trial in Trials.Take(LinesShown))
        {
            table.Add(
            [
                trial.Error is null ? trial.Rank.ToString(CultureInfo.InvariantCulture) : "failed",
                .. trial.Values.Select(value => value.Text),
                .. _resourceName is null ? Array.Empty<string>() : [TextTable.Short(trial.Resource)],
                .. trial.Scores.SelectMany(scores => new[] { TextTable.Short(scores.Mean), TextTable.Short(scores.StandardError, 2) }),
                .. trial.TrainingScores.Select(scores => TextTable.Short(scores.Mean)),
            ]);
        }

        return table;
    }
}
