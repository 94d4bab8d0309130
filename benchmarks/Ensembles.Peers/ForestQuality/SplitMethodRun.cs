using System.Globalization;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Peers.ForestQuality;

/// <summary>Measures exact against histogram splits by the number of rows; writes benchmarks/results/split-method.csv.</summary>
internal sealed class SplitMethodRun(Repository repository, RunOptions options)
{
    public const string ResultName = "split-method.csv";

    private const int Columns = 28;
    private const int TestRows = 20_000;

    private static readonly string[] ColumnNames = ["learner", "rows", "method", "seed", "cpu_seconds", "test_error"];
    private static readonly int[] RowCounts = [2_000, 5_000, 10_000, 20_000, 50_000];

    private readonly FitOptions _fit = new() { Threads = options.Threads };

    public void Run()
    {
        List<string[]> rows = [];
        foreach (int count in RowCounts)
        {
            // Once for nothing: the first fits also pay for compilation.
            for (int seed = count == RowCounts[0] ? 0 : 1; seed <= (options.Seeds ?? 3); seed++)
            {
                int[] train = [.. Enumerable.Range(0, count)];
                int[] test = [.. Enumerable.Range(count, TestRows)];
                ClassificationDataset classes = SyntheticData.HiggsLike(count + TestRows, (ulong)seed);
                RegressionDataset numbers = SyntheticData.Friedman1(count + TestRows, (ulong)seed, noise: 1, features: Columns);
                foreach (SplitMethod method in (SplitMethod[])[SplitMethod.Exact, SplitMethod.Histogram])
                {
                    var few = new RandomForestRegressor { SplitMethod = method, TreeCount = 20 };
                    var results = new (string Learner, double Seconds, double Error)[]
                    {
                        Classify("RandomForestClassifier", new RandomForestClassifier { SplitMethod = method }.Fit, classes, train, test),
                        Regress("RandomForestRegressor (20 trees)", few.Fit, numbers, train, test),
                        Classify("DecisionTreeClassifier", new DecisionTreeClassifier { SplitMethod = method }.Fit, classes, train, test),
                        Regress("DecisionTreeRegressor", new DecisionTreeRegressor { SplitMethod = method }.Fit, numbers, train, test),
                    };
                    if (seed > 0)
                    {
                        rows.AddRange(results.Select(
                            r => (string[])[r.Learner, Text(count), method.ToString(), Text(seed), Text(r.Seconds), Text(r.Error)]));
                    }
                }

                Console.WriteLine($"split method: {count} rows, seed {seed}");
            }
        }

        new ResultTable([Machine.Describe()], ColumnNames, rows).Write(repository.Results(ResultName));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private (string Learner, double Seconds, double Error) Classify<TModel>(
        string name,
        Func<ClassificationDataset, FitOptions?, CancellationToken, TModel> fit,
        ClassificationDataset data,
        int[] train,
        int[] test)
        where TModel : ClassificationModel
    {
        // A view of its own, so that each fit also sorts or bins the columns.
        ClassificationDataset view = data.SelectRows(train);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        TModel model = fit(view, _fit, CancellationToken.None);
        double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        ClassificationDataset rest = data.SelectRows(test);
        return (name, seconds, 1 - Accuracy.Compute(rest.Labels, model.PredictClasses(rest.Features)));
    }

    private (string Learner, double Seconds, double Error) Regress<TModel>(
        string name, Func<RegressionDataset, FitOptions?, CancellationToken, TModel> fit, RegressionDataset data, int[] train, int[] test)
        where TModel : RegressionModel
    {
        RegressionDataset view = data.SelectRows(train);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        TModel model = fit(view, _fit, CancellationToken.None);
        double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        RegressionDataset rest = data.SelectRows(test);
        return (name, seconds, RootMeanSquaredError.Compute(rest.Targets, model.Predict(rest.Features)));
    }
}
