using System.Text.Json.Nodes;
using Ensembles.Plots;

namespace NotebookRunner;

/// <summary>What a cell gave: lines on the console, or a value shown.</summary>
internal sealed record CellOutput
{
    /// <summary>The text on the console, or the value as text.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it was written to the console.</summary>
    public bool IsStream { get; init; }

    /// <summary>The value as HTML, where it has any.</summary>
    public string? Html { get; init; }

    /// <summary>The picture that is to be drawn, where the value is one.</summary>
    public Figure? Figure { get; init; }

    /// <summary>The picture as SVG, once it is drawn; it then stands in the file in place of the HTML, which needs scripts.</summary>
    public string? Svg { get; init; }

    public JsonObject Write()
    {
        if (IsStream)
        {
            return new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = NotebookCell.Lines(Text) };
        }

        var data = new JsonObject();
        if (Svg is not null)
        {
            data["image/svg+xml"] = NotebookCell.Lines(Svg);
        }
        else if (Html is not null)
        {
            data["text/html"] = NotebookCell.Lines(Html);
        }

        data["text/plain"] = NotebookCell.Lines(Text);
        return new JsonObject { ["data"] = data, ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };
    }
}
