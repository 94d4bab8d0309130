using System.Globalization;
using System.Text.Json.Nodes;
using Ensembles.Metrics;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    private const int SquareSize = 360;

    /// <summary>A receiver operating characteristic, beside that of a score that says nothing, with its best point.</summary>
    /// <param name="curve">The curve.</param>
    public static Chart Roc(RocCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        RocPoint best = curve.Best;
        string text = $"threshold {Spec.Text(best.Threshold, 3)}: {Spec.Text(best.TruePositiveRate, 3)} of the positives";
        return Roc([("score", curve)], (best.FalsePositiveRate, best.TruePositiveRate, text)) with
        {
            Subtitle = $"area under the curve {Spec.Text(curve.Area)}",
        };
    }

    /// <summary>The receiver operating characteristics of several scores.</summary>
    /// <param name="curves">For each its name and the curve; the legend has the areas under them.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Chart Roc(params ReadOnlySpan<(string Name, RocCurve Curve)> curves)
    {
        var named = new List<(string, RocCurve)>();
        foreach ((string name, RocCurve curve) in curves)
        {
            ArgumentNullException.ThrowIfNull(curve, nameof(curves));
            named.Add(($"{name} (AUC {curve.Area.ToString("F3", CultureInfo.InvariantCulture)})", curve));
        }

        return Roc(named, marked: null);
    }

    /// <summary>Precision by recall, beside the precision of a score that says nothing.</summary>
    /// <param name="curve">The curve.</param>
    public static Chart PrecisionRecall(PrecisionRecallCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return PrecisionRecall([("score", curve)]) with { Subtitle = $"average precision {Spec.Text(curve.AveragePrecision)}" };
    }

    /// <summary>Precision by recall of several scores.</summary>
    /// <param name="curves">For each its name and the curve; the legend has the average precisions.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Chart PrecisionRecall(params ReadOnlySpan<(string Name, PrecisionRecallCurve Curve)> curves)
    {
        var lines = new List<Line>();
        double share = 0;
        foreach ((string name, PrecisionRecallCurve curve) in curves)
        {
            ArgumentNullException.ThrowIfNull(curve, nameof(curves));
            share = curve.PositiveShare;
            string average = curve.AveragePrecision.ToString("F3", CultureInfo.InvariantCulture);
            lines.Add(new Line(
                $"{name} (average {average})",
                [.. curve.Points.Select(point => point.Recall)],
                [.. curve.Points.Select(point => point.Precision)]));
        }

        CheckLengths(lines.Count, lines.Count, nameof(curves));
        LineChart body = Shares(lines) with
        {
            XTitle = "recall: share of the positives that are found",
            YTitle = "precision: share of those found that are positive",
            Reference = (0, share, 1, share),

            // From recall 1 to 0 each precision holds until the next point.
            Interpolate = "step-after",
        };
        return new Chart(body.Build) { Title = "Precision and recall", Width = SquareSize, Height = SquareSize };
    }

    /// <summary>What was observed beside what was predicted, over a histogram of the predictions.</summary>
    /// <param name="curve">The curve.</param>
    public static Chart Calibration(CalibrationCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Calibration(("model", curve)) with { Subtitle = $"expected calibration error {Spec.Text(curve.ExpectedError, 3)}" };
    }

    /// <summary>What was observed beside what was predicted by several models, over histograms of their predictions.</summary>
    /// <param name="curves">For each its name and the curve.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Chart Calibration(params ReadOnlySpan<(string Name, CalibrationCurve Curve)> curves)
    {
        var named = new List<(string Name, CalibrationCurve Curve)>();
        foreach ((string name, CalibrationCurve curve) in curves)
        {
            ArgumentNullException.ThrowIfNull(curve, nameof(curves));
            named.Add((name, curve));
        }

        CheckLengths(named.Count, named.Count, nameof(curves));
        LineChart lines = Shares(
        [
            .. named.Select(model => new Line(
                model.Name,
                [.. model.Curve.Bins.Select(bin => bin.MeanProbability)],
                [.. model.Curve.Bins.Select(bin => bin.ObservedShare)])),
        ]) with
        {
            XTitle = "mean predicted probability",
            YTitle = "observed share",
            Reference = (0, 0, 1, 1),
            HasPoints = true,
        };
        return new Chart(chart => new JsonObject { ["vconcat"] = new JsonArray(lines.Build(chart), Histogram(chart, named)) })
        {
            Title = "Calibration",
            Width = SquareSize,
            Height = SquareSize,
        };
    }

    private static Chart Roc(List<(string Name, RocCurve Curve)> curves, (double, double, string)? marked)
    {
        CheckLengths(curves.Count, curves.Count, nameof(curves));
        LineChart body = Shares(
        [
            .. curves.Select(score => new Line(
                score.Name,
                [.. score.Curve.Points.Select(point => point.FalsePositiveRate)],
                [.. score.Curve.Points.Select(point => point.TruePositiveRate)])),
        ]) with
        {
            XTitle = "false positive rate: share of the negatives that are called positive",
            YTitle = "true positive rate: share of the positives that are",
            Reference = (0, 0, 1, 1),
            MarkedPlace = marked,
        };
        return new Chart(body.Build) { Title = "Receiver operating characteristic", Width = SquareSize, Height = SquareSize };
    }

    /// <summary>Lines in the unit square.</summary>
    private static LineChart Shares(IReadOnlyList<Line> lines) => new(lines)
    {
        XScale = () => Spec.Domain(0, 1),
        YScale = () => Spec.Domain(0, 1),
        IsOrdered = true,
    };

    private static JsonObject Histogram(Chart chart, List<(string Name, CalibrationCurve Curve)> models)
    {
        const int share = 4;
        IReadOnlyList<string> names = Labels.Distinct([.. models.Select(model => model.Name)]);
        IEnumerable<JsonObject> rows = models.SelectMany((model, m) => model.Curve.Bins.Select(bin => new JsonObject
        {
            ["line"] = names[m],
            ["low"] = Spec.Number(bin.Lower),
            ["high"] = Spec.Number(bin.Upper),
            ["rows"] = Spec.Number(bin.Weight),
        }));
        JsonObject mark = Spec.Mark("bar").With("binSpacing", 1).With("opacity", models.Count > 1 ? 0.5 : 0.8);
        var encoding = new JsonObject
        {
            ["x"] = Spec.Quantity("low", "predicted probability")
                .With("scale", Spec.Domain(0, 1)).With("bin", new JsonObject { ["binned"] = true }),
            ["x2"] = Spec.Field("high"),
            ["y"] = Spec.Quantity("rows", "rows").With("stack", null).With("axis", new JsonObject { ["tickCount"] = 3 }),
            ["tooltip"] = new JsonArray(
                Spec.Tip("low", "above", ".3~g"), Spec.Tip("high", "up to", ".3~g"), Spec.Tip("rows", "rows", ",.4~g")),
        };
        if (models.Count > 1)
        {
            encoding["color"] = new JsonObject { ["field"] = "line", ["type"] = "nominal", ["scale"] = NamesScale(names) };
        }
        else
        {
            mark["color"] = Theme.Blue;
        }

        return new JsonObject
        {
            ["width"] = chart.Width,
            ["height"] = Math.Max(1, chart.Height / share),
            ["data"] = Spec.Data(rows),
            ["mark"] = mark,
            ["encoding"] = encoding,
        };
    }

    private static JsonObject NamesScale(IReadOnlyList<string> names) => new() { ["domain"] = Spec.Strings(names) };
}
