using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The table of the inner loops of training.</summary>
internal static class KernelTable
{
    public static IEnumerable<string> Lines(ResultTable table) =>
    [
        "| loop | unit | nanoseconds | cycles |",
        "|---|---|--:|--:|",
        .. table.Rows.Select(row => FormattableString.Invariant(
            $"| {table.Text(row, "kernel")} | {table.Text(row, "unit")} | {table.Number(row, "nanoseconds"):F2} | {table.Number(row, "cycles"):F1} |")),
        .. Notes(table),
    ];
}
