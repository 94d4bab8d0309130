using Ensembles.Peers.Measuring;
using Ensembles.Peers.Training;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The tables of time and memory by rows and by features.</summary>
internal sealed class GrowthTables
{
    private const double BytesPerCell = 3;
    private const double BytesPerRow = 32;
    private const double Megabyte = 1e6;

    private readonly ResultTable _table;
    private readonly Size[] _sizes;

    public GrowthTables(ResultTable table)
    {
        _table = table;
        _sizes =
        [
            .. table.Rows
                .GroupBy(row => (Setting: table.Text(row, "setting"), Threads: table.Integer(row, "threads"),
                    Rows: table.Integer(row, "rows"), Features: table.Integer(row, "features")))
                .OrderBy(group => group.Key)
                .Select(group => new Size(
                    group.Key.Setting,
                    group.Key.Threads,
                    group.Key.Rows,
                    group.Key.Features,
                    group.Count(),
                    Median(group, "bin_seconds"),
                    Median(group, "train_seconds"),
                    Median(group, "peak_bytes"),
                    Median(group, "round_bytes"))),
        ];
    }

    public IEnumerable<string> ByRows() =>
    [
        .. Sizes(size => size.Features == GrowthRun.UsualFeatures, size => size.Rows, "rows"),
        .. Memory(),
        .. Notes(_table),
    ];

    public IEnumerable<string> ByFeatures() =>
        Sizes(size => size.Rows == FixedRows(size), size => size.Features, "features");

    // The features vary at one number of rows, the one that has the most sizes.
    private int FixedRows(Size of) => _sizes
        .Where(size => size.Setting == of.Setting && size.Threads == of.Threads)
        .GroupBy(size => size.Rows)
        .MaxBy(group => group.Count())!.Key;

    private IEnumerable<string> Sizes(Func<Size, bool> choice, Func<Size, int> measure, string what)
    {
        yield return $"| trees | threads | rows × features | fits | bin, s | train, s | exponent from the line above | peak, MB "
            + $"| {BytesPerCell} B a cell + {BytesPerRow} B a row, MB | rest, MB | B allocated a tree |";
        yield return "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";
        var exponents = new List<string>();
        foreach (IGrouping<(string Setting, int Threads), Size> group in _sizes.Where(choice).GroupBy(size => (size.Setting, size.Threads)))
        {
            Size? last = null;
            foreach (Size size in group)
            {
                string local = last is null
                    ? None
                    : Line($"{Statistics.Exponent([(measure(last), last.Seconds), (measure(size), size.Seconds)]):F2}");
                double limit = (BytesPerCell * size.Rows * size.Features) + (BytesPerRow * size.Rows);
                yield return Line($"| {size.Setting} | {size.Threads} | {size.Rows:N0} × {size.Features} | {size.Fits} ")
                    + $"| {Number(size.Bin)} | {Number(size.Train)} | {local} | {Number(size.Peak / Megabyte)} "
                    + Line($"| {Number(limit / Megabyte)} | {Number((size.Peak - limit) / Megabyte)} | {size.RoundBytes:N0} |");
                last = size;
            }

            if (group.Count() > 1)
            {
                double all = Statistics.Exponent([.. group.Select(size => ((double)measure(size), size.Seconds))]);
                exponents.Add(Line($"{group.Key.Setting}, {group.Key.Threads} thread(s): time ∝ {what}^{all:F3}"));
            }
        }

        if (exponents.Count > 0)
        {
            yield return string.Empty;
            yield return $"The exponent of the line of least squares through all logarithms: {string.Join("; ", exponents)}.";
        }
    }

    private IEnumerable<string> Memory()
    {
        foreach (IGrouping<(string Setting, int Threads), Size> group in _sizes.GroupBy(size => (size.Setting, size.Threads)))
        {
            (double[], double)[] points =
                [.. group.Select(size => (X: (double[])[(double)size.Rows * size.Features, size.Rows, size.Features, 1], size.Peak))];
            if (points.Length > 4 && Statistics.FitRelative(points) is [double cell, double row, double feature, double rest])
            {
                yield return string.Empty;
                yield return Line($"Least squares over all sizes measured, {group.Key.Setting}, {group.Key.Threads} thread(s): ")
                    + Line($"peak ≈ {cell:F2} B a cell + {row:F1} B a row + {feature / 1e6:F3} MB a feature + {rest / 1e6:F1} MB.");
            }
        }
    }

    private double Median(IEnumerable<string[]> rows, string column) => Statistics.Median(rows.Select(row => _table.Number(row, column)));

    private sealed record Size(
        string Setting, int Threads, int Rows, int Features, int Fits, double Bin, double Train, double Peak, double RoundBytes)
    {
        public double Seconds => Bin + Train;
    }
}
