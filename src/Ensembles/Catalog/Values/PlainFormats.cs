using System.Globalization;
using System.Text.Json;
using Ensembles.Json;

namespace Ensembles.Catalog.Values;

/// <summary>Formats of numbers and flags.</summary>
internal static class Plain
{
    public static ValueFormat<int> Integer { get; } = new IntegerFormat();

    public static ValueFormat<ulong> Seed { get; } = new SeedFormat();

    public static ValueFormat<double> Number { get; } = new NumberFormat();

    public static ValueFormat<bool> Flag { get; } = new FlagFormat();

    public static ValueFormat<int?> OptionalInteger { get; } = new OptionalFormat<int>(Integer);

    public static ValueFormat<double?> OptionalNumber { get; } = new OptionalFormat<double>(Number);

    public static ValueFormat<bool?> OptionalFlag { get; } = new OptionalFormat<bool>(Flag);

    private sealed class IntegerFormat : ValueFormat<int>
    {
        public override string Accepts => "a whole number";

        public override string Show(int value) => value.ToString(CultureInfo.InvariantCulture);

        public override int Parse(string name, string text) =>
            int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : throw Refuse(name, text);

        public override void Write(Utf8JsonWriter json, int value) => json.WriteNumberValue(value);

        public override int Read(JsonCursor json) => json.Int32(int.MinValue);
    }

    private sealed class SeedFormat : ValueFormat<ulong>
    {
        public override string Accepts => "a whole number from 0 to 2⁶⁴ − 1";

        public override string Show(ulong value) => value.ToString(CultureInfo.InvariantCulture);

        public override ulong Parse(string name, string text) =>
            ulong.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out ulong value) ? value : throw Refuse(name, text);

        public override void Write(Utf8JsonWriter json, ulong value) => json.WriteNumberValue(value);

        public override ulong Read(JsonCursor json) => json.UInt64();
    }

    private sealed class NumberFormat : ValueFormat<double>
    {
        public override string Accepts => "a number";

        public override string Show(double value) => value.ToString(CultureInfo.InvariantCulture);

        public override double Parse(string name, string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Refuse(name, text);

        public override void Write(Utf8JsonWriter json, double value) => JsonOutput.WriteDouble(json, value);

        public override double Read(JsonCursor json) => json.Double();
    }

    private sealed class FlagFormat : ValueFormat<bool>
    {
        public override string Accepts => "true or false";

        public override string Show(bool value) => value ? "true" : "false";

        public override bool Parse(string name, string text) => bool.TryParse(text, out bool value) ? value : throw Refuse(name, text);

        public override void Write(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);

        public override bool Read(JsonCursor json) => json.Boolean();
    }

    private sealed class OptionalFormat<T>(ValueFormat<T> format) : ValueFormat<T?>
        where T : struct
    {
        public override string Accepts => $"{format.Accepts}, or {None}";

        public override string Show(T? value) => value is T given ? format.Show(given) : None;

        public override T? Parse(string name, string text)
        {
            if (IsNone(text))
            {
                return null;
            }

            try
            {
                return format.Parse(name, text);
            }
            catch (FormatException)
            {
                throw Refuse(name, text);
            }
        }

        public override void Write(Utf8JsonWriter json, T? value)
        {
            if (value is T given)
            {
                format.Write(json, given);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        public override T? Read(JsonCursor json) => json.TryNull() ? null : format.Read(json);
    }
}
