using System.Diagnostics;
using System.Text.Json;
using Ensembles.Tests.Docs;

namespace Ensembles.Tests.Samples;

public sealed class NotebookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notebooks").FullName;

    public static TheoryData<string> Notebooks => [.. Paths().Select(path => Path.GetFileNameWithoutExtension(path)!)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_notebook_prints_what_is_saved_in_it()
    {
        string path = Paths()[0];
        (int code, string output, string errors) = Run(path);
        errors.Should().BeEmpty();
        code.Should().Be(0);
        output.Should().Be(SavedText(path));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_app_of_a_notebook_is_what_the_runner_makes_of_it(string name)
    {
        string made = Path.Combine(_folder, name + ".cs");
        (int code, _, string errors) = Run(Path.Combine(Repository.Root, "samples/notebooks", name + ".ipynb"), "--app", made);
        errors.Should().BeEmpty();
        code.Should().Be(0);
        string path = $"samples/notebooks/apps/{name}.cs";
        if (Repository.IsToBeUpdated)
        {
            Repository.Write(path, File.ReadAllText(made));
        }

        Repository.Read(path).Should().Be(File.ReadAllText(made), Repository.HowToUpdate);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_code_cell_was_run_and_every_chart_is_saved_as_a_picture(string name)
    {
        using JsonDocument notebook = Load(Path.Combine(Repository.Root, "samples/notebooks", name + ".ipynb"));
        JsonElement[] cells = [.. notebook.RootElement.GetProperty("cells").EnumerateArray()];
        cells.Select(cell => cell.GetProperty("id").GetString()).Should().OnlyHaveUniqueItems().And.OnlyContain(id => id!.Length >= 1 && id.Length <= 64);
        JsonElement[] outputs = [.. cells.Where(IsCode).SelectMany(cell => cell.GetProperty("outputs").EnumerateArray())];
        outputs.Should().NotBeEmpty();
        JsonElement[] charts = [.. outputs.Where(IsShown).Select(output => output.GetProperty("data")).Where(IsPicture)];
        charts.Should().NotBeEmpty().And.OnlyContain(data => data.GetProperty("text/plain").GetArrayLength() > 0);
        outputs.Where(IsShown).Should().OnlyContain(output => !Html(output).Contains("<script", StringComparison.Ordinal));
    }

    [Fact]
    public void An_error_names_the_notebook_the_cell_and_the_line()
    {
        Fail("int a = 1;", "int b = a;\n\nint c = nothing;").Should().StartWith("bad, cell 2, line 3: CS0103: ").And.Contain("nothing");
        Fail("#r \"nuget: Ensembles\"\nint[] a = [];", "Console.WriteLine(1);\nConsole.WriteLine(a[0]);")
            .Should().StartWith("bad, cell 2, line 2: IndexOutOfRangeException: ");
        Fail("int Half(int x)\n{\n    if (x % 2 == 1)\n    {\n        throw new ArgumentException(\"odd\");\n    }\n\n    return x / 2;\n}", "\nHalf(3);")
            .Should().StartWith("bad, cell 2, line 2: ArgumentException: odd (thrown in cell 1, line 5)");
        Fail("#r \"nuget: Elsewhere, 1.0\"").Should().StartWith("bad, cell 1: package Elsewhere is not there");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("""{"nbformat": 3, "worksheets": []}""")]
    public void What_is_no_notebook_is_refused(string text)
    {
        string path = Path.Combine(_folder, "bad.ipynb");
        File.WriteAllText(path, text);
        (int code, _, string errors) = Run(path);
        code.Should().Be(1);
        errors.Trim().Should().StartWith(path);
        Run().Code.Should().Be(2);
        Run(path, "--colour").Code.Should().Be(2);
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes_and_a_page_shows_text_and_values()
    {
        string path = Write("# Title", "1 + 1", "Console.WriteLine(\"<one>\");\nDisplay(2.5);\n\"three\"");
        string page = Path.Combine(_folder, "page.html");
        Run(path, "--save").Code.Should().Be(0);
        byte[] once = File.ReadAllBytes(path);
        Run(path, "--save", "--html", page).Code.Should().Be(0);
        File.ReadAllBytes(path).Should().Equal(once);
        SavedText(path).Should().Be("2\n<one>\n2.5\nthree\n");
        File.ReadAllText(page).Should().Contain("<title>Title</title>").And.Contain("&lt;one&gt;").And.Contain("three");
    }

    [Fact]
    public void A_page_colours_code_and_sets_formulas_where_the_package_for_it_is_installed()
    {
        string page = Path.Combine(_folder, "page.html");
        Run(Write("# Title\n\nHalf is $\\tfrac12$.\n\n$$\n\\sum_i x_i\n$$", "string s = \"<\"; // why"), "--html", page).Code.Should().Be(0);

        string html = File.ReadAllText(page);
        html.Should().Contain("<span class=\"cs-word\">string</span> s = <span class=\"cs-string\">&quot;&lt;&quot;</span>; <span class=\"cs-note\">// why</span>");
        if (HasKatex)
        {
            html.Should().NotContain("<script").And.Contain("<span class=\"katex-display\">").And.Contain("data:font/woff2;base64,");
            (int code, _, string errors) = Run(Write("# $\\nothing$"), "--html", page);
            code.Should().Be(1);
            errors.Should().Contain("\\nothing");
        }
        else
        {
            html.Should().Contain("katex.min.js").And.Contain("\\(\\tfrac12\\)");
        }
    }

    private static bool HasKatex => Directory.Exists(Path.Combine(Repository.Root, "docs/charts/node_modules/katex"))
        && Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")));

    private static string[] Paths() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples/notebooks"), "*.ipynb").Order(StringComparer.Ordinal)];

    private static JsonDocument Load(string path) => JsonDocument.Parse(File.ReadAllText(path));

    private static bool IsCode(JsonElement cell) => cell.GetProperty("cell_type").ValueEquals("code");

    private static bool IsShown(JsonElement output) => output.GetProperty("output_type").ValueEquals("display_data");

    private static bool IsPicture(JsonElement data) => data.TryGetProperty("image/svg+xml", out _);

    private static string Html(JsonElement output) =>
        output.GetProperty("data").TryGetProperty("text/html", out JsonElement html) ? Joined(html) : string.Empty;

    private static string Joined(JsonElement lines) => string.Concat(lines.EnumerateArray().Select(line => line.GetString()));

    private static string SavedText(string path)
    {
        using JsonDocument notebook = Load(path);
        return string.Concat(notebook.RootElement.GetProperty("cells").EnumerateArray().Where(IsCode)
            .SelectMany(cell => cell.GetProperty("outputs").EnumerateArray())
            .Select(output => Joined(IsShown(output) ? output.GetProperty("data").GetProperty("text/plain") : output.GetProperty("text")))
            .Select(text => text.EndsWith('\n') ? text : text + "\n"));
    }

    private string Fail(params string[] code)
    {
        (int exit, _, string errors) = Run(Write(code));
        exit.Should().Be(1);
        return errors;
    }

    // A cell that begins with # and a space is text.
    private string Write(params string[] sources)
    {
        string path = Path.Combine(_folder, "bad.ipynb");
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            cells = sources.Select(source => new
            {
                cell_type = source.StartsWith("# ", StringComparison.Ordinal) ? "markdown" : "code",
                metadata = new { },
                source,
            }),
            metadata = new { },
            nbformat = 4,
            nbformat_minor = 4,
        }));
        return path;
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "NotebookRunner.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), errors.Result.ReplaceLineEndings("\n"));
    }
}
