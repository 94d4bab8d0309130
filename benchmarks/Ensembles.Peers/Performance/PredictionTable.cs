using System.Globalization;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The table of prediction beside XGBoost's and scikit-learn's.</summary>
internal static class PredictionTable
{
    public static IEnumerable<string> Lines(ResultTable table) =>
    [
        "| trees | leaves a tree | way | ours | XGBoost, same trees | scikit-learn, its own | ours, per tree | times faster | aim "
            + "| one row: ours | one row: XGBoost |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        .. table.Rows.Select(row => Line(table, row)),
        .. Notes(table, "XGBoost", "scikit-learn", "LightGBM"),
    ];

    /// <summary>How many times ours the faster of the other libraries takes for a row of a batch.</summary>
    public static double Ratio(ResultTable table, string[] row)
    {
        double xgboost = table.Number(row, "xgboost_ns");
        double sklearn = table.Number(row, "sklearn_ns");
        return (double.IsNaN(sklearn) ? xgboost : Math.Min(xgboost, sklearn)) / table.Number(row, "ours_ns");
    }

    /// <summary>How many times ours XGBoost takes for a call with one row.</summary>
    public static double RatioOfOneRow(ResultTable table, string[] row) =>
        table.Number(row, "xgboost_one_row_ns") / table.Number(row, "ours_one_row_ns");

    private static string Line(ResultTable table, string[] row)
    {
        double ours = table.Number(row, "ours_ns");
        string[] cells =
        [
            table.Text(row, "setting"),
            table.Number(row, "leaves").ToString("F0", CultureInfo.InvariantCulture),
            table.Text(row, "path"),
            Time(ours),
            Time(table.Number(row, "xgboost_ns")),
            Time(table.Number(row, "sklearn_ns")),
            (ours / table.Integer(row, "trees")).ToString("F2", CultureInfo.InvariantCulture) + " ns",
            Times(Ratio(table, row)),
            table.Text(row, "aim"),
            Time(table.Number(row, "ours_one_row_ns")),
            Time(table.Number(row, "xgboost_one_row_ns")),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Time(double nanoseconds) => double.IsNaN(nanoseconds)
        ? None
        : nanoseconds < 1000
            ? nanoseconds.ToString("F0", CultureInfo.InvariantCulture) + " ns"
            : (nanoseconds / 1000).ToString("F1", CultureInfo.InvariantCulture) + " µs";
}
