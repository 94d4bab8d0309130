using System.Diagnostics;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Forests;

/// <summary>
/// Grows our forests and trees and those of other libraries in turn on the same rows and writes benchmarks/results/forest-speed.csv. A seed
/// makes other rows and is a repeat at once.
/// </summary>
internal sealed class ForestSpeedRun
{
    public const string ResultName = "forest-speed.csv";
    public const string Ours = "Ensembles";
    public const int KeyLength = 5;

    public static readonly string[] Columns = ["task", "rows", "threads", "seed", "library", "seconds", "test_error"];

    private const string Ranger = "ranger";
    private const int TestRows = 50_000;
    private const int UsualRepeats = 3;
    private const int QualityRepeats = 10;

    private static readonly Dictionary<string, PeerKind> Kinds = new(StringComparer.Ordinal)
    {
        ["scikit-learn"] = new(PeerKind.Python, "forests.py"),
        [Ranger] = new("Rscript", "forests.R"),
    };

    private readonly MeasureOptions _options;
    private readonly ResultStore _store;
    private readonly PeerPool _peers;

    private ForestSpeedRun(MeasureOptions options, ResultStore store, PeerPool peers)
    {
        _options = options;
        _store = store;
        _peers = peers;
    }

    public static void Run(Repository repository, MeasureOptions options)
    {
        var store = new ResultStore(repository.Results(ResultName, options.ResultFolder), Columns, KeyLength);
        using var peers = new PeerPool(repository, options, store, Kinds);
        new ForestSpeedRun(options, store, peers).Run();
    }

    private void Run()
    {
        int[] threads = [.. _options.Threads ?? [2]];
        ForestTask[] tasks = [.. ForestTask.All.Where(task => _options.HasSetting(task.Name))];
        if (!_options.Quality)
        {
            foreach (ForestTask task in tasks)
            {
                Array.ForEach(threads, count => WarmUp(task, count));
            }
        }

        foreach (int seed in Enumerable.Range(1, _options.Repeats ?? (_options.Quality ? QualityRepeats : UsualRepeats)))
        {
            foreach (ForestTask task in tasks)
            {
                foreach (int rows in _options.RowsOr(100_000))
                {
                    Run(task, rows, [.. threads.Select(task.ThreadsOf).Distinct()], seed);
                }
            }
        }
    }

    private void WarmUp(ForestTask task, int threads)
    {
        Problem problem = task.Make(12_000, 1_000, 0);
        using var files = new ProblemFiles(problem);
        var options = new FitOptions { Threads = task.ThreadsOf(threads) };
        task.Grow(problem.Train, seed: 0, options);
        task.Grow(problem.Train, seed: 1, options);
        foreach (string peer in Libraries(task).Where(name => name != Ours))
        {
            _peers.Fit(peer, task.ThreadsOf(threads), files, task.PeerParameters(seed: 0));
        }
    }

    private IEnumerable<string> Libraries(ForestTask task) => _peers.Names.Where(name => task.IsForest || name != Ranger).Prepend(Ours);

    private void Run(ForestTask task, int rows, int[] threadCounts, int seed)
    {
        (int Threads, string Library)[] cells =
        [
            .. from threads in threadCounts
               from library in Libraries(task)
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
            if (library == Ours)
            {
                long start = Stopwatch.GetTimestamp();
                Func<FeatureTable, double[]> predict = task.Grow(problem.Train, seed, new FitOptions { Threads = threads });
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
                ResultStore.Text(Error(problem.Test, predictions)),
            ]);
        }
    }

    private static double Error(Rows test, double[] predictions) => test.Classes > 0
        ? 1 - Accuracy.Compute(test.Labels, Array.ConvertAll(predictions, value => (int)value))
        : RootMeanSquaredError.Compute(test.Target, predictions);

    private static string[] Key(ForestTask task, int rows, int threads, int seed, string library) =>
        [task.Name, ResultStore.Text(rows), ResultStore.Text(threads), ResultStore.Text(seed), library];
}
