using System.Globalization;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Ensembles.Benchmarks;

/// <summary>What a quick run has measured, all classes in one table.</summary>
internal static class QuickTable
{
    public static IEnumerable<string> Lines(IEnumerable<Summary> summaries) =>
    [
        "| benchmark | cell | mean | ± | allocated |",
        "|---|---|--:|--:|--:|",
        .. summaries.SelectMany(summary => summary.Reports).Select(Line),
    ];

    private static string Line(BenchmarkReport report)
    {
        BenchmarkCase of = report.BenchmarkCase;
        string type = of.Descriptor.Type.Name.Replace("Benchmarks", string.Empty, StringComparison.Ordinal);
        string name = $"{type}.{of.Descriptor.WorkloadMethod.Name}";
        string cell = string.Join(", ", of.Parameters.Items.Select(item => $"{item.Name} {Text(item.Value)}"));
        if (report.ResultStatistics is not { } times)
        {
            return $"| {name} | {cell} | **failed** | | |";
        }

        long? bytes = report.GcStats.GetBytesAllocatedPerOperation(of);
        return $"| {name} | {cell} | {Time(times.Mean)} | {Time(times.StandardDeviation)} "
            + $"| {(bytes is { } count ? Size(count) : "?")} |";
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Time(double nanoseconds)
    {
        (double unit, string name) = nanoseconds switch
        {
            < 1e3 => (1, "ns"),
            < 1e6 => (1e3, "µs"),
            < 1e9 => (1e6, "ms"),
            _ => (1e9, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / unit:N1} {name}");
    }

    private static string Size(long bytes) => bytes < 10_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:N0} kB");
}
