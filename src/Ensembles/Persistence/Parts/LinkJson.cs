using Ensembles.Json;
using Ensembles.Losses;

namespace Ensembles.Persistence.Parts;

/// <summary>How scores become predictions, by name.</summary>
internal static class LinkJson
{
    private static readonly (string Name, Link Link)[] Links =
    [
        ("identity", Link.Identity),
        ("log", Link.Log),
        ("logit", Link.Logit),
        ("logistic", Link.Logistic),
        ("half-logistic", Link.HalfLogistic),
        ("softmax", Link.Softmax),
    ];

    public static void Write(JsonOutput json, Link link) => json.Writer.WriteString("link", Links.Single(known => known.Link == link).Name);

    /// <summary>Reads a link that makes so many predictions of so many scores.</summary>
    /// <param name="json">The text.</param>
    /// <param name="scores">The number of scores of a row.</param>
    /// <param name="classes">The number of classes; null for a number.</param>
    /// <param name="ofNumber">The link that a number has.</param>
    public static Link Read(JsonCursor json, int scores, int? classes, Link ofNumber)
    {
        json.Property("link");
        string name = json.String();
        int index = Array.FindIndex(Links, known => string.Equals(known.Name, name, StringComparison.Ordinal));
        Link link = index >= 0 ? Links[index].Link : throw json.Fail($"there is no link '{name}'.");
        bool fits = classes is null ? link == ofNumber && scores == 1
            : link == Link.Softmax ? classes == scores
            : (link == Link.Logistic || link == Link.HalfLogistic) && classes == 2 && scores == 1;
        return fits ? link : throw json.Fail(FormattableString.Invariant($"{name} does not make predictions of {scores} scores here."));
    }
}
