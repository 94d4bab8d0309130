using System.Text.Json.Nodes;

namespace Ensembles.Plots.Specs;

/// <summary>A cloud of points.</summary>
internal sealed record PointChart
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly int _most;

    public PointChart(double[] x, double[] y)
    {
        _x = x;
        _y = y;
        _most = x.Length;
    }

    public required string XTitle { get; init; }

    public required string YTitle { get; init; }

    /// <summary>How many points are drawn at most.</summary>
    public int Most
    {
        get => _most;
        init => _most = value >= 1 ? value : throw new ArgumentOutOfRangeException("mostPoints", value, "At least 1 point must be drawn.");
    }

    public ulong Seed { get; init; }

    /// <summary>A line from one point to another that points are compared with.</summary>
    public (double X1, double Y1, double X2, double Y2)? Reference { get; init; }

    /// <summary>How many points are drawn, where it is not all of them.</summary>
    public string? Note => Sample.Note(_x.Length, Most, "rows");

    public JsonObject Build(Chart chart)
    {
        int[] rows = Sample.Rows(_x.Length, Most, Seed);
        JsonObject Position() => new()
        {
            ["x"] = Spec.Quantity("x", XTitle).With("scale", Spec.FreeScale()),
            ["y"] = Spec.Quantity("y", YTitle).With("scale", Spec.FreeScale()),
        };
        var layers = new JsonArray(new JsonObject
        {
            ["mark"] = Spec.Mark("circle")
                .With("color", Theme.Blue).With("size", 22).With("opacity", rows.Length > 300 ? 0.45 : 0.7).With("aria", false),
            ["encoding"] = Position().With(
                "tooltip", new JsonArray(Spec.Tip("row", "row", "d"), Spec.Tip("x", XTitle, ".5~g"), Spec.Tip("y", YTitle, ".5~g"))),
        });
        if (Reference is (double x1, double y1, double x2, double y2))
        {
            layers.Add((JsonNode)new JsonObject
            {
                ["data"] = Spec.Data(
                [
                    new JsonObject { ["x"] = Spec.Number(x1), ["y"] = Spec.Number(y1) },
                    new JsonObject { ["x"] = Spec.Number(x2), ["y"] = Spec.Number(y2) },
                ]),
                ["mark"] = Spec.Mark("line").With("color", Theme.Text).With("strokeDash", new JsonArray(5, 4)).With("strokeWidth", 1),
                ["encoding"] = Position(),
            });
        }

        return Spec.View(chart)
            .With("data", Spec.Data(rows.Select(r => new JsonObject
            {
                ["row"] = r,
                ["x"] = Spec.Number(_x[r]),
                ["y"] = Spec.Number(_y[r]),
            })))
            .With("layer", layers);
    }
}
