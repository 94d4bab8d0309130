using System.Globalization;
using System.Text.Json.Nodes;

namespace NotebookRunner;

/// <summary>A cell of a notebook.</summary>
/// <param name="Number">Its place, from 1, text and code counted together.</param>
/// <param name="Id">Its identifier in the file; kept, and made from the number where there was none.</param>
/// <param name="IsCode">Whether it is C#; else it is Markdown.</param>
/// <param name="Source">Its text, lines parted by \n.</param>
/// <param name="Outputs">What it gave when it ran.</param>
internal sealed record NotebookCell(int Number, string Id, bool IsCode, string Source, IReadOnlyList<CellOutput> Outputs)
{
    /// <summary>The cell of a file, without what it gave when it was saved.</summary>
    public static NotebookCell Read(JsonObject cell, int number)
    {
        string kind = (string)cell["cell_type"]!;
        return new NotebookCell(
            number,
            (string?)cell["id"] ?? string.Create(CultureInfo.InvariantCulture, $"cell-{number}"),
            string.Equals(kind, "code", StringComparison.Ordinal),
            Join(cell["source"]!),
            []);
    }

    public JsonObject Write()
    {
        // Keys in the order of the alphabet, as Jupyter writes them, so that saving there changes little.
        var cell = new JsonObject { ["cell_type"] = IsCode ? "code" : "markdown" };
        if (IsCode)
        {
            cell["execution_count"] = null;
        }

        cell["id"] = Id;
        cell["metadata"] = new JsonObject();
        if (IsCode)
        {
            cell["outputs"] = new JsonArray([.. Outputs.Select(output => (JsonNode)output.Write())]);
        }

        cell["source"] = Lines(Source);
        return cell;
    }

    /// <summary>Text as the list of lines, each but the last with its end, that the format asks for.</summary>
    internal static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int from = 0; from < text.Length;)
        {
            int end = text.IndexOf('\n', from);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[from..next]);
            from = next;
        }

        return lines;
    }

    private static string Join(JsonNode text) =>
        (text is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)text!).ReplaceLineEndings("\n");
}
