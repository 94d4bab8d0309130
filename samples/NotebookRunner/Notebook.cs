using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner;

/// <summary>A notebook of the Jupyter format, version 4.5: https://nbformat.readthedocs.io.</summary>
/// <param name="Name">The name of the file without its ending.</param>
/// <param name="Metadata">What the file says of its language and kernel; kept as it is.</param>
/// <param name="Cells">The cells in their order.</param>
internal sealed record Notebook(string Name, JsonObject Metadata, IReadOnlyList<NotebookCell> Cells)
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The first heading, or the name of the file.</summary>
    public string Title =>
        Cells.Where(cell => !cell.IsCode)
            .SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..] ?? Name;

    /// <exception cref="NotebookFormatException">The file is not a notebook of version 4.</exception>
    public static Notebook Load(string path)
    {
        try
        {
            JsonObject root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            if ((int?)root["nbformat"] != 4)
            {
                throw new NotebookFormatException($"{path}: nbformat must be 4.");
            }

            NotebookCell[] cells = [.. root["cells"]!.AsArray().Select((cell, index) => NotebookCell.Read(cell!.AsObject(), index + 1))];
            return new Notebook(Path.GetFileNameWithoutExtension(path), root["metadata"]!.AsObject().DeepClone().AsObject(), cells);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new NotebookFormatException($"{path}: not a notebook: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the notebook: the same cells and outputs give the same bytes.</summary>
    public void Save(string path)
    {
        var root = new JsonObject
        {
            ["cells"] = new JsonArray([.. Cells.Select(cell => (JsonNode)cell.Write())]),
            ["metadata"] = Metadata.DeepClone(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented))
        {
            root.WriteTo(writer);
        }

        File.WriteAllText(path, Encoding.UTF8.GetString(bytes.ToArray()) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
