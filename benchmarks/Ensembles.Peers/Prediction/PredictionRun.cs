using System.Diagnostics;
using System.Globalization;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.Peers.Measuring;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.Peers.Prediction;

/// <summary>
/// Times prediction beside XGBoost's C interface on the same trees, and beside scikit-learn's on trees of its own of the same size: one
/// thread, 28 float columns row after row, medians of runs in turn.
/// </summary>
internal static class PredictionRun
{
    public const string ResultName = "prediction.csv";

    private const string ScikitLearn = "scikit-learn";
    private const int TrainingRows = 20_000;
    private const int Columns = 28;
    private const int SingleRows = 2_000;
    private const int Repeats = 5;

    private static readonly string[] Header =
    [
        "setting", "trees", "leaves", "path", "aim", "ours_ns", "xgboost_ns", "sklearn_ns", "ours_one_row_ns", "xgboost_one_row_ns",
    ];

    public static void Run(Repository repository, MeasureOptions options)
    {
        if (!XGBoostLibrary.TryLoad())
        {
            throw new InvalidOperationException("XGBoost's shared library is not installed (Debian: libxgboost0 or python3-xgboost).");
        }

        int count = options.RowsOr(100_000)[0];
        (float[] train, float[] target) = Draw(TrainingRows, seed: 1);
        (float[] test, _) = Draw(count, seed: 2);
        string path = repository.Results(ResultName, options.ResultFolder);
        string[][] before = ResultTable.ReadIfThere(path)?.Rows.ToArray() ?? [];
        string[] notes =
        [
            Machine.Describe(),
            string.Create(CultureInfo.InvariantCulture, $"XGBoost {XGBoostLibrary.Version()} through its C interface; {count} rows"),
            AskPython(options, "-c", "import sklearn; print(sklearn.__version__)") is { } version
                ? $"{ScikitLearn} {version}"
                : $"not run: {ScikitLearn} (not installed)",
        ];
        var rows = new List<string[]>();
        foreach (PredictionSetting setting in PredictionSetting.All)
        {
            string[]? row = options.HasSetting(setting.Name)
                ? Measure(repository, options, setting, train, target, test, count)
                : Array.Find(before, kept => kept[0] == setting.Name);
            if (row is not null)
            {
                rows.Add(row);
            }

            new ResultTable(notes, Header, rows).Write(path);
        }
    }

    private static unsafe string[] Measure(
        Repository repository, MeasureOptions options, PredictionSetting setting, float[] train, float[] target, float[] test, int count)
    {
        using var model = new XGBoostModel(train, Columns, target, setting.IsForest ? 1 : setting.Trees, setting.Parameters());
        Tree[] trees = model.Trees();
        var ensemble = TreeEnsemble.OfRounds(trees, 1);
        var sums = new double[count];
        var ours = new List<double>();
        var theirs = new List<double>();
        var ourSingles = new List<double>();
        var theirSingles = new List<double>();
        fixed (float* cells = test)
        {
            for (int repeat = -2; repeat < Repeats; repeat++)
            {
                nint address = (nint)cells;
                Array.Clear(sums);
                double our = Seconds(() => ensemble.Add(new RowSet(test, Columns), sums));
                double their = Seconds(() => model.Predict((float*)address, count, Columns));
                double ourSingle = Seconds(() =>
                {
                    for (int r = 0; r < SingleRows; r++)
                    {
                        ensemble.Add(new RowSet(test.AsSpan(r * Columns, Columns), Columns), sums.AsSpan(r, 1));
                    }
                });
                double theirSingle = Seconds(() =>
                {
                    for (int r = 0; r < SingleRows / 10; r++)
                    {
                        model.Predict((float*)address + (r * Columns), 1, Columns);
                    }
                });
                if (repeat >= 0)
                {
                    ours.Add(our * 1e9 / count);
                    theirs.Add(their * 1e9 / count);
                    ourSingles.Add(ourSingle * 1e9 / SingleRows);
                    theirSingles.Add(theirSingle * 1e9 / (SingleRows / 10));
                }
            }

            Array.Clear(sums);
            ensemble.Add(new RowSet(test, Columns), sums);
            ReadOnlySpan<float> expected = model.Predict(cells, count, Columns);
            for (int r = 0; r < count; r++)
            {
                if (Math.Abs(sums[r] - expected[r]) > 1e-3 * (1 + Math.Abs(sums[r])))
                {
                    throw new InvalidOperationException($"Row {r}: {sums[r]} here, {expected[r]} by XGBoost.");
                }
            }
        }

        double sklearn = options.HasPeer(ScikitLearn) ? Sklearn(repository, options, setting, count) : double.NaN;
        Console.WriteLine($"{setting.Name} ({ensemble.Predictor})");
        string[] row =
        [
            setting.Name,
            setting.Trees.ToString(CultureInfo.InvariantCulture),
            trees.Average(tree => tree.LeafCount).ToString("F1", CultureInfo.InvariantCulture),
            ensemble.Predictor.Path.ToString(),
            setting.Aim.ToString(CultureInfo.InvariantCulture),
            Text(Statistics.Median(ours)),
            Text(Statistics.Median(theirs)),
            double.IsNaN(sklearn) ? string.Empty : Text(sklearn),
            Text(Statistics.Median(ourSingles)),
            Text(Statistics.Median(theirSingles)),
        ];
        Console.WriteLine(string.Join(", ", row));
        return row;
    }

    private static double Sklearn(Repository repository, MeasureOptions options, PredictionSetting setting, int count)
    {
        string script = repository.PeerScript("prediction", "sklearn_prediction.py");
        string[] arguments =
        [
            script,
            setting.IsForest ? "forest" : "boosting",
            setting.Trees.ToString(CultureInfo.InvariantCulture),
            setting.MaxLeaves.ToString(CultureInfo.InvariantCulture),
            setting.MaxDepth.ToString(CultureInfo.InvariantCulture),
            count.ToString(CultureInfo.InvariantCulture),
        ];
        return AskPython(options, arguments) is { } answer ? double.Parse(answer, CultureInfo.InvariantCulture) : double.NaN;
    }

    // The first python on the path may be another one than that of the system, which has the libraries.
    private static string? AskPython(MeasureOptions options, params string[] arguments) => options.Python is { } python
        ? PeerProgram.Ask(python, arguments)
        : PeerProgram.Ask("python3", arguments) ?? PeerProgram.Ask("/usr/bin/python3", arguments);

    private static (float[] Rows, float[] Target) Draw(int count, ulong seed)
    {
        ClassificationDataset data = SyntheticData.HiggsLike(count, seed: seed);
        var rows = new float[count * Columns];
        for (int c = 0; c < Columns; c++)
        {
            double[] cells = data.Features.Column(c);
            for (int r = 0; r < count; r++)
            {
                rows[(r * Columns) + c] = (float)cells[r];
            }
        }

        return (rows, Array.ConvertAll(data.LabelArray, label => (float)label));
    }

    private static double Seconds(Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Text(double nanoseconds) => nanoseconds.ToString("F1", CultureInfo.InvariantCulture);
}
