using System.Globalization;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The table of SHAP values beside XGBoost's.</summary>
internal static class ShapTable
{
    public static IEnumerable<string> Lines(ResultTable table) =>
    [
        "| what | trees | leaves a tree | rows | ours | XGBoost | times faster | greatest difference | sums miss by: ours | sums miss by: XGBoost |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        .. table.Rows.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"| {table.Text(row, "setting")} | {table.Text(row, "trees")} | {table.Text(row, "leaves")} | {table.Text(row, "rows")} "
                + $"| {Time(table.Number(row, "ours_ms"))} | {Time(table.Number(row, "xgboost_ms"))} "
                + $"| {Times(Ratio(table, row))} | {table.Text(row, "greatest_difference")} "
                + $"| {table.Text(row, "greatest_sum_error")} | {table.Text(row, "greatest_sum_error_xgboost")} |")),
        .. Notes(table, "XGBoost", "LightGBM", "shap (Python)"),
    ];

    /// <summary>How many times ours XGBoost takes.</summary>
    public static double Ratio(ResultTable table, string[] row) => table.Number(row, "xgboost_ms") / table.Number(row, "ours_ms");

    private static string Time(double milliseconds) => milliseconds >= 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:F2} s")
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F1} ms");
}
