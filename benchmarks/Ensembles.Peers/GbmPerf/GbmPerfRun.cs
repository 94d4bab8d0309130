using System.Diagnostics;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Performance;
using Ensembles.Peers.Prediction;
using Ensembles.Trees;

namespace Ensembles.Peers.GbmPerf;

/// <summary>
/// The recipe of szilard's GBM-perf: 100 trees, depth 10, 512 leaves, learning rate 0.1, by histograms; the time of training, binning
/// included, and the area under the ROC curve of other rows. On any CSV, or on generated flights.
/// </summary>
internal sealed class GbmPerfRun
{
    public const string ResultName = "gbm-perf.csv";
    public const int KeyLength = 5;
    public const string Ours = "Ensembles (native categories)";
    public const string OursOneHot = "Ensembles (one-hot)";
    public const string OneHot = "XGBoost (one-hot)";
    public const string Native = "XGBoost (native categories)";

    private const int Rounds = 100;
    private const int Depth = 10;
    private const int Leaves = 512;
    private const int WarmUpRows = 20_000;

    public static readonly string[] Columns = ["data", "rows", "threads", "tool", "repeat", "seconds", "auc"];

    private readonly GbmPerfOptions _options;
    private readonly ResultStore _store;
    private readonly bool _hasXGBoost;

    private GbmPerfRun(GbmPerfOptions options, ResultStore store)
    {
        _options = options;
        _store = store;
        _hasXGBoost = options.HasXGBoost && XGBoostLibrary.TryLoad();
    }

    /// <summary>Measures, and gives the lines of a table.</summary>
    /// <exception cref="InvalidDataException">The target has other than two classes.</exception>
    public static void Run(Repository repository, GbmPerfOptions options)
    {
        if (options.WriteFolder is { } folder)
        {
            Write(options, folder);
            return;
        }

        // What others measure on files of theirs is shown and not kept.
        bool isKept = options.Generate.Count > 0;
        string path = isKept
            ? repository.Results(ResultName, options.ResultFolder)
            : Path.Combine(Directory.CreateTempSubdirectory("ensembles-gbm-perf-").FullName, ResultName);
        var run = new GbmPerfRun(options, new ResultStore(path, Columns, KeyLength));
        if (isKept)
        {
            ClassificationDataset test = AirlineLike.Test();
            foreach (int rows in options.Generate)
            {
                run.Measure(AirlineLike.Name, AirlineLike.Train(rows), test);
            }
        }
        else
        {
            var train = ClassificationDataset.FromCsv(options.TrainPath!, options.Target!);
            var test = ClassificationDataset.FromCsv(options.TestPath!, options.Target!, train.Features.Schema, train.Classes);
            run.Measure(Path.GetFileNameWithoutExtension(options.TrainPath!).Replace(',', ' '), train, test);
        }

        Console.WriteLine();
        foreach (string line in new GbmPerfTable(ResultTable.ReadIfThere(path)!).Lines())
        {
            Console.WriteLine(line);
        }

        if (!isKept)
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static void Write(GbmPerfOptions options, string folder)
    {
        Directory.CreateDirectory(folder);
        string test = Path.Combine(folder, $"{AirlineLike.Name}-test.csv");
        AirlineLike.WriteCsv(AirlineLike.Test(), test);
        foreach (int rows in options.Generate)
        {
            string train = Path.Combine(folder, $"{AirlineLike.Name}-{ResultStore.Text(rows)}.csv");
            AirlineLike.WriteCsv(AirlineLike.Train(rows), train);
            Console.WriteLine($"gbm-perf --train {train} --test {test} --target {AirlineLike.Target}");
        }
    }

    private void Measure(string name, ClassificationDataset train, ClassificationDataset test)
    {
        if (train.ClassCount != 2)
        {
            throw new InvalidDataException($"The recipe is for two classes; the target has {train.ClassCount}.");
        }

        NoteXGBoost();
        Fit(Copy(train.SelectRows([.. Enumerable.Range(0, Math.Min(WarmUpRows, train.RowCount))])));
        using var oneHot = new XGBoostTraining(oneHot: true);
        using var native = new XGBoostTraining(oneHot: false);
        if (_hasXGBoost)
        {
            oneHot.Load(train, test);
            native.Load(train, test);
        }

        // In turn, so that a slow moment of the machine falls on all.
        for (int repeat = 1; repeat <= _options.Repeats; repeat++)
        {
            PutOurs(name, Ours, repeat, Copy(train), test);
            if (_options.HasOneHot)
            {
                PutOurs(name, OursOneHot, repeat, OneHotColumns(train), OneHotColumns(test));
            }

            if (_hasXGBoost)
            {
                Put(name, train, OneHot, repeat, test, oneHot);
                Put(name, train, Native, repeat, test, native);
            }
        }
    }

    private void NoteXGBoost()
    {
        _store.Note("LightGBM", "not run: LightGBM, CatBoost, h2o");
        string why = _options.HasXGBoost ? "its shared library is not installed" : "not asked for";
        _store.Note("XGBoost", _hasXGBoost ? $"XGBoost {XGBoostLibrary.Version()} through its C interface" : $"not run: XGBoost ({why})");
    }

    private NewtonBoostingClassificationModel Fit(ClassificationDataset data) => new NewtonBoostingClassifier
    {
        Rounds = Rounds,
        MaxDepth = Depth,
        MaxLeaves = Leaves,
        GrowthPolicy = GrowthPolicy.LeafWise,
        LearningRate = 0.1,
    }.Fit(data, new FitOptions { Threads = _options.Threads });

    private void PutOurs(string name, string tool, int repeat, ClassificationDataset train, ClassificationDataset test)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        NewtonBoostingClassificationModel model = Fit(train);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double area = AreaUnderRoc.Compute(test.Labels, SecondClass(model.PredictProbabilities(test.Features)));
        Put(name, train, tool, repeat, seconds, area);
    }

    private void Put(
        string name, ClassificationDataset train, string tool, int repeat, ClassificationDataset test, XGBoostTraining training)
    {
        long start = Stopwatch.GetTimestamp();
        Func<double[]> predict = training.Train(Rounds, Parameters(), out Action free);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Put(name, train, tool, repeat, seconds, AreaUnderRoc.Compute(test.Labels, predict()));
        free();
    }

    private void Put(string name, ClassificationDataset train, string tool, int repeat, double seconds, double area) =>
        _store.Put(
            name,
            ResultStore.Text(train.RowCount),
            ResultStore.Text(_options.Threads),
            tool,
            ResultStore.Text(repeat),
            ResultStore.Text(seconds),
            ResultStore.Text(area));

    private IEnumerable<(string Name, string Value)> Parameters() =>
    [
        ("objective", "binary:logistic"), ("tree_method", "hist"), ("grow_policy", "lossguide"), ("max_depth", ResultStore.Text(Depth)),
        ("max_leaves", ResultStore.Text(Leaves)), ("eta", "0.1"), ("nthread", ResultStore.Text(_options.Threads)), ("verbosity", "0"),
    ];

    /// <summary>The same rows in a table of their own, of which nothing is known from before.</summary>
    private static ClassificationDataset Copy(ClassificationDataset data)
    {
        FeatureTable table = data.Features;
        var builder = new FeatureTableBuilder();
        for (int c = 0; c < table.ColumnCount; c++)
        {
            Feature feature = table.Schema[c];
            double[] cells = table.Column(c);
            _ = feature.IsCategorical
                ? builder.Categorical(
                    feature.Name, feature.Categories, Array.ConvertAll(cells, cell => double.IsNaN(cell) ? -1 : (int)cell))
                : builder.Numeric(feature.Name, Array.ConvertAll(cells, cell => (float)cell));
        }

        return ClassificationDataset.FromIndices(builder.Build(), data.Classes, data.Labels);
    }

    /// <summary>The same rows with a column of 0 and 1 for each category, in a table of their own.</summary>
    private static ClassificationDataset OneHotColumns(ClassificationDataset data)
    {
        FeatureTable table = data.Features;
        var columns = new List<float[]>();
        for (int c = 0; c < table.ColumnCount; c++)
        {
            double[] cells = table.Column(c);
            IEnumerable<float[]> made = table.Schema[c].IsCategorical
                ? Enumerable.Range(0, table.Schema[c].Categories.Count)
                    .Select(code => Array.ConvertAll(cells, cell => cell == code ? 1f : 0))
                : [Array.ConvertAll(cells, cell => (float)cell)];
            columns.AddRange(made);
        }

        return ClassificationDataset.FromIndices(FeatureTable.FromColumns(columns), data.Classes, data.Labels);
    }

    private static double[] SecondClass(double[,] probabilities) =>
        [.. Enumerable.Range(0, probabilities.GetLength(0)).Select(row => probabilities[row, 1])];
}
