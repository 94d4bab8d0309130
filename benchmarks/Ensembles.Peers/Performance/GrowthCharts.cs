using System.Text.Json.Nodes;
using Ensembles.Peers.Growth;
using Ensembles.Plots;
using Ensembles.Plots.Specs;
using static Ensembles.Peers.Performance.PageText;

namespace Ensembles.Peers.Performance;

/// <summary>The pictures of time and memory by size, on logarithmic axes, so that a power is a straight line.</summary>
internal static class GrowthCharts
{
    private const double Megabyte = 1e6;

    /// <summary>Files of specifications by their names in docs/charts.</summary>
    public static IEnumerable<(string Name, Chart Chart)> Of(GrowthTables tables)
    {
        GrowthCurve rows = GrowthCurve.All.First(curve => curve.Name == GrowthCurve.Rows);
        IReadOnlyList<GrowthTables.Measured> byRows = tables.Of(rows);
        if (byRows.Count > 1)
        {
            yield return ("growth-time", Time(byRows));
            yield return ("growth-memory", Memory(byRows));
        }

        (GrowthCurve Curve, IReadOnlyList<GrowthTables.Measured> Sizes)[] curves =
            [.. GrowthCurve.All.Select(curve => (curve, tables.Of(curve))).Where(pair => pair.Item2.Count > 1)];
        if (curves.Length > 1)
        {
            yield return ("growth-factors", Factors(curves));
        }
    }

    private static Chart Time(IReadOnlyList<GrowthTables.Measured> sizes)
    {
        double[] x = [.. sizes.Select(measured => (double)measured.Size.Rows)];
        double perRow = sizes[^1].Seconds / x[^1];
        return Draw(
            new LineChart(
            [
                new Line("binning and training", x, [.. sizes.Select(measured => measured.Seconds)]),
                new Line("binning", x, [.. sizes.Select(measured => measured.Bin)]),
            ])
            {
                XTitle = "rows",
                XFormat = "~s",
                YTitle = "seconds",
                Reference = (x[0], x[0] * perRow, x[^1], x[^1] * perRow),
            },
            "Time by rows",
            Line($"{GrowthSize.Usual.Features} features, {GrowthSize.Usual.Trees} trees of {GrowthSize.Usual.Leaves} leaves, one thread; ")
                + "dashed: proportional to the rows");
    }

    private static Chart Memory(IReadOnlyList<GrowthTables.Measured> sizes)
    {
        double[] x = [.. sizes.Select(measured => (double)measured.Size.Rows)];
        return Draw(
            new LineChart(
            [
                new Line("peak beyond the table", x, [.. sizes.Select(measured => measured.Peak / Megabyte)]),
                new Line("bound", x, [.. sizes.Select(measured => measured.Limit / Megabyte)]),
                new Line("the table of floats", x, [.. sizes.Select(measured => TableBytes(measured.Size) / Megabyte)]),
            ])
            {
                XTitle = "rows",
                XFormat = "~s",
                YTitle = "megabytes",
            },
            "Memory by rows",
            Line($"bound: {GrowthTables.BytesPerCell} B a cell, {GrowthTables.BytesPerRow} B a row and the histograms"));
    }

    /// <summary>All curves in one picture, by how many times the usual size and the usual time.</summary>
    private static Chart Factors((GrowthCurve Curve, IReadOnlyList<GrowthTables.Measured> Sizes)[] curves)
    {
        var lines = new List<Line>();
        foreach ((GrowthCurve curve, IReadOnlyList<GrowthTables.Measured> sizes) in curves)
        {
            GrowthTables.Measured? usual = sizes.FirstOrDefault(measured => measured.Size == curve.Usual);
            if (usual is not null)
            {
                lines.Add(new Line(
                    curve.Name,
                    [.. sizes.Select(measured => curve.Of(measured.Size) / (double)curve.Of(usual.Size))],
                    [.. sizes.Select(measured => measured.Seconds / usual.Seconds)]));
            }
        }

        double least = lines.Min(line => line.X[0]);
        double most = lines.Max(line => line.X[^1]);
        return Draw(
            new LineChart(lines)
            {
                XTitle = "times the usual size",
                YTitle = "times the usual time",
                Reference = (least, least, most, most),
            },
            "Time by everything",
            "one property varies, the others stay; dashed: proportional");
    }

    private static Chart Draw(LineChart lines, string title, string subtitle)
    {
        LineChart body = lines with { HasPoints = true, XScale = Logarithmic, YScale = Logarithmic };
        return new Chart(body.Build) { Title = title, Subtitle = subtitle };
    }

    private static double TableBytes(GrowthSize size) => sizeof(float) * (double)size.Rows * size.Features;

    private static JsonObject Logarithmic() => new() { ["type"] = "log", ["nice"] = false };
}
