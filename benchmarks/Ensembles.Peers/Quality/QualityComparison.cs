using System.Collections.Concurrent;
using System.Globalization;
using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Quality;

/// <summary>
/// Trains every learner and the one of its kind of another library on the same rows, at defaults and by one tuned recipe, and writes how
/// they err on the same other rows: benchmarks/results/quality.csv.
/// </summary>
internal sealed class QualityComparison
{
    public const string ResultName = "quality.csv";
    public const string SetsName = "quality-sets.csv";

    private const int UsualSeeds = 5;
    private const int KeyLength = 5;
    private const int SetKeyLength = 1;

    private static readonly string[] Columns = ["set", "learner", "recipe", "seed", "library", "error", "log_loss"];

    private static readonly string[] SetColumns =
        ["set", "task", "source", "rows", "train_rows", "test_rows", "features", "categorical", "missing_percent", "classes"];

    private static readonly Dictionary<string, PeerKind> Kinds = new(StringComparer.Ordinal)
    {
        [ComparedLearner.ScikitLearn] = new(PeerKind.Python, "quality.py", "scikit-learn") { Folder = "quality" },
        [ComparedLearner.XGBoost] = new(PeerKind.Python, "quality.py", "xgboost") { Folder = "quality" },
    };

    private readonly Repository _repository;
    private readonly MeasureOptions _options;
    private readonly ResultStore _store;
    private readonly ResultStore _sets;
    private readonly ComparedLearner[] _learners;

    private QualityComparison(Repository repository, MeasureOptions options)
    {
        _repository = repository;
        _options = options;
        _store = new ResultStore(repository.Results(ResultName, options.ResultFolder), Columns, KeyLength);
        _sets = new ResultStore(repository.Results(SetsName, options.ResultFolder), SetColumns, SetKeyLength);
        _learners = [.. ComparedLearner.All.Where(learner => options.HasSetting(learner.Name))];
    }

    public static void Run(Repository repository, MeasureOptions options) => new QualityComparison(repository, options).Run();

    private void Run()
    {
        var sets = new List<(ComparedSet Set, Lazy<Dataset> Data)>();
        foreach (ComparedSet set in ComparedSet.All(_repository, _options).Where(set => _options.HasSet(set.Name)))
        {
            if (set.Load is { } load)
            {
                sets.Add((set, new Lazy<Dataset>(load)));
                _store.Forget(set.Name);
            }
            else
            {
                _store.Note(set.Name, $"not run: {set.Name} (its file is in no --data folder)");
            }
        }

        // A lane of its own for each thread, with other libraries of its own: all fits have one thread.
        IEnumerable<(ComparedSet Set, Lazy<Dataset> Data, int Seed)> work =
            from seed in Enumerable.Range(1, _options.Repeats ?? UsualSeeds) from set in sets select (set.Set, set.Data, seed);
        Parallel.ForEach(
            Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = _options.Threads?[0] ?? Environment.ProcessorCount },
            () => new PeerPool(_repository, _options, _store, Kinds),
            (item, _, peers) =>
            {
                Compare(item.Set, item.Data, item.Seed, peers);
                return peers;
            },
            peers => peers.Dispose());
    }

    private void Compare(ComparedSet set, Lazy<Dataset> data, int seed, PeerPool peers)
    {
        Cell[] cells =
        [
            .. from learner in _learners
               from recipe in ComparedLearner.Recipes
               from library in (string[])[ComparedLearner.Ours, .. peers.Names.Where(name => name == learner.Peer)]
               let cell = new Cell(set.Name, learner, recipe, seed, library)
               where !(_options.OnlyMissing && _store.Contains(cell.Key))
               select cell,
        ];
        if (cells.Length == 0)
        {
            return;
        }

        var split = ComparedSplit.Draw(data.Value, (ulong)seed);
        if (seed == 1)
        {
            Describe(set, data.Value, split);
        }

        using var files = new ProblemFiles(split.Problem);
        foreach (Cell cell in cells)
        {
            double[]? predictions = cell.Library == ComparedLearner.Ours
                ? Predict(set.Task, cell, split)
                : peers.Fit(cell.Library, 1, files, Parameters(set.Task, cell, split))?.Predictions;
            if (predictions is not null)
            {
                _store.Put([.. cell.Key, .. Errors(split.Problem.Test, predictions)]);
            }
        }
    }

    private void Describe(ComparedSet set, Dataset data, ComparedSplit split)
    {
        int columns = data.Features.ColumnCount;
        double missing = Enumerable.Range(0, columns).Sum(c => (double)data.Features.MissingCount(c)) / ((double)columns * data.RowCount);
        _sets.Put(
        [
            set.Name,
            set.Task == LearningTask.Classification ? "classification" : "regression",
            set.Source,
            .. Array.ConvertAll(
                [data.RowCount, split.Problem.Train.Count, split.Problem.Test.Count, columns, split.Levels.Count(levels => levels > 0)],
                count => ResultStore.Text(count)),
            (100 * missing).ToString("F1", CultureInfo.InvariantCulture),
            ResultStore.Text(split.Problem.Train.Classes),
        ]);
    }

    private static double[] Predict(LearningTask task, Cell cell, ComparedSplit split)
    {
        Learner learner = cell.Learner.Learner(task, cell.Recipe, (ulong)cell.Seed);
        var options = new FitOptions { Threads = 1 };
        FeatureTable test = split.Table(split.Problem.Test);
        return learner switch
        {
            Learner<ClassificationDataset, ClassificationModel> classifier =>
                [.. classifier.Fit(split.Classification(split.Problem.Train), options).PredictProbabilities(test).Cast<double>()],
            Learner<RegressionDataset, RegressionModel> regressor =>
                regressor.Fit(split.Regression(split.Problem.Train), options).Predict(test),
            _ => throw new InvalidOperationException($"{cell.Learner.Name} learns neither classes nor numbers."),
        };
    }

    private static IEnumerable<(string Name, string Value)> Parameters(LearningTask task, Cell cell, ComparedSplit split) =>
    [
        ("learner", cell.Learner.PeerLearner),
        ("seed", ResultStore.Text(cell.Seed)),
        ("levels", string.Join(',', split.Levels.Select(levels => ResultStore.Text(levels)))),
        .. cell.Learner.PeerParameters(task, cell.Recipe).Select(setting => ("set." + setting.Name, setting.Value)),
    ];

    /// <summary>The share of wrong classes and the log loss, or the root mean squared error and nothing.</summary>
    private static string[] Errors(Rows test, double[] predictions)
    {
        if (test.Classes == 0)
        {
            return [ResultStore.Text(RootMeanSquaredError.Compute(test.Target, predictions)), string.Empty];
        }

        int[] labels = test.Labels;
        var decided = new int[labels.Length];
        for (int r = 0; r < decided.Length; r++)
        {
            double[] row = predictions[(r * test.Classes)..((r + 1) * test.Classes)];
            decided[r] = Array.IndexOf(row, row.Max());
        }

        return
        [
            ResultStore.Text(1 - Accuracy.Compute(labels, decided)),
            ResultStore.Text(LogLoss.Compute(labels, predictions, test.Classes)),
        ];
    }

    private sealed record Cell(string Set, ComparedLearner Learner, string Recipe, int Seed, string Library)
    {
        public string[] Key => [Set, Learner.Name, Recipe, ResultStore.Text(Seed), Library];
    }
}
