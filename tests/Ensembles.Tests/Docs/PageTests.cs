using System.Text.RegularExpressions;

namespace Ensembles.Tests.Docs;

// The pages write to the console and read files of the current folder, which all tests share: nothing runs beside them.
[CollectionDefinition(nameof(PageTests), DisableParallelization = true)]
[Collection(nameof(PageTests))]
public class PageTests
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    public static TheoryData<string> PagesWithCode => [.. Repository.Pages.Where(page => CSharpBlocks(page).Count > 0)];

    public static TheoryData<string> AllPages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void The_code_of_a_page_runs_and_prints_what_the_page_shows(string page)
    {
        string text = Repository.Read(page);
        string printed = MarkdownPage.WithOutputs(text, RunInEmptyFolder(page, PagePictures.Compare));
        if (Repository.IsToBeUpdated)
        {
            Repository.Write(page, printed);
        }
        else
        {
            text.Should().Be(printed, "{0} shows what its code prints ({1})", page, Repository.HowToUpdate);
        }
    }

    [Fact]
    public void An_empty_block_is_filled_and_still_ends() =>
        MarkdownPage.WithOutputs("```csharp\nrun();\n```\n\n```text\n```\n\nEnd", ["one\ntwo\n"])
            .Should().Be("```csharp\nrun();\n```\n\n```text\none\ntwo\n```\n\nEnd");

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_lead_to_files(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        string[] dead =
        [
            .. Regex.Matches(Repository.Read(page), @"\]\((?<target>[^)#\s]+)(#[^)]*)?\)", Linear, TimeSpan.FromSeconds(10))
                .Select(match => match.Groups["target"].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, target))),
        ];
        dead.Should().BeEmpty();
    }

    private static IReadOnlyList<FencedBlock> CSharpBlocks(string page) =>
        [.. MarkdownPage.Blocks(Repository.Read(page)).Where(block => block.Language is "csharp")];

    private static string[] RunInEmptyFolder(string page, Action<DirectoryInfo> look)
    {
        string before = Directory.GetCurrentDirectory();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ensembles-docs-");
        Directory.SetCurrentDirectory(folder.FullName);
        try
        {
            string[] outputs = PageProgram.Run(page, CSharpBlocks(page));
            look(folder);
            return outputs;
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            folder.Delete(recursive: true);
        }
    }
}
