using System.Text.Json;
using Ensembles.Json;

namespace Ensembles.Catalog.Values;

/// <summary>The members of an enum, by name.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class EnumFormat<T> : ValueFormat<T>
    where T : struct, Enum
{
    private EnumFormat()
    {
    }

    public static EnumFormat<T> Instance { get; } = new();

    public override string Accepts => string.Join(" or ", Enum.GetNames<T>());

    public override string Show(T value) => value.ToString();

    public override T Parse(string name, string text) => TryFind(text.Trim(), StringComparison.OrdinalIgnoreCase, out T value)
        ? value
        : throw new FormatException($"{name} is {Accepts}, not '{text}'. {NearestNames.Suggest(text, Enum.GetNames<T>())}");

    public override void Write(Utf8JsonWriter json, T value) => json.WriteStringValue(value.ToString());

    public override T Read(JsonCursor json)
    {
        string text = json.String();
        return TryFind(text, StringComparison.Ordinal, out T value) ? value : throw json.Fail($"'{text}' is not {Accepts}.");
    }

    private static bool TryFind(string text, StringComparison comparison, out T value)
    {
        // By name only: Enum.Parse would take numbers as well.
        string[] names = Enum.GetNames<T>();
        int index = Array.FindIndex(names, name => string.Equals(name, text, comparison));
        value = index < 0 ? default : Enum.GetValues<T>()[index];
        return index >= 0;
    }
}
