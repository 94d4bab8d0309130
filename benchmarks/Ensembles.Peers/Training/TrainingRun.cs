using Ensembles.Data;
using Ensembles.Metrics;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Training;

/// <summary>
/// Trains our booster and those of other libraries in turn on the same rows and writes benchmarks/results/training.csv. A seed makes other
/// rows and is a repeat at once; all cells of a seed come before the next, so that an interrupted run has the whole table.
/// </summary>
internal sealed class TrainingRun
{
    public const string ResultName = "training.csv";
    public const string Ours = "Ensembles";

    /// <summary>Two fits of ours at once, each with one thread.</summary>
    public const string OursTwice = "Ensembles twice";

    public static readonly string[] Columns =
    [
        "set", "rows", "setting", "threads", "seed", "library",
        "features", "classes", "rounds", "bin_seconds", "train_seconds", "log_loss", "allocated_bytes",
    ];

    public const int KeyLength = 6;

    private const int UsualRepeats = 5;

    private static readonly Dictionary<string, PeerKind> Kinds = new(StringComparer.Ordinal)
    {
        ["XGBoost"] = new(PeerKind.Python, "boosting.py", "xgboost"),
        ["scikit-learn"] = new(PeerKind.Python, "boosting.py", "scikit-learn"),
        ["LightGBM"] = new(PeerKind.Python, "boosting.py", "lightgbm"),
    };

    private readonly MeasureOptions _options;
    private readonly ResultStore _store;
    private readonly PeerPool _peers;
    private readonly int[] _threads;

    private TrainingRun(MeasureOptions options, ResultStore store, PeerPool peers)
    {
        _options = options;
        _store = store;
        _peers = peers;
        _threads = [.. options.Threads ?? [1, 2]];
    }

    public static void Run(Repository repository, MeasureOptions options)
    {
        var store = new ResultStore(repository.Results(ResultName, options.ResultFolder), Columns, KeyLength);
        using var peers = new PeerPool(repository, options, store, Kinds);
        new TrainingRun(options, store, peers).Run();
    }

    private void Run()
    {
        TrainingSet[] sets = [.. TrainingSet.Of(_options, NoteMissing).Where(set => _options.HasSet(set.Name))];
        Array.ForEach(sets, set => _store.Forget(set.Name));
        WarmUp();
        for (int seed = 1; seed <= (_options.Repeats ?? UsualRepeats); seed++)
        {
            foreach (TrainingSet set in sets)
            {
                RunSet(set, seed);
            }
        }
    }

    private void NoteMissing(string set)
    {
        if (!_store.ContainsAny(set))
        {
            _store.Note(set, $"not run: {set} (no --data folder with {set}.csv.gz)");
        }
    }

    /// <summary>The first fits also pay for compilation and for the start of threads.</summary>
    private void WarmUp()
    {
        Problem problem = GeneratedRows.TwoClasses(20_000, 1_000, 28, seed: 0);
        using var files = new ProblemFiles(problem);
        foreach (int threads in _threads)
        {
            foreach (TrainingSetting setting in TrainingSetting.All)
            {
                OurTraining.Fit(problem.Train, setting, rounds: 30, threads);
            }

            foreach (string peer in _peers.Names)
            {
                _peers.Fit(peer, threads, files, TrainingSetting.All[0].PeerParameters(rounds: 10));
            }
        }
    }

    private void RunSet(TrainingSet set, int seed)
    {
        Cell[] cells = [.. Cells(set, seed).Where(cell => !_options.OnlyMissing || !_store.Contains(cell.Key))];
        if (cells.Length == 0)
        {
            return;
        }

        Problem problem = set.Make((ulong)seed);
        using ProblemFiles? files = cells.Any(cell => !cell.IsOurs) ? new ProblemFiles(problem) : null;
        foreach (Cell cell in cells)
        {
            GC.Collect();
            if (cell.Library == OursTwice)
            {
                (double bin, double train) = OurTraining.FitTwoAtOnce(problem.Train, cell.Setting, set.Rounds);
                Put(cell, problem, bin, train, string.Empty, string.Empty);
            }
            else if (cell.IsOurs)
            {
                OurTraining fit = OurTraining.Fit(problem.Train, cell.Setting, set.Rounds, cell.Threads);
                double loss = LogLoss.Compute(problem.Test.Labels, Probabilities(fit, problem.Test), problem.Test.Classes);
                Put(cell, problem, fit.BinSeconds, fit.TrainSeconds, ResultStore.Text(loss), ResultStore.Text(fit.AllocatedBytes));
            }
            else if (_peers.Fit(cell.Library, cell.Threads, files!, cell.Setting.PeerParameters(set.Rounds)) is { } fit)
            {
                double loss = LogLoss.Compute(problem.Test.Labels, fit.Predictions, problem.Test.Classes);
                Put(cell, problem, fit.BinSeconds, fit.TrainSeconds, ResultStore.Text(loss), string.Empty);
            }
        }
    }

    private static double[] Probabilities(OurTraining fit, Rows test)
    {
        var probabilities = new double[test.Count * test.Classes];
        fit.Model.PredictProbabilities(test.Table(), probabilities);
        return probabilities;
    }

    private IEnumerable<Cell> Cells(TrainingSet set, int seed) =>
        from setting in TrainingSetting.All
        where _options.HasSetting(setting.Name) && set.Settings?.Contains(setting.Name, StringComparer.Ordinal) != false
        from threads in _threads
        from library in Libraries(set, threads)
        select new Cell(set, setting, threads, seed, library);

    private IEnumerable<string> Libraries(TrainingSet set, int threads) =>
        [Ours, .. threads == 2 && set.Name == TrainingSet.Generated ? (string[])[OursTwice] : [], .. _peers.Names];

    private void Put(Cell cell, Problem problem, double bin, double train, string loss, string allocated) => _store.Put(
    [
        .. cell.Key,
        ResultStore.Text(problem.Train.Cells.Length),
        ResultStore.Text(problem.Train.Classes),
        ResultStore.Text(cell.Set.Rounds),
        ResultStore.Text(bin),
        ResultStore.Text(train),
        loss,
        allocated,
    ]);

    private sealed record Cell(TrainingSet Set, TrainingSetting Setting, int Threads, int Seed, string Library)
    {
        public string[] Key =>
            [Set.Name, ResultStore.Text(Set.Rows), Setting.Name, ResultStore.Text(Threads), ResultStore.Text(Seed), Library];

        public bool IsOurs => Library is Ours or OursTwice;
    }
}
