using System.Globalization;
using System.Text.Json;
using Ensembles.Json;

namespace Ensembles.Catalog.Values;

/// <summary>Numbers one after the other, or none.</summary>
internal sealed class NumberListFormat : ValueFormat<IReadOnlyList<double>?>
{
    private NumberListFormat()
    {
    }

    public static NumberListFormat Instance { get; } = new();

    public override string Accepts => "numbers as 1,2.5,3, or none";

    public override string Show(IReadOnlyList<double>? value) => value is null
        ? None
        : string.Join(',', value.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    public override IReadOnlyList<double>? Parse(string name, string text)
    {
        if (IsNone(text))
        {
            return null;
        }

        return
        [
            .. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number
                : throw Refuse(name, text)),
        ];
    }

    public override void Write(Utf8JsonWriter json, IReadOnlyList<double>? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (double number in value)
        {
            JsonOutput.WriteDouble(json, number);
        }

        json.WriteEndArray();
    }

    public override IReadOnlyList<double>? Read(JsonCursor json) => json.TryNull() ? null : json.Doubles();
}
