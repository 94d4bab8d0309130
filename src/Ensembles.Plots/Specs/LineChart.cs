using System.Text.Json.Nodes;

namespace Ensembles.Plots.Specs;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="X">Where its points lie.</param>
/// <param name="Y">As many values; what is not finite leaves a gap.</param>
internal sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>The standard error of each value, drawn as a band from one below to one above; null for none.</summary>
    public IReadOnlyList<double>? Errors { get; init; }

    /// <summary>A line over 0, 1, 2 … or over 1, 2, 3 …</summary>
    public static Line Of(string name, IReadOnlyList<double> values, int first) =>
        new(name, [.. Enumerable.Range(first, values.Count).Select(x => (double)x)], values);
}

/// <summary>Lines over a common axis, with what is to be seen on them.</summary>
internal sealed record LineChart(IReadOnlyList<Line> Lines)
{
    // Beyond this a line has more points than the screen has places for them.
    private const int MaxPoints = 2000;

    public string XTitle { get; init; } = string.Empty;

    public string YTitle { get; init; } = string.Empty;

    /// <summary>A scale of x other than a plain one.</summary>
    public Func<JsonObject>? XScale { get; init; }

    public Func<JsonObject>? YScale { get; init; }

    /// <summary>The mark of the lines: how they go from point to point.</summary>
    public string Interpolate { get; init; } = "linear";

    /// <summary>Whether points are drawn on the lines.</summary>
    public bool HasPoints { get; init; }

    /// <summary>A place that is marked by a line from below to above, with a text.</summary>
    public (double X, double Y, string Text)? Marked { get; init; }

    /// <summary>A point that is marked, with a text beside it.</summary>
    public (double X, double Y, string Text)? MarkedPlace { get; init; }

    /// <summary>A line from one point to another that others are compared with.</summary>
    public (double X1, double Y1, double X2, double Y2)? Reference { get; init; }

    /// <summary>Thin grey lines behind the others, without names.</summary>
    public IReadOnlyList<Line> Background { get; init; } = [];

    /// <summary>What stands on the x axis instead of the numbers 0, 1, 2 …; null for the numbers.</summary>
    public IReadOnlyList<string>? XNames { get; init; }

    /// <summary>Whether lines go from point to point in the order that these are given in, and not from left to right.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether only whole numbers stand on the x axis.</summary>
    public bool IsCounted { get; init; }

    /// <summary>How numbers stand on the x axis, as d3 formats them; null for the usual way.</summary>
    public string? XFormat { get; init; }

    public JsonObject Build(Chart chart)
    {
        IReadOnlyList<string> names = Labels.Distinct([.. Lines.Select(line => line.Name)]);
        var layers = new JsonArray();
        if (Reference is (double x1, double y1, double x2, double y2))
        {
            layers.Add((JsonNode)Compared(x1, y1, x2, y2));
        }

        if (Background.Count > 0)
        {
            layers.Add((JsonNode)BackgroundLines());
        }

        if (Lines.Any(line => line.Errors is not null))
        {
            layers.Add((JsonNode)Bands());
        }

        layers.Add((JsonNode)DrawnLines(names));
        if (Marked is (double x, double y, string text))
        {
            layers.Add((JsonNode)MarkedRule(x));
            layers.Add((JsonNode)MarkedPoint(x, y));
            layers.Add((JsonNode)MarkedText(x, text, IsRight(x)));
        }

        if (MarkedPlace is (double placeX, double placeY, string placeText))
        {
            layers.Add((JsonNode)MarkedPoint(placeX, placeY));
            layers.Add((JsonNode)PlaceText(placeX, placeY, placeText));
        }

        return Spec.View(chart).With("data", Spec.Data(Rows(names))).With("layer", layers);
    }

    private IEnumerable<JsonObject> Rows(IReadOnlyList<string> names)
    {
        for (int i = 0; i < Lines.Count; i++)
        {
            Line line = Lines[i];
            int step = Math.Max(1, (line.X.Count + MaxPoints - 1) / MaxPoints);
            for (int p = 0; p < line.X.Count; p++)
            {
                if (p % step != 0 && p != line.X.Count - 1 && !(Marked is (double marked, _, _) && line.X[p] == marked))
                {
                    continue;
                }

                JsonObject row = Point(line, p);
                row["line"] = names[i];
                if (line.Errors is not null)
                {
                    row["low"] = Spec.Number(line.Y[p] - line.Errors[p]);
                    row["high"] = Spec.Number(line.Y[p] + line.Errors[p]);
                    row["error"] = Spec.Number(line.Errors[p]);
                }

                yield return row;
            }
        }
    }

    private JsonObject Point(Line line, int p) => new()
    {
        ["x"] = XNames is null ? Spec.Number(line.X[p]) : XNames[(int)line.X[p]],
        ["y"] = Spec.Number(line.Y[p]),
    };

    private JsonObject BackgroundLines() => new()
    {
        ["data"] = Spec.Data(Background.SelectMany((line, i) => line.X.Select((_, p) => Point(line, p).With("line", i)))),
        ["mark"] = Spec.Mark("line").With("color", Theme.Grey).With("strokeWidth", 1).With("opacity", 0.35),
        ["encoding"] = Position().With("detail", new JsonObject { ["field"] = "line", ["type"] = "nominal" }),
    };

    private JsonObject DrawnLines(IReadOnlyList<string> names)
    {
        JsonObject mark = Spec.Mark("line").With("interpolate", Interpolate).With("strokeWidth", 2);
        if (IsOrdered)
        {
            mark["order"] = false;
        }

        if (HasPoints)
        {
            mark["point"] = new JsonObject { ["filled"] = true, ["size"] = 40 };
        }

        JsonObject tip = XNames is null ? Spec.Tip("x", XTitle, IsCounted ? ",d" : ".4~g") : Spec.TipName("x", XTitle);
        var tooltip = new JsonArray(tip, Spec.Tip("y", YTitle, ".4~g"));
        if (Lines.Any(line => line.Errors is not null))
        {
            tooltip.Add((JsonNode)Spec.Tip("error", "standard error", ".2~g"));
        }

        JsonObject encoding = Position();
        if (Lines.Count > 1)
        {
            encoding["color"] = Colour(names);
            tooltip.Insert(0, Spec.TipName("line", "line"));
        }
        else
        {
            mark["color"] = Theme.Blue;
        }

        encoding["tooltip"] = tooltip;
        return new JsonObject { ["mark"] = mark, ["encoding"] = encoding };
    }

    private JsonObject Bands()
    {
        var encoding = new JsonObject
        {
            ["x"] = X(),
            ["y"] = Y("low"),
            ["y2"] = Spec.Field("high"),
        };
        JsonObject mark = Spec.Mark("area").With("opacity", 0.2).With("interpolate", Interpolate);
        if (Lines.Count > 1)
        {
            encoding["color"] = new JsonObject { ["field"] = "line", ["type"] = "nominal" };
        }
        else
        {
            mark["color"] = Theme.Blue;
        }

        return new JsonObject
        {
            ["transform"] = new JsonArray(new JsonObject { ["filter"] = "isValid(datum.low)" }),
            ["mark"] = mark,
            ["encoding"] = encoding,
        };
    }

    private static JsonObject Colour(IReadOnlyList<string> names) => new()
    {
        ["field"] = "line",
        ["type"] = "nominal",
        ["scale"] = new JsonObject { ["domain"] = Spec.Strings(names) },
        ["legend"] = Spec.LegendOnTop(),
    };

    private JsonObject Position() => new() { ["x"] = X(), ["y"] = Y("y") };

    private JsonObject X()
    {
        if (XNames is not null)
        {
            return new JsonObject
            {
                ["field"] = "x",
                ["type"] = "ordinal",
                ["sort"] = null,
                ["title"] = XTitle,
                ["axis"] = new JsonObject { ["labelAngle"] = XNames.Count > 6 ? -40 : 0 },
            };
        }

        JsonObject x = Spec.Quantity("x", XTitle);
        x["scale"] = XScale?.Invoke() ?? new JsonObject { ["zero"] = false, ["nice"] = false };
        if (XFormat is not null)
        {
            x["axis"] = new JsonObject { ["format"] = XFormat };
        }
        else if (IsCounted)
        {
            x["axis"] = new JsonObject { ["tickMinStep"] = 1, ["format"] = ",d" };
        }

        return x;
    }

    private JsonObject Y(string field) => Spec.Quantity(field, YTitle).With("scale", YScale?.Invoke() ?? Spec.FreeScale());

    private JsonObject Compared(double x1, double y1, double x2, double y2) => new()
    {
        ["data"] = Spec.Data(
        [
            new JsonObject { ["x"] = Spec.Number(x1), ["y"] = Spec.Number(y1) },
            new JsonObject { ["x"] = Spec.Number(x2), ["y"] = Spec.Number(y2) },
        ]),
        ["mark"] = Spec.Mark("line")
            .With("color", Theme.Text).With("opacity", 0.5).With("strokeDash", new JsonArray(5, 4)).With("strokeWidth", 1),
        ["encoding"] = Position(),
    };

    private static JsonObject MarkedRule(double x) => new()
    {
        ["data"] = Spec.Data([new JsonObject()]),
        ["mark"] = Spec.Mark("rule").With("strokeDash", new JsonArray(4, 4)).With("opacity", 0.6),
        ["encoding"] = new JsonObject { ["x"] = Spec.Datum(x) },
    };

    private static JsonObject MarkedPoint(double x, double y) => new()
    {
        ["data"] = Spec.Data([new JsonObject()]),
        ["mark"] = Spec.Mark("point").With("filled", true).With("size", 60).With("color", Theme.Text),
        ["encoding"] = new JsonObject { ["x"] = Spec.Datum(x), ["y"] = Spec.Datum(y) },
    };

    private static JsonObject MarkedText(double x, string text, bool isRight) => new()
    {
        ["data"] = Spec.Data([new JsonObject { ["text"] = text }]),
        ["mark"] = Spec.Mark("text")
            .With("align", isRight ? "right" : "left").With("baseline", "top").With("dx", isRight ? -6 : 6).With("dy", 2),
        ["encoding"] = new JsonObject
        {
            ["x"] = Spec.Datum(x),
            ["y"] = Spec.Value(0),
            ["text"] = new JsonObject { ["field"] = "text", ["type"] = "nominal" },
        },
    };

    private static JsonObject PlaceText(double x, double y, string text) => new()
    {
        ["data"] = Spec.Data([new JsonObject { ["text"] = text }]),
        ["mark"] = Spec.Mark("text").With("align", "left").With("baseline", "top").With("dx", 8).With("dy", 8),
        ["encoding"] = new JsonObject
        {
            ["x"] = Spec.Datum(x),
            ["y"] = Spec.Datum(y),
            ["text"] = new JsonObject { ["field"] = "text", ["type"] = "nominal" },
        },
    };

    /// <summary>Whether there is more room left of a place than right of it.</summary>
    private bool IsRight(double x)
    {
        double first = Lines.Min(line => line.X.DefaultIfEmpty(x).Min());
        double last = Lines.Max(line => line.X.DefaultIfEmpty(x).Max());
        return x - first > last - x;
    }
}
