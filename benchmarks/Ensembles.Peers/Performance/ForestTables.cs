using Ensembles.Peers.Forests;
using Ensembles.Peers.Measuring;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The tables of forests and trees beside other libraries.</summary>
internal sealed class ForestTables
{
    private static readonly string[] Known = ["scikit-learn", "ranger", "LightGBM"];

    private readonly ResultTable _table;
    private readonly Fit[] _fits;
    private readonly string[] _peers;

    public ForestTables(ResultTable table)
    {
        _table = table;
        _fits =
        [
            .. table.Rows.Select(row => new Fit(
                new Work(table.Text(row, "task"), table.Integer(row, "rows"), table.Integer(row, "threads")),
                table.Integer(row, "seed"),
                table.Text(row, "library"),
                table.Number(row, "seconds"),
                table.Number(row, "test_error"))),
        ];
        _peers = [.. Known.Where(peer => _fits.Any(fit => fit.Library == peer))];
    }

    private IEnumerable<Work> Works => _fits.Where(fit => fit.Library == ForestSpeedRun.Ours).Select(fit => fit.Work).Distinct()
        .OrderBy(work => ForestTask.All.Select(task => task.Name).ToList().IndexOf(work.Task))
        .ThenBy(work => work.Rows)
        .ThenBy(work => work.Threads);

    public IEnumerable<string> Times() =>
    [
        .. Table(
            $"| what | rows | threads | fits | Ensembles, s {string.Concat(_peers.Select(peer => $"| {peer}, s | by ours "))}|",
            "|---|--:|--:|--:|--:|" + string.Concat(Enumerable.Repeat("--:|--:|", _peers.Length)),
            from work in Works
            let fits = _fits.Count(fit => fit.Work == work && fit.Library == ForestSpeedRun.Ours && !double.IsNaN(fit.Seconds))
            where fits > 0
            let ours = Seconds(work, ForestSpeedRun.Ours)
            let cells = _peers.Select(peer => Seconds(work, peer)).Select(theirs => $"| {Number(theirs)} | {PageText.Times(theirs / ours)} ")
            select Line($"| {work.Task} | {work.Rows:N0} | {work.Threads} | {fits} | {Number(ours)} {string.Concat(cells)}|")),
        .. Notes(_table, Known),
    ];

    public IEnumerable<string> Errors() =>
    [
        .. Table(
            $"| what | rows | seeds | Ensembles {string.Concat(_peers.Select(peer => $"| {peer} | ours − {peer} | in % | z "))}|",
            "|---|--:|--:|--:|" + string.Concat(Enumerable.Repeat("--:|--:|--:|--:|", _peers.Length)),
            from work in Works
            let ours = Errors(work, ForestSpeedRun.Ours)
            let cells = string.Concat(_peers.Select(peer => Compare(Errors(work, peer), ours)))
            select Line($"| {work.Task} | {work.Rows:N0} | {ours.Count} | {ours.Values.Average():F5} {cells}|")),
        .. NotRun(_table, Known),
    ];

    /// <summary>For each comparison its name and how many times ours the faster of the other libraries takes.</summary>
    public IEnumerable<(string Name, double Ratio)> Ratios() =>
        from work in Works
        let fastest = _peers.Select(peer => Seconds(work, peer)).Where(seconds => !double.IsNaN(seconds)).DefaultIfEmpty(double.NaN).Min()
        select (Line($"{work.Task}, {work.Rows:N0} rows, {ThreadCount(work.Threads)}"), fastest / Seconds(work, ForestSpeedRun.Ours));

    private double Seconds(Work work, string library) => Statistics.Median(
        _fits.Where(fit => fit.Work == work && fit.Library == library && !double.IsNaN(fit.Seconds)).Select(fit => fit.Seconds));

    private Dictionary<int, double> Errors(Work work, string library) =>
        _fits.Where(fit => fit.Work == work && fit.Library == library).ToDictionary(fit => fit.Seed, fit => fit.Error);

    private sealed record Work(string Task, int Rows, int Threads);

    private sealed record Fit(Work Work, int Seed, string Library, double Seconds, double Error);
}
