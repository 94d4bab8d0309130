using System.Diagnostics;
using System.Globalization;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Prediction;
using Ensembles.Trees;

namespace Ensembles.Peers.Explanation;

/// <summary>
/// Times exact SHAP values beside XGBoost's <c>pred_contribs</c> and <c>pred_interactions</c> on the same trees, one thread, 28 float
/// columns: medians of runs in turn, and the greatest difference of a value.
/// </summary>
internal static class ShapRun
{
    public const string ResultName = "shap.csv";

    private const int TrainingRows = 20_000;
    private const int Columns = 28;
    private const int Repeats = 5;

    private static readonly string[] Header =
        ["setting", "trees", "leaves", "rows", "ours_ms", "xgboost_ms", "greatest_difference", "greatest_sum_error", "greatest_sum_error_xgboost"];

    public static void Run(Repository repository, MeasureOptions options)
    {
        if (!XGBoostLibrary.TryLoad())
        {
            throw new InvalidOperationException("XGBoost's shared library is not installed (Debian: libxgboost0 or python3-xgboost).");
        }

        string path = Path.Combine(options.ResultFolder ?? repository.ResultFolder, ResultName);
        string[][] before = ResultTable.ReadIfThere(path)?.Rows.ToArray() ?? [];
        (float[] train, float[] target) = Draw(TrainingRows, seed: 1);
        var rows = new List<string[]>();
        foreach (ShapSetting setting in ShapSetting.All)
        {
            string[]? row = options.HasSetting(setting.Name)
                ? Measure(setting, train, target, options.Repeats ?? Repeats)
                : Array.Find(before, kept => kept[0] == setting.Name);
            if (row is not null)
            {
                rows.Add(row);
            }
        }

        string[] notes =
        [
            Machine.Describe(),
            string.Create(CultureInfo.InvariantCulture, $"XGBoost {XGBoostLibrary.Version()} through its C interface"),
        ];
        new ResultTable(notes, Header, rows).Write(path);
    }

    private static unsafe string[] Measure(ShapSetting setting, float[] train, float[] target, int repeats)
    {
        using var model = new XGBoostModel(train, Columns, target, setting.Trees, Parameters(setting));
        model.SetThreads(1);
        (Tree Tree, TreeStatistics Statistics)[] trees = model.TreesAndStatistics();
        var sum = TreeSum.OfRounds(
            FeatureSchema.Numeric(Columns), [.. trees.Select(tree => tree.Tree)], [.. trees.Select(tree => tree.Statistics)], [0.0]);
        (float[] test, _) = Draw(setting.Rows, seed: 2);
        var table = FeatureTable.FromColumns(
            [.. Enumerable.Range(0, Columns).Select(c => Enumerable.Range(0, setting.Rows).Select(r => test[(r * Columns) + c]).ToArray())]);
        var one = new FitOptions { Threads = 1 };
        var ours = new List<double>();
        var theirs = new List<double>();
        double[] values = [];
        float[] expected = [];
        TreeExplainer? ready = setting.IsReady ? new TreeExplainer(sum) : null;
        fixed (float* cells = test)
        {
            nint matrix = XGBoostModel.Matrix(cells, setting.Rows, Columns);
            for (int repeat = -setting.WarmUps; repeat < setting.Repeats(repeats); repeat++)
            {
                double our = Seconds(() =>
                {
                    TreeExplainer explainer = ready ?? new TreeExplainer(sum);
                    values = setting.Interactions ? Values(explainer.ExplainInteractions(table, one)) : Values(explainer.Explain(table, one));
                });
                double their = Seconds(() => expected = model.Contributions(matrix, setting.Interactions).ToArray());
                if (repeat >= 0)
                {
                    ours.Add(our * 1e3);
                    theirs.Add(their * 1e3);
                }
            }

            XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixFree(matrix));
        }

        string[] row =
        [
            setting.Name,
            setting.Trees.ToString(CultureInfo.InvariantCulture),
            trees.Average(tree => tree.Tree.LeafCount).ToString("F1", CultureInfo.InvariantCulture),
            setting.Rows.ToString(CultureInfo.InvariantCulture),
            Statistics.Median(ours).ToString("F3", CultureInfo.InvariantCulture),
            Statistics.Median(theirs).ToString("F3", CultureInfo.InvariantCulture),
            .. Agreement(sum, test, values, expected, setting),
        ];
        Console.WriteLine(string.Join(", ", row));
        return row;
    }

    /// <summary>The greatest difference of a value, and by how much the values of a row miss the score, here and there.</summary>
    private static string[] Agreement(TreeSum sum, float[] test, double[] ours, ReadOnlySpan<float> theirs, ShapSetting setting)
    {
        // They have the base value behind the features.
        int lines = setting.Interactions ? Columns + 1 : 1;
        double difference = 0;
        double ourError = 0;
        double theirError = 0;
        var said = new double[1];
        double baseValue = new TreeExplainer(sum).BaseValues[0];
        for (int r = 0; r < setting.Rows; r++)
        {
            sum.Predict(new RowSet(test.AsSpan(r * Columns, Columns), Columns), said);
            double ourSum = baseValue;
            double theirSum = 0;
            foreach (float value in theirs.Slice(r * lines * (Columns + 1), lines * (Columns + 1)))
            {
                theirSum += value;
            }

            for (int line = 0; line < (setting.Interactions ? Columns : 1); line++)
            {
                for (int f = 0; f < Columns; f++)
                {
                    double our = ours[(((r * (setting.Interactions ? Columns : 1)) + line) * Columns) + f];
                    ourSum += our;
                    difference = Math.Max(difference, Math.Abs(our - theirs[(((r * lines) + line) * (Columns + 1)) + f]));
                }
            }

            ourError = Math.Max(ourError, Math.Abs(ourSum - said[0]));
            theirError = Math.Max(theirError, Math.Abs(theirSum - said[0]));
        }

        return [.. new[] { difference, ourError, theirError }.Select(value => value.ToString("E1", CultureInfo.InvariantCulture))];
    }

    private static double[] Values(ShapValues values)
    {
        var all = new double[values.RowCount * values.FeatureCount];
        for (int r = 0; r < values.RowCount; r++)
        {
            values.Row(r).CopyTo(all.AsSpan(r * values.FeatureCount));
        }

        return all;
    }

    private static double[] Values(ShapInteractions values)
    {
        int size = values.FeatureCount * values.FeatureCount;
        var all = new double[values.RowCount * size];
        for (int r = 0; r < values.RowCount; r++)
        {
            values.Row(r).CopyTo(all.AsSpan(r * size));
        }

        return all;
    }

    private static IEnumerable<(string Name, string Value)> Parameters(ShapSetting setting) =>
    [
        ("objective", "reg:squarederror"),
        ("base_score", "0"),
        ("tree_method", "hist"),
        ("seed", "1"),
        ("verbosity", "0"),
        ("learning_rate", "0.1"),
        ("max_depth", setting.Depth.ToString(CultureInfo.InvariantCulture)),
    ];

    private static (float[] Rows, float[] Target) Draw(int count, ulong seed)
    {
        ClassificationDataset data = SyntheticData.HiggsLike(Math.Max(count, 2), seed: seed);
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
}
