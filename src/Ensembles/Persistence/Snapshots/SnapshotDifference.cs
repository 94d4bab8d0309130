using System.Globalization;
using System.Text.Json;

namespace Ensembles.Persistence.Snapshots;

/// <summary>Says in what the fit of a snapshot differs from the one at hand.</summary>
internal static class SnapshotDifference
{
    /// <summary>The first difference, as an end of "the snapshot is of another fit: ".</summary>
    /// <param name="there">The first line of the snapshot.</param>
    /// <param name="here">The line of the fit at hand.</param>
    /// <exception cref="InvalidDataException">The line of the snapshot is none of this version of the format.</exception>
    public static string Describe(byte[] there, byte[] here)
    {
        using JsonDocument snapshot = Parse(there);
        using JsonDocument fit = JsonDocument.Parse(here);
        (JsonElement old, JsonElement own) = (snapshot.RootElement, fit.RootElement);
        CheckFormat(old);
        return OfText(old, own, "library", "the version of the library")
            ?? OfRecipes(Get(old, "recipe"), Get(own, "recipe"))
            ?? OfText(old, own, "first", "the number of trees or members before its own")
            ?? OfText(old, own, "units", "the number of rounds, trees or members")
            ?? OfRows(Get(old, "training"), Get(own, "training"), "training set")
            ?? OfRows(Get(old, "validation"), Get(own, "validation"), "validation set")
            ?? (Differ(Get(old, "start"), Get(own, "start")) ? "it goes on from another model" : "its first line is written differently");
    }

    private static JsonDocument Parse(byte[] line)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new JsonException("It is no object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the first line is no JSON object: " + e.Message, e);
        }
    }

    private static void CheckFormat(JsonElement old)
    {
        if (Text(Get(old, "format")) is var format && Differ(format, $"\"{SnapshotHeader.FormatName}\""))
        {
            throw new InvalidDataException($"this is {format} and no {SnapshotHeader.FormatName}.");
        }

        string known = SnapshotHeader.FormatVersion.ToString(CultureInfo.InvariantCulture);
        if (Text(Get(old, "version")) is var version && Differ(version, known))
        {
            throw new InvalidDataException($"the file has version {version} of the format, and this library reads version {known}.");
        }
    }

    private static string? OfText(JsonElement old, JsonElement own, string property, string what) =>
        Text(Get(old, property)) is var there && Text(Get(own, property)) is var here && Differ(there, here)
            ? $"{what} is {there} there and {here} here"
            : null;

    private static string? OfRecipes(JsonElement? old, JsonElement? own)
    {
        if (Text(Get(old, "learner")) is var there && Text(Get(own, "learner")) is var here && Differ(there, here))
        {
            return $"the learner is {there} there and {here} here";
        }

        IEnumerable<string> names = Properties(own).Concat(Properties(old)).Distinct(StringComparer.Ordinal);
        string? name = names.FirstOrDefault(name => Differ(Get(old, name), Get(own, name)));
        return name is null ? null : $"{name} is {Text(Get(old, name))} there and {Text(Get(own, name))} here";
    }

    private static string? OfRows(JsonElement? old, JsonElement? own, string set)
    {
        if (old is null || own is null)
        {
            return old is null && own is null ? null : $"it has {(old is null ? "no" : "a")} {set} there and {(own is null ? "none" : "one")} here";
        }

        if (Text(Get(old, "rows")) is var there && Text(Get(own, "rows")) is var here && Differ(there, here))
        {
            return $"the {set} has {there} rows there and {here} here";
        }

        foreach ((string property, string what) in ((string, string)[])[("schema", "columns"), ("classes", "classes")])
        {
            if (Differ(Get(old, property), Get(own, property)))
            {
                return $"the {set} has other {what}";
            }
        }

        JsonElement[] cells = [.. Get(own, "cells")!.Value.EnumerateArray()];
        JsonElement? oldCells = Get(old, "cells");
        for (int column = 0; column < cells.Length; column++)
        {
            if (oldCells is not JsonElement { ValueKind: JsonValueKind.Array } known
                || known.GetArrayLength() != cells.Length || Differ(known[column], cells[column]))
            {
                string? name = Get(own, "schema")!.Value[column].GetProperty("name").GetString();
                return $"column '{name}' of the {set} has other cells";
            }
        }

        return Differ(Get(old, "targets"), Get(own, "targets")) ? $"the {set} has other targets"
            : Differ(Get(old, "weights"), Get(own, "weights")) ? $"the {set} has other weights"
            : null;
    }

    private static IEnumerable<string> Properties(JsonElement? element) => element is JsonElement { ValueKind: JsonValueKind.Object } known
        ? known.EnumerateObject().Select(property => property.Name)
        : [];

    private static JsonElement? Get(JsonElement? element, string property) =>
        element is JsonElement { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(property, out JsonElement value) ? value : null;

    private static bool Differ(JsonElement? one, JsonElement? other) => Differ(Text(one), Text(other));

    private static bool Differ(string one, string other) => !string.Equals(one, other, StringComparison.Ordinal);

    private static string Text(JsonElement? element) => element is JsonElement known ? known.GetRawText() : "nothing";
}
