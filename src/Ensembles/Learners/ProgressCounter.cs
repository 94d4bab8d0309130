namespace Ensembles.Learners;

/// <summary>Counts finished units of work from many threads and reports each count once, in rising order.</summary>
/// <param name="progress">Whom to tell, or null.</param>
/// <param name="total">All units.</param>
/// <param name="done">How many were done before.</param>
internal sealed class ProgressCounter(IProgress<FitProgress>? progress, int total, int done = 0)
{
    private readonly Lock _lock = new();
    private int _completed = done;

    /// <summary>Says that one more unit is done.</summary>
    /// <param name="scores">What was measured after it, or null.</param>
    public void Add(IReadOnlyList<EvaluationScore>? scores = null)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            _completed++;
            progress.Report(scores is null ? new FitProgress(_completed, total) : new FitProgress(_completed, total) { Scores = scores });
        }
    }
}
