namespace Ensembles.Peers;

/// <summary>Puts generated text between the markers of a document.</summary>
internal static class DocumentTable
{
    public static void Replace(string path, string name, IEnumerable<string> lines) =>
        File.WriteAllText(path, Render(File.ReadAllText(path), name, lines));

    /// <exception cref="InvalidOperationException">The text has no such section.</exception>
    public static string Render(string text, string name, IEnumerable<string> lines)
    {
        string begin = $"<!-- generated: {name} -->";
        const string End = "<!-- end of generated -->";
        int from = text.IndexOf(begin, StringComparison.Ordinal);
        int to = from < 0 ? -1 : text.IndexOf(End, from, StringComparison.Ordinal);
        if (to < 0)
        {
            throw new InvalidOperationException($"The document has no section '{begin}' … '{End}'.");
        }

        return text[..(from + begin.Length)] + "\n" + string.Join('\n', lines) + "\n" + text[to..];
    }
}
