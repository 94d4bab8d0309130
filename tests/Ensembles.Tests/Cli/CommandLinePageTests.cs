using System.Globalization;
using System.Text;
using Ensembles.Tests.Docs;

namespace Ensembles.Tests.Cli;

// The commands read and write files of the current folder, which all tests share.
[Collection(nameof(PageTests))]
public class CommandLinePageTests
{
    private const string Page = "docs/command-line.md";
    private const string Prompt = "$ ";

    [Fact]
    public void The_page_shows_what_its_commands_print()
    {
        string text = Repository.Read(Page);
        string printed = RunInEmptyFolder(text);
        if (Repository.IsToBeUpdated)
        {
            Repository.Write(Page, printed);
        }
        else
        {
            text.Should().Be(printed, "{0} shows what its commands print ({1})", Page, Repository.HowToUpdate);
        }
    }

    private static string RunInEmptyFolder(string text)
    {
        string before = Directory.GetCurrentDirectory();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ensembles-cli-page-");
        Directory.SetCurrentDirectory(folder.FullName);
        try
        {
            return Print(text);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            folder.Delete(recursive: true);
        }
    }

    private static string Print(string text)
    {
        var page = new StringBuilder();
        bool isConsole = false;
        bool continues = false;
        string command = string.Empty;
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isConsole = !isConsole && line is "```console";
            }
            else if (isConsole)
            {
                if (!continues && !line.StartsWith(Prompt, StringComparison.Ordinal))
                {
                    continue;
                }

                command = continues ? command + line.Trim() : line[Prompt.Length..];
                page.Append(line).Append('\n');
                continues = command.EndsWith('\\');
                if (continues)
                {
                    command = command[..^1];
                }
                else
                {
                    page.Append(Run(command));
                }

                continue;
            }

            page.Append(line).Append('\n');
        }

        page.Length--;
        return page.ToString();
    }

    /// <summary>Runs a command line of the page, of which <c>| head -n</c> and the exit code are understood.</summary>
    private static string Run(string command)
    {
        string[] pipe = command.Split(" | head -");
        string[] words = pipe[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["ensembles", ..])
        {
            return string.Empty;
        }

        CliResult result = CliFolder.Run(CancellationToken.None, words[1..]);
        string output = result.Out + result.Error;
        return pipe.Length == 1
            ? output
            : string.Concat(output.Split('\n').Take(int.Parse(pipe[1], CultureInfo.InvariantCulture)).Select(line => line + "\n"));
    }
}
