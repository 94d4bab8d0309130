using System.Text.Json;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;

namespace NotebookRunner;

/// <summary>The formulas of a page, set when the page is made, so that it needs no script to be read.</summary>
/// <param name="Style">The rules that they need, letters included.</param>
/// <param name="Html">Each formula, by its text and whether it has a line of its own.</param>
internal sealed record SetFormulas(string Style, IReadOnlyDictionary<(string Formula, bool Display), string> Html)
{
    /// <summary>Sets all formulas of some texts; null where that cannot be done, or there are none.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="messages">Where to say why formulas were not set.</param>
    /// <exception cref="IOException">A formula is wrong; the message names it.</exception>
    public static SetFormulas? Of(IEnumerable<MarkdownDocument> texts, TextWriter messages)
    {
        (string Formula, bool Display)[] formulas = [.. texts.SelectMany(In).Distinct()];
        if (formulas.Length == 0)
        {
            return null;
        }

        string? script = NodeScripts.Find("formulas.mjs", "katex");
        if (script is null)
        {
            messages.WriteLine($"formulas are set by a script from the network: to set them now needs {NodeScripts.Needs}");
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("formulas").FullName;
        try
        {
            string source = Path.Combine(folder, "formulas.json"), target = Path.Combine(folder, "set.json");
            File.WriteAllText(
                source,
                JsonSerializer.Serialize(formulas.Select(one => new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["formula"] = one.Formula,
                    ["display"] = one.Display,
                })));
            NodeScripts.Run(script, source, target);
            using JsonDocument set = JsonDocument.Parse(File.ReadAllText(target));
            JsonElement[] html = [.. set.RootElement.GetProperty("formulas").EnumerateArray()];
            return new SetFormulas(
                set.RootElement.GetProperty("style").GetString()!,
                formulas.Select((one, i) => (one, Html: html[i].GetString()!)).ToDictionary(pair => pair.one, pair => pair.Html));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The text of a formula on a line of its own.</summary>
    public static string TextOf(MathBlock block) => block.Lines.ToString();

    private static IEnumerable<(string Formula, bool Display)> In(MarkdownDocument text) => text.Descendants().SelectMany(part => part switch
    {
        MathInline inline => [(inline.Content.ToString(), false)],
        MathBlock block => [(TextOf(block), true)],
        _ => Array.Empty<(string, bool)>(),
    });
}
