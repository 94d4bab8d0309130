namespace Ensembles.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">What follows the fence.</param>
/// <param name="Line">The line of the page, from 1, of the first line of the text.</param>
/// <param name="Text">What is inside.</param>
internal sealed record FencedBlock(string Language, int Line, string Text);

/// <summary>The fenced blocks of a page; a comment that begins with a line <c>&lt;!-- csharp</c> is one that readers do not see.</summary>
internal static class MarkdownPage
{
    private const string HiddenStart = "<!-- csharp";
    private const string HiddenEnd = "-->";
    private const string Fence = "```";

    /// <summary>A page whose blocks of text that follow blocks of C# show what these print.</summary>
    /// <param name="markdown">The page.</param>
    /// <param name="outputs">What each block of C# prints.</param>
    public static string WithOutputs(string markdown, IReadOnlyList<string> outputs)
    {
        IReadOnlyList<FencedBlock> blocks = Blocks(markdown);
        string[] lines = markdown.Split('\n');
        int next = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Language is not "csharp")
            {
                continue;
            }

            string output = outputs[next++];
            if (i + 1 < blocks.Count && blocks[i + 1] is { Language: "text" } shown)
            {
                // The lines of the block become its output and nothing, so that the numbers of the others stay.
                int count = shown.Text.Count(c => c == '\n');
                if (count == 0)
                {
                    lines[shown.Line - 1] = output.TrimEnd('\n') + "\n" + lines[shown.Line - 1];
                    continue;
                }

                Array.Fill(lines, null, shown.Line - 1, count);
                lines[shown.Line - 1] = output.TrimEnd('\n');
            }
        }

        return string.Join('\n', lines.Where(line => line is not null));
    }

    public static IReadOnlyList<FencedBlock> Blocks(string markdown)
    {
        var blocks = new List<FencedBlock>();
        string[] lines = markdown.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            bool hidden = string.Equals(lines[i].TrimEnd(), HiddenStart, StringComparison.Ordinal);
            if (!hidden && !lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            string last = hidden ? HiddenEnd : Fence;
            int end = Array.FindIndex(lines, i + 1, line => string.Equals(line.TrimEnd(), last, StringComparison.Ordinal));
            end.Should().BePositive("the block that begins in line {0} must end", i + 1);
            string language = hidden ? "csharp" : lines[i][Fence.Length..].Trim();
            blocks.Add(new FencedBlock(language, i + 2, string.Concat(lines[(i + 1)..end].Select(line => line + "\n"))));
            i = end;
        }

        return blocks;
    }
}
