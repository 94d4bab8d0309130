using System.CommandLine;
using System.CommandLine.Help;
using Ensembles.Catalog;
using Ensembles.Cli.Commands;
using Ensembles.Cli.Terminals;
using Ensembles.Data;

namespace Ensembles.Cli;

/// <summary>The command <c>ensembles</c>: from its arguments to its exit code.</summary>
internal static class Tool
{
    /// <summary>The name of the command.</summary>
    public const string Name = "ensembles";

    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments, without the name of the command.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The exit code: <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        try
        {
            return RunChecked(arguments, terminal, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            terminal.Fail("interrupted; nothing was written.");
            return ExitCode.Interrupted;
        }
        catch (UsageException e)
        {
            terminal.Fail(Messages.OneLine(e));
            return ExitCode.WrongUsage;
        }
        catch (Exception e) when (e is DataFormatException or InvalidDataException or IOException or UnauthorizedAccessException
            or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            terminal.Fail(Messages.OneLine(e));
            return ExitCode.BadData;
        }
        catch (OutOfMemoryException)
        {
            terminal.Fail("the data or the model do not fit into the memory.");
            return ExitCode.BadData;
        }
        catch (Exception e)
        {
            terminal.Fail($"a defect of the tool: {e.GetType().Name}: {Messages.OneLine(e)}");
            return ExitCode.BadData;
        }
        finally
        {
            terminal.Out.Flush();
        }
    }

    private static int RunChecked(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        Command root = Root(new ToolContext(terminal, cancellationToken));
        ParseResult parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments, Parsing);
        if (parsed.Errors.Count > 0)
        {
            terminal.Fail(UsageErrors.Describe(parsed));
            terminal.Error.WriteLine($"'{UsageErrors.PathOf(parsed.CommandResult.Command)} --help' says what there is.");
            return ExitCode.WrongUsage;
        }

        int code = parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = terminal.Out,
            Error = terminal.Error,
        });
        return arguments.Count == 0 ? ExitCode.WrongUsage : code;
    }

    private static ToolCommand Root(ToolContext context)
    {
        var version = new Option<bool>("--version") { Description = "Show the version and end." };
        var root = new ToolCommand(
            Name,
            "Tree ensembles from the command line: decision trees, bagging, random forests, AdaBoost, gradient and Newton boosting.",
            $"""
            {Name} data export credit-data --out credit.csv
            {Name} train --data credit.csv --target Status --learner newton-boosting --out model.json
            {Name} predict --model model.json --data credit.csv --probabilities
            """);
        root.Options.Add(version);
        var help = new HelpOption { Recursive = true };
        help.Action = new ExamplesAction((HelpAction)help.Action!);
        root.Options.Add(help);
        Command[] commands =
        [
            TrainCommand.Create(context),
            PredictCommand.Create(context),
            EvaluateCommand.Create(context),
            CrossValidateCommand.Create(context),
            SearchCommand.Create(context),
            ExplainCommand.Create(context),
            ShowCommand.Create(context),
            CompileCommand.Create(context),
            LearnersCommand.Create(context),
            DataCommand.Create(context),
        ];
        foreach (Command command in commands)
        {
            root.Subcommands.Add(command);
        }

        root.SetAction(parsed =>
        {
            if (!parsed.GetValue(version))
            {
                throw new UsageException(
                    $"there is no command. {NearestNames.Suggest(string.Empty, commands.Select(command => command.Name))}");
            }

            context.Terminal.Out.WriteLine($"{Name} {typeof(Tool).Assembly.GetName().Version!.ToString(fieldCount: 3)}");
            return ExitCode.Success;
        });
        return root;
    }
}
