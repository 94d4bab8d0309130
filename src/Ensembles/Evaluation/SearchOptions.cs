using Ensembles.Learners;

namespace Ensembles.Evaluation;

/// <summary>
/// How a search is run; its units of work are the fits. Threads are shared out first over the fits and then within them; the result is the
/// same for every number. The progress tells of the scores of the best trial so far as well.
/// </summary>
public sealed record SearchOptions : FitOptions
{
    /// <summary>What is used where no options are given.</summary>
    public static new SearchOptions Default { get; } = new();

    /// <summary>
    /// A file that every finished trial is written to at once, a line of JSON each; null (default) for none. Where it is there already,
    /// trials that stand in it are not run again: a search that was killed goes on, and ends with the same result. It also knows trials of
    /// an earlier search of other points.
    /// </summary>
    public string? ResultsFile { get; init; }

    /// <summary>Whether the rows that a model learned from are predicted and scored as well (default false).</summary>
    public bool EvaluateTraining { get; init; }
}
