namespace NotebookRunner;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public const string Usage =
        """
        usage: NotebookRunner notebook.ipynb [--save] [--html page.html]
               NotebookRunner notebook.ipynb --app app.cs

        Runs all cells of a C# notebook in one session and prints what they print; a cell that fails ends it with its name and 1.
          --save          writes what the cells gave into the notebook, charts as SVG where docs/charts has its npm packages
          --html page     writes a page to read
          --app app       runs nothing: writes the notebook as a file that `dotnet run app.cs` runs
        """;

    public required string Notebook { get; init; }

    public bool Save { get; init; }

    public string? Html { get; init; }

    public string? App { get; init; }

    /// <summary>The arguments; null where they are not as <see cref="Usage"/> has them.</summary>
    public static Arguments? Parse(IReadOnlyList<string> words)
    {
        if (words.Count == 0 || words[0].StartsWith('-'))
        {
            return null;
        }

        var arguments = new Arguments { Notebook = words[0] };
        for (int i = 1; i < words.Count; i++)
        {
            bool hasValue = i + 1 < words.Count;
            switch (words[i])
            {
                case "--save":
                    arguments = arguments with { Save = true };
                    break;
                case "--html" when hasValue:
                    arguments = arguments with { Html = words[++i] };
                    break;
                case "--app" when hasValue:
                    arguments = arguments with { App = words[++i] };
                    break;
                default:
                    return null;
            }
        }

        return arguments.App is not null && (arguments.Save || arguments.Html is not null) ? null : arguments;
    }
}
