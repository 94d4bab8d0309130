using Ensembles.Learners;
using Ensembles.Metrics;
using Spectre.Console;

namespace Ensembles.Cli.Terminals;

/// <summary>Where the tool writes: colours, frames and progress bars on a terminal, plain text where the output is piped.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Errors and progress.</param>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    /// <summary>Results.</summary>
    public TextWriter Out { get; } = output;

    /// <summary>Errors and progress.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Whether results are read by somebody at a terminal.</summary>
    public bool IsOutputRich { get; init; }

    /// <summary>Whether errors and progress are read by somebody at a terminal.</summary>
    public bool IsErrorRich { get; init; }

    /// <summary>Says on one line why the command failed.</summary>
    public void Fail(string message)
    {
        if (IsErrorRich)
        {
            Console(Error).Write(new Markup($"[bold red]{Tool.Name}:[/] "));
            Error.WriteLine(message);
        }
        else
        {
            Error.WriteLine($"{Tool.Name}: {message}");
        }
    }

    /// <summary>Writes a heading.</summary>
    public void Heading(string text)
    {
        if (IsOutputRich)
        {
            Console(Out).MarkupLineInterpolated($"[bold]{text}[/]");
        }
        else
        {
            Out.WriteLine(text);
        }
    }

    /// <summary>Writes names and what there is to say of them, a line each.</summary>
    public void Facts(IReadOnlyList<(string Name, string Value)> facts)
    {
        int width = facts.Count == 0 ? 0 : facts.Max(fact => fact.Name.Length);
        foreach ((string name, string value) in facts)
        {
            string padded = name.PadRight(width);
            if (IsOutputRich)
            {
                Console(Out).MarkupInterpolated($"  [blue]{padded}[/]  ");
                Out.WriteLine(value);
            }
            else
            {
                Out.WriteLine($"{padded}  {value}");
            }
        }
    }

    /// <summary>Writes a table: the first column to the left, the others to the right.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<string[]> lines)
    {
        if (!IsOutputRich)
        {
            var plain = new TextTable([.. header]);
            foreach (string[] line in lines)
            {
                plain.Add(line);
            }

            Out.Write(plain.ToString());
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        for (int c = 0; c < header.Count; c++)
        {
            var column = new TableColumn(new Markup($"[bold]{Markup.Escape(header[c])}[/]"));
            table.AddColumn(c == 0 ? column : column.RightAligned());
        }

        foreach (string[] line in lines)
        {
            table.AddRow([.. line.Select(cell => new Text(cell))]);
        }

        Console(Out).Write(table);
    }

    /// <summary>Runs work that cannot say how far it is.</summary>
    public T Wait<T>(string title, Func<T> work)
    {
        T? result = default;
        if (!IsErrorRich)
        {
            return work();
        }

        Console(Error).Status().Spinner(Spinner.Known.Dots).Start(Markup.Escape(title), _ => result = work());
        return result!;
    }

    /// <summary>Runs work that says how far it is.</summary>
    public T Progress<T>(string title, Func<IProgress<FitProgress>?, T> work)
    {
        T? result = default;
        if (!IsErrorRich)
        {
            return work(null);
        }

        Console(Error).Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                using var bar = new ProgressBar(context.AddTask(Markup.Escape(title)), title);
                result = work(bar);
            });
        return result!;
    }

    private static IAnsiConsole Console(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
