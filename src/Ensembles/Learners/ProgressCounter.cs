namespace Ensembles.Learners;

/// <summary>Counts finished units of work from many threads and reports each count once, in rising order.</summary>
internal sealed class ProgressCounter(IProgress<FitProgress>? progress, int total)
{
    private readonly Lock _lock = new();
    private int _completed;

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
