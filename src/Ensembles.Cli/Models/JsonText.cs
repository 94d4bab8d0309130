using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ensembles.Cli.Models;

/// <summary>Writes one JSON object as text.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",

        // The text goes to a terminal or a file and not into a page of HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes an object and a line feed.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="write">Writes the properties.</param>
    public static void Write(TextWriter writer, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(bytes.ToArray()));
        writer.Write('\n');
    }

    /// <summary>Writes a number; what JSON has no number for is null.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
