using System.Diagnostics;
using Ensembles.Tests.Docs;

namespace Ensembles.Tests.Samples;

// Beside the pages, not at the same time: both may write into the README.
[Collection(nameof(PageTests))]
public class QuickStartTests
{
    private const string Heading = "| model | accuracy | log loss | ROC AUC | OOB error |\n|---|---|---|---|---|\n";
    private const string Csv = "age,city,good\n30,Rome,yes\n41,\"Bern\n";

    [Theory]
    [InlineData("--colour")]
    [InlineData("--data")]
    [InlineData("--data", "x.csv")]
    [InlineData("--target", "x")]
    [InlineData("--data", "x.csv", "--data", "y.csv", "--target", "x")]
    public void Wrong_arguments_answer_with_usage(params string[] arguments)
    {
        (int code, string output, string errors) = Run(arguments);
        code.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain("usage:");
    }

    [Fact]
    public void A_bad_file_answers_with_one_line()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, Csv);
        (int code, string output, string errors) = Run("--data", path, "--target", "good");
        File.Delete(path);
        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Trim().Should().StartWith($"{path}, line 3").And.NotContain("\n");

        (code, _, errors) = Run("--data", path, "--target", "good");
        code.Should().Be(1);
        errors.Trim().Should().Contain(path).And.NotContain("\n");
    }

    [Fact]
    public void A_file_of_ones_own_is_learnt()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        IEnumerable<string> rows = Enumerable.Range(0, 90).Select(i => $"{i % 30},{(i % 7 == 0 ? "NA" : "xyz"[i % 3])},{"abc"[i % 30 / 10]}");
        File.WriteAllLines(path, rows.Prepend("x[0],z,kind"));
        (int code, string output, string errors) = Run("--data", path, "--target", "kind");
        File.Delete(path);
        errors.Should().BeEmpty();
        code.Should().Be(0);
        output.Should().Contain("90 rows, 1 numeric and 1 categorical columns").And.Contain("13 missing cells").And.Contain("a 33.3 %");
        output.Should().MatchRegex(@"\| forest of 500 trees +\| +1\.000 \|").And.Contain("x[0] <= 9.5").And.Contain("ROC AUC: the mean");
    }

    [Fact]
    public void The_table_of_the_readme_is_what_it_prints()
    {
        (int code, string output, _) = Run();
        code.Should().Be(0);
        string readme = Repository.Read("README.md");
        string printed = Heading + string.Concat(output.Split('\n')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 8 && cells[2].StartsWith("0.", StringComparison.Ordinal))
            .Select(cells => $"| {string.Join(" | ", cells[1..6])} |\n".Replace("|  |", "| |", StringComparison.Ordinal)));
        if (Repository.IsToBeUpdated)
        {
            int from = readme.IndexOf(Heading, StringComparison.Ordinal);
            int to = readme.IndexOf("\n\n", from, StringComparison.Ordinal) + 1;
            Repository.Write("README.md", readme[..from] + printed + readme[to..]);
        }
        else
        {
            readme.Should().Contain(printed, Repository.HowToUpdate);
        }
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "QuickStart.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
