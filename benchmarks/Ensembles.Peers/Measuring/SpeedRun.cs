using System.Diagnostics;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Peers.Measuring;

/// <summary>
/// Trains our learners and those of other libraries in turn on the same rows and writes what they took and how they err. A seed makes other
/// rows and is a repeat at once.
/// </summary>
internal sealed class SpeedRun
{
    public const int KeyLength = 5;

    public static readonly string[] Columns = ["task", "rows", "threads", "seed", "library", "seconds", "test_error"];

    private const int TestRows = 50_000;
    private const int UsualRepeats = 3;
    private const int QualityRepeats = 10;

    private readonly IReadOnlyList<SpeedTask> _tasks;
    private readonly MeasureOptions _options;
    private readonly ResultStore _store;
    private readonly PeerPool _peers;

    private SpeedRun(IReadOnlyList<SpeedTask> tasks, MeasureOptions options, ResultStore store, PeerPool peers)
    {
        _tasks = tasks;
        _options = options;
        _store = store;
        _peers = peers;
    }

    /// <summary>Measures.</summary>
    /// <param name="repository">Where the results are.</param>
    /// <param name="resultName">The file of the results.</param>
    /// <param name="tasks">What to train.</param>
    /// <param name="kinds">The other libraries.</param>
    /// <param name="options">The command line.</param>
    public static void Run(
        Repository repository,
        string resultName,
        IReadOnlyList<SpeedTask> tasks,
        IReadOnlyDictionary<string, PeerKind> kinds,
        MeasureOptions options)
    {
        var store = new ResultStore(repository.Results(resultName, options.ResultFolder), Columns, KeyLength);
        using var peers = new PeerPool(repository, options, store, kinds);
        new SpeedRun(tasks, options, store, peers).Run();
    }

    private void Run()
    {
        int[] threads = [.. _options.Threads ?? [2]];
        SpeedTask[] tasks = [.. _tasks.Where(task => _options.HasSetting(task.Name))];
        if (!_options.Quality)
        {
            foreach (SpeedTask task in tasks)
            {
                Array.ForEach(threads, count => WarmUp(task, count));
            }
        }

        foreach (int seed in Enumerable.Range(1, _options.Repeats ?? (_options.Quality ? QualityRepeats : UsualRepeats)))
        {
            foreach (SpeedTask task in tasks)
            {
                foreach (int rows in _options.RowsOr(100_000))
                {
                    Run(task, rows, [.. threads.Select(task.ThreadsOf).Distinct()], seed);
                }
            }
        }
    }

    private void WarmUp(SpeedTask task, int threads)
    {
        Problem problem = task.Make(12_000, 1_000, 0);
        using var files = new ProblemFiles(problem);
        var options = new FitOptions { Threads = task.ThreadsOf(threads) };
        foreach (string library in task.Libraries(options.Threads!.Value, _peers.Names))
        {
            if (!task.IsOurs(library))
            {
                _peers.Fit(library, options.Threads!.Value, files, task.PeerParameters(seed: 0));
                continue;
            }

            task.Train(library, problem.Train, seed: 0, options);
            task.Train(library, problem.Train, seed: 1, options);
        }
    }

    private void Run(SpeedTask task, int rows, int[] threadCounts, int seed)
    {
        (int Threads, string Library)[] cells =
        [
            .. from threads in threadCounts
               from library in task.Libraries(threads, _peers.Names)
               where !((_options.OnlyMissing || _options.Quality) && _store.Contains(Key(task, rows, threads, seed, library)))
               select (threads, library),
        ];
        if (cells.Length == 0)
        {
            return;
        }

        Problem problem = task.Make(rows, TestRows, (ulong)seed);
        using var files = new ProblemFiles(problem);
        FeatureTable test = problem.Test.Table();
        foreach ((int threads, string library) in cells)
        {
            GC.Collect();
            double seconds;
            double[] predictions;
            if (task.IsOurs(library))
            {
                long start = Stopwatch.GetTimestamp();
                Func<FeatureTable, double[]> predict = task.Train(library, problem.Train, seed, new FitOptions { Threads = threads });
                seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                predictions = predict(test);
            }
            else if (_peers.Fit(library, threads, files, task.PeerParameters(seed)) is { } fit)
            {
                seconds = fit.TrainSeconds;
                predictions = fit.Predictions;
            }
            else
            {
                continue;
            }

            _store.Put(
            [
                .. Key(task, rows, threads, seed, library),
                _options.Quality ? string.Empty : ResultStore.Text(seconds),
                ResultStore.Text(task.Error(problem.Test, predictions)),
            ]);
        }
    }

    private static string[] Key(SpeedTask task, int rows, int threads, int seed, string library) =>
        [task.Name, ResultStore.Text(rows), ResultStore.Text(threads), ResultStore.Text(seed), library];
}
