using Ensembles.Peers.Growth;
using Ensembles.Peers.Measuring;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The tables of time and memory by rows, features, trees, bins, leaves and threads.</summary>
internal sealed class GrowthTables
{
    public const double BytesPerCell = 3;
    public const double BytesPerRow = 32;

    private const double Megabyte = 1e6;

    private readonly ResultTable _table;
    private readonly Measured[] _sizes;

    public GrowthTables(ResultTable table)
    {
        _table = table;
        _sizes =
        [
            .. table.Rows
                .GroupBy(row => GrowthSize.Of([.. GrowthSize.Columns.Select(column => table.Text(row, column))]))
                .Select(group => new Measured(
                    group.Key,
                    group.Count(),
                    Median(group, "bin_seconds"),
                    Median(group, "train_seconds"),
                    Median(group, "peak_bytes"),
                    Median(group, "tree_bytes"))),
        ];
    }

    /// <summary>The sizes of a curve that were measured, in its order.</summary>
    public IReadOnlyList<Measured> Of(GrowthCurve curve) => [.. curve.Pick(_sizes, measured => measured.Size)];

    /// <summary>A line for each curve: between which sizes, and with what exponent the time grows.</summary>
    public IEnumerable<string> Exponents() =>
    [
        .. Table(
            "| by | from | to | time, s | exponent | bound |",
            "|---|--:|--:|--:|--:|--:|",
            from curve in GrowthCurve.All
            let sizes = Of(curve)
            where sizes.Count > 1
            let exponent = Exponent(curve, sizes)
            let isBroken = exponent > curve.MostExponent
            select Line($"| {curve.Name} | {curve.Of(sizes[0].Size):N0} | {curve.Of(sizes[^1].Size):N0} ")
                + $"| {Number(sizes[0].Seconds)} to {Number(sizes[^1].Seconds)} "
                + Line($"| {(isBroken ? "**" : string.Empty)}{exponent:F3}{(isBroken ? "**" : string.Empty)} ")
                + (curve.MostExponent is double bound ? Line($"| ≤ {bound:F2} |") : $"| {None} |")),
        .. Notes(_table),
    ];

    /// <summary>The sizes of all curves, one table a curve.</summary>
    public IEnumerable<string> Sizes() => GrowthCurve.All.Where(curve => Of(curve).Count > 0).SelectMany(Sizes);

    /// <summary>How the memory splits into parts, and where it passes its bound.</summary>
    public IEnumerable<string> Memory()
    {
        Measured[] above = [.. _sizes.Where(measured => measured.Peak > measured.Limit)];
        yield return above.Length == 0
            ? Line($"None of {_sizes.Length} sizes has a peak above that.")
            : Line($"{above.Length} of {_sizes.Length} sizes have a peak above that, at most by ")
                + Line($"{above.Max(measured => measured.Peak - measured.Limit) / Megabyte:F1} MB; ")
                + Line($"no size of more than {above.Max(measured => measured.Size.Rows):N0} rows has.");
        GrowthSize usual = GrowthSize.Usual;
        (double[], double)[] points =
        [
            .. from measured in _sizes
               let size = measured.Size
               where size == usual with { Rows = size.Rows, Features = size.Features }
               select ((double[])[(double)size.Rows * size.Features, size.Rows, size.Features, 1], measured.Peak),
        ];
        if (points.Length > 4 && Statistics.FitRelative(points) is [double cell, double row, double feature, double rest])
        {
            yield return string.Empty;
            yield return Line($"Least squares over the sizes of {usual.Trees} trees, {usual.Bins} bins, {usual.Leaves} leaves and ")
                + Line($"{usual.Threads} thread: peak ≈ {cell:F2} B a cell + {row:F1} B a row + {feature / Megabyte:F3} MB a feature ")
                + Line($"+ {rest / Megabyte:F1} MB.");
        }
    }

    private static double Exponent(GrowthCurve curve, IEnumerable<Measured> sizes) =>
        Statistics.Exponent([.. sizes.Select(measured => ((double)curve.Of(measured.Size), measured.Seconds))]);

    private IEnumerable<string> Sizes(GrowthCurve curve)
    {
        IReadOnlyList<Measured> sizes = Of(curve);
        yield return string.Empty;
        yield return $"| {curve.Name} | fits | bin, s | train, s | exponent from the line above | peak, MB | bound, MB "
            + "| B allocated a tree |";
        yield return "|--:|--:|--:|--:|--:|--:|--:|--:|";
        for (int i = 0; i < sizes.Count; i++)
        {
            Measured measured = sizes[i];
            string local = i == 0 ? None : Line($"{Exponent(curve, [sizes[i - 1], measured]):F2}");
            string peak = Number(measured.Peak / Megabyte);
            yield return Line($"| {curve.Of(measured.Size):N0} | {measured.Fits} | {Number(measured.Bin)} | {Number(measured.Train)} ")
                + $"| {local} | {(measured.Peak > measured.Limit ? $"**{peak}**" : peak)} "
                + Line($"| {Number(measured.Limit / Megabyte)} | {measured.TreeBytes:N0} |");
        }
    }

    private double Median(IEnumerable<string[]> rows, string column) => Statistics.Median(rows.Select(row => _table.Number(row, column)));

    /// <summary>The medians of the fits of a size.</summary>
    internal sealed record Measured(GrowthSize Size, int Fits, double Bin, double Train, double Peak, double TreeBytes)
    {
        public double Seconds => Bin + Train;

        /// <summary>What the peak is to stay below: bytes a cell and a row, and the histograms.</summary>
        public double Limit => (BytesPerCell * Size.Rows * Size.Features) + (BytesPerRow * Size.Rows) + Size.PoolBytes;
    }
}
