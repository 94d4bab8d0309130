using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Growth;

/// <summary>
/// Measures time and memory of our booster along the curves, each fit in a process of its own; writes
/// benchmarks/results/training-growth.csv.
/// </summary>
internal static class GrowthRun
{
    public const string ResultName = "training-growth.csv";

    public static readonly string[] Columns =
        [.. GrowthSize.Columns, "seed", "bin_seconds", "train_seconds", "peak_bytes", "allocated_bytes", "tree_bytes"];

    private const int UsualRepeats = 3;

    // Beyond this a size is measured once: chance matters less in a minute than in a second.
    private const int RowsOfOneRepeat = 1_000_000;

    private static int KeyLength => GrowthSize.Columns.Length + 1;

    public static void Run(Repository repository, MeasureOptions options)
    {
        var store = new ResultStore(repository.Results(ResultName, options.ResultFolder), Columns, KeyLength);
        int repeats = options.Repeats ?? (options.Short ? 1 : UsualRepeats);
        GrowthSize[] sizes =
        [
            .. GrowthCurve.All.Where(curve => options.HasSetting(curve.Name)).SelectMany(curve => curve.Sizes(options))
                .Concat(options.Settings is null && options.Rows is null ? [GrowthCurve.ManyRows] : [])
                .Distinct(),
        ];
        foreach (int seed in Enumerable.Range(1, repeats))
        {
            foreach (GrowthSize size in sizes.Where(size => seed == 1 || size.Rows <= RowsOfOneRepeat))
            {
                Measure(store, options, [.. size.Fields, ResultStore.Text(seed)]);
            }
        }
    }

    private static void Measure(ResultStore store, MeasureOptions options, string[] key)
    {
        if (options.OnlyMissing && store.Contains(key))
        {
            return;
        }

        string program = Environment.ProcessPath!;
        string answer = PeerProgram.Ask(program, [.. Self(program), GrowthFit.Command, .. key])
            ?? throw new InvalidOperationException($"The fit of {string.Join(' ', key)} has failed.");
        store.Put([.. key, .. answer.Split(',')]);
    }

    // Started as "dotnet Ensembles.Peers.dll", the program is dotnet and the assembly its first argument.
    private static string[] Self(string program) =>
        Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(GrowthRun).Assembly.Location] : [];
}
