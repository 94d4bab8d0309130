using Ensembles.Peers.GbmPerf;
using Ensembles.Peers.Measuring;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The table of GBM-perf in the form of its author: a line a tool, the time and the area under the ROC curve by rows.</summary>
internal sealed class GbmPerfTable
{
    private readonly ResultTable _table;
    private readonly Fit[] _fits;

    public GbmPerfTable(ResultTable table)
    {
        _table = table;
        _fits =
        [
            .. table.Rows.Select(row => new Fit(
                table.Text(row, "data"),
                table.Integer(row, "rows"),
                table.Integer(row, "threads"),
                table.Text(row, "tool"),
                table.Number(row, "seconds"),
                table.Number(row, "auc"))),
        ];
    }

    public IEnumerable<string> Lines()
    {
        int[] sizes = [.. _fits.Select(fit => fit.Rows).Distinct().Order()];
        string[] tools = [GbmPerfRun.Ours, GbmPerfRun.Native, GbmPerfRun.OursOneHot, GbmPerfRun.OneHot];
        return
        [
            "| data | threads | Tool "
                + string.Concat(sizes.Select(rows => $"| Time [s] {Short(rows)} "))
                + string.Concat(sizes.Select(rows => $"| AUC {Short(rows)} ")) + "|",
            "|---|--:|---|" + string.Concat(Enumerable.Repeat("--:|", 2 * sizes.Length)),
            .. from data in _fits.Select(fit => fit.Data).Distinct(StringComparer.Ordinal)
               from threads in _fits.Where(fit => fit.Data == data).Select(fit => fit.Threads).Distinct().Order()
               from tool in tools
               where _fits.Any(fit => fit.Data == data && fit.Threads == threads && fit.Tool == tool)
               let times = sizes.Select(rows => $"| {Number(Median(data, rows, threads, tool, fit => fit.Seconds))} ")
               let areas = sizes.Select(rows => $"| {Area(Median(data, rows, threads, tool, fit => fit.Area))} ")
               select Line($"| {data} | {threads} | {tool} ") + string.Concat(times) + string.Concat(areas) + "|",
            .. Notes(_table, "XGBoost", "LightGBM"),
        ];
    }

    /// <summary>For each size and way of categories its name and how many times ours XGBoost takes.</summary>
    public IEnumerable<(string Name, double Ratio)> Ratios() =>
        from size in _fits.Select(fit => (fit.Data, fit.Rows, fit.Threads)).Distinct()
        from way in ((string Name, string Ours, string Theirs)[])
        [
            ("native categories", GbmPerfRun.Ours, GbmPerfRun.Native), ("one-hot", GbmPerfRun.OursOneHot, GbmPerfRun.OneHot),
        ]
        let ratio = Median(size.Data, size.Rows, size.Threads, way.Theirs, fit => fit.Seconds)
            / Median(size.Data, size.Rows, size.Threads, way.Ours, fit => fit.Seconds)
        where !double.IsNaN(ratio)
        select (Line($"{size.Data}, {way.Name}, {size.Rows:N0} rows, {ThreadCount(size.Threads)}"), ratio);

    private static string Area(double area) => double.IsNaN(area) ? None : Line($"{area:F4}");

    private static string Short(int rows) => rows switch
    {
        >= 1_000_000 when rows % 1_000_000 == 0 => Line($"{rows / 1_000_000}M"),
        >= 1_000 when rows % 1_000 == 0 => Line($"{rows / 1_000}K"),
        _ => Line($"{rows:N0}"),
    };

    private double Median(string data, int rows, int threads, string tool, Func<Fit, double> of) => Statistics.Median(_fits
        .Where(fit => fit.Data == data && fit.Rows == rows && fit.Threads == threads && fit.Tool == tool)
        .Select(of));

    private sealed record Fit(string Data, int Rows, int Threads, string Tool, double Seconds, double Area);
}
