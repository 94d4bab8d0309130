using System.Globalization;
using System.Text.Json;
using Ensembles.Json;
using Ensembles.NewtonBoosting;

namespace Ensembles.Catalog.Values;

/// <summary>
/// The losses of the library by their names, with their number in brackets. One of the user's own keeps its name and link only: what computes
/// it is not in a file.
/// </summary>
internal sealed class NewtonLossFormat : ValueFormat<NewtonLoss>
{
    private static readonly (string Name, Func<double?, NewtonLoss?> Make)[] Losses =
    [
        ("SquaredError", number => number is null ? NewtonLoss.SquaredError : null),
        ("Logistic", number => number is null ? NewtonLoss.Logistic : null),
        ("Poisson", number => number is null ? NewtonLoss.Poisson : null),
        ("Gamma", number => number is null ? NewtonLoss.Gamma : null),
        ("Tweedie", number => number is double variancePower ? NewtonLoss.Tweedie(variancePower) : NewtonLoss.Tweedie()),
        ("PseudoHuber", number => number is double slope ? NewtonLoss.PseudoHuber(slope) : NewtonLoss.PseudoHuber()),
    ];

    private NewtonLossFormat()
    {
    }

    public static NewtonLossFormat Instance { get; } = new();

    public override string Accepts => "SquaredError, Logistic, Poisson, Gamma, Tweedie(1.5) or PseudoHuber(1)";

    public override string Show(NewtonLoss value) => value.Name;

    public override NewtonLoss Parse(string name, string text) => Find(text.Trim(), StringComparison.OrdinalIgnoreCase)
        ?? throw new FormatException($"{name} is {Accepts}, not '{text}'. {NearestNames.Suggest(text, Losses.Select(loss => loss.Name))}");

    public override void Write(Utf8JsonWriter json, NewtonLoss value)
    {
        if (IsOfTheLibrary(value))
        {
            json.WriteStringValue(value.Name);
            return;
        }

        json.WriteStartObject();
        json.WriteString("custom", value.Name);
        json.WriteString("link", value.Link.ToString());
        json.WriteEndObject();
    }

    public override NewtonLoss Read(JsonCursor json)
    {
        if (json.IsString)
        {
            return ReadOfTheLibrary(json);
        }

        json.EnterObject();
        json.Property("custom");
        string custom = json.String();
        json.Property("link");
        ScoreLink link = EnumFormat<ScoreLink>.Instance.Read(json);
        json.LeaveObject();
        return string.IsNullOrEmpty(custom) ? throw json.Fail("a loss needs a name.") : new NamedNewtonLoss(custom, link);
    }

    private static NewtonLoss ReadOfTheLibrary(JsonCursor json)
    {
        string text = json.String();
        try
        {
            return Find(text, StringComparison.Ordinal)
                ?? throw json.Fail($"there is no loss '{text}'. {NearestNames.Suggest(text, Losses.Select(loss => loss.Name))}");
        }
        catch (ArgumentException e)
        {
            throw json.Fail(e.Message, e);
        }
    }

    // One's own may have the name of any of the library's, and a name that looks like a number out of range.
    private static bool IsOfTheLibrary(NewtonLoss loss) =>
        loss is SquaredErrorNewtonLoss or LogisticNewtonLoss or LogLinkNewtonLoss or PseudoHuberNewtonLoss;

    /// <summary>The loss of a text as <c>Poisson</c> or <c>Tweedie(1.5)</c>; null where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    private static NewtonLoss? Find(string text, StringComparison comparison)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? text : text[..open];
        double? number = null;
        if (open >= 0)
        {
            if (!text.EndsWith(')')
                || !double.TryParse(text.AsSpan((open + 1)..^1), NumberStyles.Float, CultureInfo.InvariantCulture, out double given))
            {
                return null;
            }

            number = given;
        }

        int index = Array.FindIndex(Losses, loss => string.Equals(loss.Name, name, comparison));
        return index < 0 ? null : Losses[index].Make(number);
    }
}
