using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Training;

/// <summary>
/// Measures time and memory of our booster by the number of rows and of features, each fit in a process of its own; writes
/// benchmarks/results/training-growth.csv.
/// </summary>
internal static class GrowthRun
{
    public const string ResultName = "training-growth.csv";
    public const int KeyLength = 5;
    public const int Rounds = 100;
    public const int UsualFeatures = 28;
    public const int FixedRows = 100_000;

    public static readonly string[] Columns =
    [
        "rows", "features", "threads", "setting", "seed",
        "rounds", "bin_seconds", "train_seconds", "peak_bytes", "allocated_bytes", "round_bytes",
    ];

    private const int UsualRepeats = 3;

    // Beyond this a size is measured once: chance matters less in a minute than in a second.
    private const int RowsOfOneRepeat = 1_000_000;

    private static readonly int[] RowCounts =
        [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000];

    // One more size, of many rows and few features, tells bytes a cell from bytes a row and a feature.
    private static readonly int[] FeatureCounts = [14, 28, 56, 112, 224];

    public static void Run(Repository repository, MeasureOptions options)
    {
        var store = new ResultStore(repository.Results(ResultName, options.ResultFolder), Columns, KeyLength);
        int repeats = options.Repeats ?? UsualRepeats;
        string[] settings = [.. options.Settings ?? ["leaves-31"]];
        int fixedRows = Math.Min(FixedRows, options.RowsOr(FixedRows).Max());
        IEnumerable<(int Rows, int Features)> sizes = options.RowsOr(RowCounts).Select(rows => (rows, UsualFeatures))
            .Concat(FeatureCounts.Select(features => (fixedRows, features)))
            .Append((10 * fixedRows, FeatureCounts[0]))
            .Distinct();
        foreach (int seed in Enumerable.Range(1, repeats))
        {
            foreach ((int rows, int features) in sizes.Where(size => seed == 1 || size.Rows <= RowsOfOneRepeat))
            {
                foreach (string setting in settings)
                {
                    foreach (int threads in options.Threads ?? [1])
                    {
                        Measure(store, options, [
                            ResultStore.Text(rows), ResultStore.Text(features), ResultStore.Text(threads), setting, ResultStore.Text(seed),
                        ]);
                    }
                }
            }
        }
    }

    private static void Measure(ResultStore store, MeasureOptions options, string[] key)
    {
        if (options.OnlyMissing && store.Contains(key))
        {
            return;
        }

        string rounds = ResultStore.Text(Rounds);
        string program = Environment.ProcessPath!;
        string answer = PeerProgram.Ask(program, [.. Self(program), "growth-fit", key[0], key[1], key[2], key[3], rounds, key[4]])
            ?? throw new InvalidOperationException($"The fit of {string.Join(' ', key)} has failed.");
        store.Put([.. key, rounds, .. answer.Split(',')]);
    }

    // Started as "dotnet Ensembles.Peers.dll", the program is dotnet and the assembly its first argument.
    private static string[] Self(string program) =>
        Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(GrowthRun).Assembly.Location] : [];
}
