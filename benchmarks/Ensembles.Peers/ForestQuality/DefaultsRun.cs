using System.Globalization;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Peers.ForestQuality;

/// <summary>
/// Measures what MaxFeatures and TreeCount do to random forests that classify; writes benchmarks/results/forest-defaults.csv.
/// </summary>
internal sealed class DefaultsRun(Repository repository, RunOptions options)
{
    public const string ResultName = "forest-defaults.csv";

    /// <summary>The recipes compared, by the name that results give them; the first is the default.</summary>
    public static IReadOnlyList<(string Name, RandomForestClassifier Recipe)> Recipes { get; } =
    [
        ("Log2 / 100", new RandomForestClassifier()),
        ("Sqrt / 100", new RandomForestClassifier { MaxFeatures = FeatureCount.Sqrt }),
        ("Log2 / 500", new RandomForestClassifier { TreeCount = 500 }),
        ("Sqrt / 500", new RandomForestClassifier { MaxFeatures = FeatureCount.Sqrt, TreeCount = 500 }),
    ];

    // Wide sets by histogram, for time: exact splits part every column at every node, however few of them it draws.
    private const int WideColumns = 100;

    private static readonly string[] ColumnNames = ["set", "rows", "features", "recipe", "seed", "test_error", "test_log_loss", "cpu_seconds"];

    public void Run()
    {
        string path = repository.Results(ResultName);
        List<string> notes = [Machine.Describe()];
        List<string[]> rows =
            [.. options.Sets is null ? [] : ResultTable.ReadIfThere(path)?.Rows.Where(row => !options.Includes(row[0])) ?? []];
        foreach ((string name, int seeds, ClassificationDataset data) in Sets(
            name => notes.Add($"not run: {name} (not in a --data folder)")))
        {
            if (!options.Includes(name))
            {
                continue;
            }

            for (int seed = 1; seed <= (options.Seeds ?? seeds); seed++)
            {
                (ClassificationDataset train, ClassificationDataset test) = data.SplitStratified(0.8, (ulong)seed);
                foreach ((string recipe, RandomForestClassifier forest) in Recipes)
                {
                    string[] measured = Measure(forest with { Seed = (ulong)seed }, train, test);
                    rows.Add([name, Text(data.RowCount), Text(data.Features.ColumnCount), recipe, Text(seed), .. measured]);
                }

                Console.WriteLine($"defaults: {name}, split {seed}");
            }

            // After every set: the run is long.
            new ResultTable(notes, ColumnNames, rows).Write(path);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<(string Name, int Seeds, ClassificationDataset Data)> Sets(Action<string> missing)
    {
        yield return ("iris", 30, SampleData.Iris());
        yield return ("wine", 30, SampleData.Wine());
        yield return ("breast-cancer", 30, SampleData.BreastCancer());
        yield return ("digits", 10, SampleData.Digits());
        yield return ("credit-data", 10, SampleData.CreditData());
        yield return ("telco-churn", 10, SampleData.TelcoChurn());
        (string Name, int Seeds, string Target)[] others =
        [
            ("letter-recognition", 5, "lettr"), ("satellite", 10, "classes"), ("spambase", 10, "type"), ("higgs-7500", 10, "target"),
            ("wine-quality-white", 10, "quality"), ("online-shoppers", 5, "Revenue"), ("mnist-10k", 3, "label"),
        ];
        var csv = new CsvOptions { IgnoredColumns = ["split"] };
        foreach ((string name, int seeds, string target) in others)
        {
            if (options.PathOf(name) is string path)
            {
                yield return (name, seeds, ClassificationDataset.FromCsv(path, target, name == "higgs-7500" ? csv : null));
            }
            else
            {
                missing(name);
            }
        }
    }

    private string[] Measure(RandomForestClassifier recipe, ClassificationDataset train, ClassificationDataset test)
    {
        var fit = new FitOptions { Threads = options.Threads };
        bool wide = train.Features.ColumnCount > WideColumns;
        recipe = recipe with { EstimateOutOfBag = false, SplitMethod = wide ? SplitMethod.Histogram : SplitMethod.Auto };
        TimeSpan start = Environment.CpuUsage.TotalTime;
        ForestClassificationModel model = recipe.Fit(train, fit);
        double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        double error = 1 - Accuracy.Compute(test.Labels, model.PredictClasses(test.Features));
        double[,] probabilities = model.PredictProbabilities(test.Features);
        double logLoss = LogLoss.Compute(test.Labels, [.. probabilities.Cast<double>()], test.ClassCount);
        return Array.ConvertAll([error, logLoss, seconds], value => value.ToString("G6", CultureInfo.InvariantCulture));
    }
}
