using Ensembles.Peers.Measuring;
using Ensembles.Peers.Training;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The tables of boosted trees beside other libraries.</summary>
internal sealed class TrainingTables
{
    private static readonly string[] Known = ["XGBoost", "scikit-learn", "LightGBM"];

    private readonly ResultTable _table;
    private readonly Fit[] _fits;
    private readonly string[] _peers;

    public TrainingTables(ResultTable table)
    {
        _table = table;
        _fits =
        [
            .. table.Rows.Select(row => new Fit(
                new Work(
                    table.Text(row, "set"), table.Integer(row, "rows"), table.Integer(row, "features"), table.Text(row, "setting")),
                table.Integer(row, "threads"),
                table.Integer(row, "seed"),
                table.Text(row, "library"),
                table.Number(row, "bin_seconds"),
                table.Number(row, "train_seconds"),
                table.Number(row, "log_loss"))),
        ];
        _peers = [.. Known.Where(peer => _fits.Any(fit => fit.Library == peer))];
    }

    private IEnumerable<Work> Works => _fits.Select(fit => fit.Work).Distinct()
        .OrderBy(work => Array.IndexOf(TrainingSet.Names, work.Set))
        .ThenBy(work => work.Rows)
        .ThenBy(work => TrainingSetting.All.First(setting => setting.Name == work.Setting).Policy)
        .ThenBy(work => TrainingSetting.All.First(setting => setting.Name == work.Setting).Size);

    /// <summary>Seconds: medians of binning and of training, and the median sum of the fastest other library by ours.</summary>
    public IEnumerable<string> Times() =>
    [
        .. Table(
            $"| set | rows × features | trees | threads | fits | Ensembles | {string.Join(" | ", _peers)} | fastest other / ours |",
            "|---|--:|---|--:|--:|" + string.Concat(Enumerable.Repeat("--:|", _peers.Length + 2)),
            from work in Works
            from threads in _fits.Where(fit => fit.Work == work).Select(fit => fit.Threads).Distinct().Order()
            let ours = Of(work, threads, TrainingRun.Ours)
            where ours.Length > 0
            let others = _peers.Select(peer => Of(work, threads, peer)).ToArray()
            let cells = string.Join(" | ", others.Prepend(ours).Select(Parts))
            select Line($"| {work.Set} | {work.Rows:N0} × {work.Features} | {work.Setting} | {threads} | {ours.Length} | {cells} ")
                + $"| {PageText.Times(Fastest(work, threads) / Total(ours))} |"),
        .. Notes(_table, Known),
    ];

    /// <summary>For each line of <see cref="Times"/> its name and how many times ours the fastest other library takes.</summary>
    public IEnumerable<(string Name, double Ratio)> Ratios() =>
        from work in Works
        from threads in _fits.Where(fit => fit.Work == work).Select(fit => fit.Threads).Distinct().Order()
        let ours = Of(work, threads, TrainingRun.Ours)
        where ours.Length > 0
        let ratio = Fastest(work, threads) / Total(ours)
        where !double.IsNaN(ratio)
        select (Line($"{work.Set}, {work.Rows:N0} rows, {work.Setting}, {ThreadCount(threads)}"), ratio);

    /// <summary>Test log loss, the mean over the seeds, and what ours has less that of each other library, seed by seed.</summary>
    public IEnumerable<string> Losses() =>
    [
        .. Table(
            $"| set | rows | trees | seeds | Ensembles {string.Concat(_peers.Select(peer => $"| {peer} | ours − {peer} | in % "))}|",
            "|---|--:|---|--:|--:|" + string.Concat(Enumerable.Repeat("--:|--:|--:|", _peers.Length)),
            from work in Works
            let ours = LossBySeed(work, TrainingRun.Ours)
            where ours.Count > 0
            let cells = string.Concat(_peers.Select(peer => Compare(ours, LossBySeed(work, peer))))
            select Line($"| {work.Set} | {work.Rows:N0} | {work.Setting} | {ours.Count} | {ours.Values.Average():F5} {cells}|")),
        .. NotRun(_table, Known),
    ];

    /// <summary>What the second thread is worth, alone and beside two fits that share nothing.</summary>
    public IEnumerable<string> Threads() => Table(
        "| rows | trees | one thread, s | two threads, s | one / two | two fits at once, s each | of what these reach |",
        "|--:|---|--:|--:|--:|--:|--:|",
        from work in Works
        where work.Set == TrainingSet.Generated
        let one = Total(Of(work, 1, TrainingRun.Ours))
        let two = Total(Of(work, 2, TrainingRun.Ours))
        let twice = Total(Of(work, 2, TrainingRun.OursTwice))
        where !double.IsNaN(one) && !double.IsNaN(two)
        let share = double.IsNaN(twice) ? None : Line($"{100 * twice / (2 * two):F0}%")
        select Line($"| {work.Rows:N0} | {work.Setting} | {Number(one)} | {Number(two)} | {one / two:F2} | {Number(twice)} | {share} |"));

    private static string Compare(Dictionary<int, double> ours, Dictionary<int, double> theirs)
    {
        int[] seeds = [.. ours.Keys.Intersect(theirs.Keys).Order()];
        if (seeds.Length == 0)
        {
            return $"| {None} | {None} | {None} ";
        }

        var pair = PairedDifference.Of([.. seeds.Select(seed => ours[seed])], [.. seeds.Select(seed => theirs[seed])]);
        return Line($"| {pair.MeanSecond:F5} | {Difference(pair, digits: 5)} ");
    }

    private double Fastest(Work work, int threads) => _peers.Select(peer => Of(work, threads, peer))
        .Where(fits => fits.Length > 0).Select(Total).DefaultIfEmpty(double.NaN).Min();

    private static string Parts(Fit[] fits) => fits.Length == 0
        ? None
        : $"{Number(Statistics.Median(fits.Select(fit => fit.Bin)))} + {Number(Statistics.Median(fits.Select(fit => fit.Train)))}";

    private static double Total(Fit[] fits) => Statistics.Median(fits.Select(fit => fit.Bin + fit.Train));

    private Fit[] Of(Work work, int threads, string library) =>
        [.. _fits.Where(fit => fit.Work == work && fit.Threads == threads && fit.Library == library)];

    // Ours is the same at any number of threads; of the others the fit with the fewest counts.
    private Dictionary<int, double> LossBySeed(Work work, string library) => _fits
        .Where(fit => fit.Work == work && fit.Library == library)
        .GroupBy(fit => fit.Seed)
        .ToDictionary(fits => fits.Key, fits => fits.MinBy(fit => fit.Threads)!.LogLoss);

    private sealed record Work(string Set, int Rows, int Features, string Setting);

    private sealed record Fit(Work Work, int Threads, int Seed, string Library, double Bin, double Train, double LogLoss);
}
