using System.Globalization;
using System.Text.Json;
using Ensembles.Json;
using Ensembles.Trees;

namespace Ensembles.Catalog.Values;

/// <summary>
/// Numbers of features and rows. In a text a number without a point is a count and one with a point a fraction; in JSON a number is a count
/// and an object <c>{"fraction": 0.5}</c> a fraction.
/// </summary>
internal static class Counts
{
    public static ValueFormat<FeatureCount> Features { get; } = new FeatureCountFormat();

    public static ValueFormat<SampleCount> Samples { get; } = new SampleCountFormat();

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out count);

    private static bool TryFraction(string text, out double fraction) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out fraction);

    /// <summary>A fraction with a point, so that 1.0 is not taken for a count.</summary>
    private static string Show(double fraction)
    {
        string text = fraction.ToString(CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static void WriteFraction(Utf8JsonWriter json, double fraction)
    {
        json.WriteStartObject();
        json.WritePropertyName("fraction");
        JsonOutput.WriteDouble(json, fraction);
        json.WriteEndObject();
    }

    private static double ReadFraction(JsonCursor json)
    {
        json.EnterObject();
        json.Property("fraction");
        double fraction = json.Double();
        json.LeaveObject();
        return fraction > 0 && fraction <= 1 ? fraction : throw json.Fail("a fraction must be above 0 and at most 1.");
    }

    private sealed class FeatureCountFormat : ValueFormat<FeatureCount>
    {
        private static readonly (string Name, FeatureCount Value)[] Named =
        [
            (nameof(FeatureCount.All), FeatureCount.All),
            (nameof(FeatureCount.Sqrt), FeatureCount.Sqrt),
            (nameof(FeatureCount.Log2), FeatureCount.Log2),
        ];

        public override string Accepts => "All, Sqrt or Log2, a count as 7, or a fraction as 0.5";

        public override string Show(FeatureCount value) =>
            value.GivenFraction is double fraction ? Counts.Show(fraction)
            : value.GivenCount is int count ? count.ToString(CultureInfo.InvariantCulture)
            : Named.Single(named => named.Value == value).Name;

        public override FeatureCount Parse(string name, string text)
        {
            int index = Array.FindIndex(Named, named => string.Equals(named.Name, text.Trim(), StringComparison.OrdinalIgnoreCase));
            return index >= 0 ? Named[index].Value
                : TryCount(text, out int count) ? FeatureCount.Exactly(count)
                : TryFraction(text, out double fraction) ? FeatureCount.Fraction(fraction)
                : throw Refuse(name, text);
        }

        public override void Write(Utf8JsonWriter json, FeatureCount value)
        {
            if (value.GivenFraction is double fraction)
            {
                WriteFraction(json, fraction);
            }
            else if (value.GivenCount is int count)
            {
                json.WriteNumberValue(count);
            }
            else
            {
                json.WriteStringValue(Show(value));
            }
        }

        public override FeatureCount Read(JsonCursor json)
        {
            if (json.IsObject)
            {
                return FeatureCount.Fraction(ReadFraction(json));
            }

            if (!json.IsString)
            {
                return FeatureCount.Exactly(json.Int32(1));
            }

            string text = json.String();
            int index = Array.FindIndex(Named, named => string.Equals(named.Name, text, StringComparison.Ordinal));
            return index >= 0 ? Named[index].Value : throw json.Fail($"'{text}' is not All, Sqrt or Log2.");
        }
    }

    private sealed class SampleCountFormat : ValueFormat<SampleCount>
    {
        public override string Accepts => "a count as 7, or a fraction as 0.5";

        public override string Show(SampleCount value) => value.GivenFraction is double fraction
            ? Counts.Show(fraction)
            : value.GivenCount.ToString(CultureInfo.InvariantCulture);

        public override SampleCount Parse(string name, string text) =>
            TryCount(text, out int count) ? count
            : TryFraction(text, out double fraction) ? SampleCount.Fraction(fraction)
            : throw Refuse(name, text);

        public override void Write(Utf8JsonWriter json, SampleCount value)
        {
            if (value.GivenFraction is double fraction)
            {
                WriteFraction(json, fraction);
            }
            else
            {
                json.WriteNumberValue(value.GivenCount);
            }
        }

        public override SampleCount Read(JsonCursor json) => json.IsObject ? SampleCount.Fraction(ReadFraction(json)) : json.Int32(1);
    }
}
