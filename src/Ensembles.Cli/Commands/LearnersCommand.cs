using System.CommandLine;
using Ensembles.Catalog;
using Ensembles.Cli.Inputs;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles learners</c>: says what there is to train, and what can be set.</summary>
internal static class LearnersCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var name = new Argument<string?>("name")
        {
            Description = "A learner, of which the hyper-parameters are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var task = new Option<string>("--task")
        {
            Description = "classification (default) or regression.",
            HelpName = "task",
            DefaultValueFactory = _ => "classification",
        };
        var command = new ToolCommand(
            "learners",
            "List the learners, or the hyper-parameters of one.",
            """
            ensembles learners random-forest
            """);
        command.Arguments.Add(name);
        command.Options.Add(task);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is string learner)
            {
                List(context, learner, parsed.GetValue(task)!);
            }
            else
            {
                ListAll(context);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void ListAll(ToolContext context) => context.Terminal.Facts(
    [
        .. LearnerCatalog.Learners
            .GroupBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entries => (entries.Key, string.Join(", ", entries.Select(entry => Recipes.Describe(entry.Task))))),
    ]);

    private static void List(ToolContext context, string name, string task)
    {
        LearnerEntry[] named =
        [
            .. LearnerCatalog.Learners.Where(entry => Is(entry.Name, name) || Is(entry.TypeName, name)),
        ];
        if (named.Length == 0)
        {
            IEnumerable<string> known = LearnerCatalog.Learners.Select(entry => entry.Name).Distinct(StringComparer.Ordinal);
            throw new UsageException($"there is no learner '{name}'. {NearestNames.Suggest(name, known)}");
        }

        LearnerEntry found = named.Length == 1
            ? named[0]
            : Array.Find(named, entry => Is(Recipes.Describe(entry.Task), task))
                ?? throw new UsageException($"--task must be classification or regression, not '{task}'.");
        context.Terminal.Facts(
        [
            .. found.HyperParameters.Select(parameter => (parameter.Name, $"{parameter.Show(found.Default)} ({parameter.Accepts})")),
        ]);
    }

    private static bool Is(string name, string given) => string.Equals(name, given, StringComparison.OrdinalIgnoreCase);
}
