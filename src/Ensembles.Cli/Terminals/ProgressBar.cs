using Ensembles.Learners;
using Ensembles.Metrics;
using Spectre.Console;

namespace Ensembles.Cli.Terminals;

/// <summary>Shows how far a fit is, and its scores.</summary>
/// <param name="task">The line of the terminal.</param>
/// <param name="title">What is going on.</param>
internal sealed class ProgressBar(ProgressTask task, string title) : IProgress<FitProgress>, IDisposable
{
    private readonly Lock _guard = new();
    private int _completed = -1;

    /// <summary>Called from the threads of the fit, one at a time or not.</summary>
    public void Report(FitProgress value)
    {
        lock (_guard)
        {
            if (value.Completed <= _completed)
            {
                return;
            }

            _completed = value.Completed;
            task.MaxValue = value.Total;
            task.Value = value.Completed;
            string scores = string.Join(", ", value.Scores.Select(score => $"{score.Metric.Name} {TextTable.Short(score.Value)}"));
            task.Description = Markup.Escape(scores.Length == 0 ? title : $"{title}  {scores}");
        }
    }

    public void Dispose() => task.StopTask();
}
