using Ensembles.Peers.Boosting;
using Ensembles.Peers.Measuring;
using Ensembles.Trees;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The tables of AdaBoost and gradient boosting beside scikit-learn's, which has one thread.</summary>
internal sealed class BoostingTables
{
    private static readonly SplitMethod[] Methods = [SplitMethod.Histogram, SplitMethod.Exact];

    private readonly ResultTable _table;
    private readonly Fit[] _fits;

    public BoostingTables(ResultTable table)
    {
        _table = table;
        _fits =
        [
            .. table.Rows.Select(row => new Fit(
                new Work(table.Text(row, "task"), table.Integer(row, "rows")),
                table.Integer(row, "threads"),
                table.Integer(row, "seed"),
                table.Text(row, "library"),
                table.Number(row, "seconds"),
                table.Number(row, "test_error"))),
        ];
    }

    private IEnumerable<Work> Works => _fits.Select(fit => fit.Work).Distinct()
        .OrderBy(work => BoostingTask.All.Select(task => task.Name).ToList().IndexOf(work.Task))
        .ThenBy(work => work.Rows);

    /// <summary>Median seconds, and how many times ours scikit-learn takes.</summary>
    public IEnumerable<string> Times() =>
    [
        .. Table(
            $"| what | rows | split method | Ensembles, 1 thread, s | 2 threads, s | {BoostingSpeedRun.Peer}, s | by 1 thread | by 2 threads |",
            "|---|--:|---|--:|--:|--:|--:|--:|",
            from work in Works
            from method in Methods
            let one = Seconds(work, 1, BoostingTask.Ours(method))
            let two = Seconds(work, 2, BoostingTask.Ours(method))
            let theirs = Seconds(work, 1, BoostingSpeedRun.Peer)
            select Line($"| {work.Task} | {work.Rows:N0} | {method} | {Number(one)} | {Number(two)} | {Number(theirs)} ")
                + $"| {PageText.Times(theirs / one)} | {PageText.Times(theirs / two)} |"),
        .. Notes(_table, BoostingSpeedRun.Peer, "LightGBM"),
    ];

    /// <summary>The mean test errors, and how ours differ, seed by seed.</summary>
    public IEnumerable<string> Errors() =>
    [
        .. Table(
            $"| what | rows | split method | seeds | Ensembles | {BoostingSpeedRun.Peer} | difference | in % | z |",
            "|---|--:|---|--:|--:|--:|--:|--:|--:|",
            from work in Works
            from method in Methods
            let theirs = ErrorBySeed(work, BoostingSpeedRun.Peer)
            let ours = ErrorBySeed(work, BoostingTask.Ours(method)).Where(pair => theirs.ContainsKey(pair.Key)).ToDictionary()
            where ours.Count > 0
            select Line($"| {work.Task} | {work.Rows:N0} | {method} | {ours.Count} | {ours.Values.Average():F5} {Compare(theirs, ours)}|")),
        .. NotRun(_table, BoostingSpeedRun.Peer, "LightGBM"),
    ];

    /// <summary>For each comparison its name and how many times ours with one thread the other library takes.</summary>
    public IEnumerable<(string Name, double Ratio)> Ratios() =>
        from work in Works
        from method in Methods
        let ratio = Seconds(work, 1, BoostingSpeedRun.Peer) / Seconds(work, 1, BoostingTask.Ours(method))
        where !double.IsNaN(ratio)
        select (Line($"{work.Task}, {method}, {work.Rows:N0} rows"), ratio);

    private double Seconds(Work work, int threads, string library) => Statistics.Median(_fits
        .Where(fit => fit.Work == work && fit.Threads == threads && fit.Library == library && !double.IsNaN(fit.Seconds))
        .Select(fit => fit.Seconds));

    // Ours is the same at any number of threads.
    private Dictionary<int, double> ErrorBySeed(Work work, string library) => _fits
        .Where(fit => fit.Work == work && fit.Library == library)
        .GroupBy(fit => fit.Seed)
        .ToDictionary(fits => fits.Key, fits => fits.First().Error);

    private sealed record Work(string Task, int Rows);

    private sealed record Fit(Work Work, int Threads, int Seed, string Library, double Seconds, double Error);
}
