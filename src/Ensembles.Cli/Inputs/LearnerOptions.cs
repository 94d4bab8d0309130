using System.CommandLine;
using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Cli.Inputs;

/// <summary>The options that say which recipe is used.</summary>
internal sealed class LearnerOptions
{
    private readonly Option<string> _learner = new("--learner", "-l")
    {
        Description = "What learns: random-forest, newton-boosting …; `ensembles learners` lists them all.",
        HelpName = "name",
        Required = true,
    };

    private readonly Option<string?> _task = new("--task")
    {
        Description = $"classification or regression; else text and at most {TaskOfTarget.MostClasses} whole numbers are classes.",
        HelpName = "task",
    };

    private readonly Option<string?> _base = new("--base")
    {
        Description = "The learner within bagging, adaboost or calibrated; names parted by commas within voting and stacking.",
        HelpName = "name",
    };

    private readonly Option<string[]> _set = new("--set", "-s")
    {
        Description = "A hyper-parameter, as Rounds=500; of the base learner as Base.MaxDepth=2. May be given again.",
        HelpName = "Name=value",
    };

    private readonly Option<ulong?> _seed = new("--seed") { Description = "The seed of all random decisions.", HelpName = "number" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_learner, _task, _base, _set, _seed];
        foreach (Option option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The seed, 0 where none is given.</summary>
    public ulong Seed(ParseResult parsed) => parsed.GetValue(_seed) ?? 0;

    /// <summary>What is learned.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="target">Finds it out from the data.</param>
    public LearningTask Task(ParseResult parsed, Func<LearningTask> target)
    {
        string name = parsed.GetValue(_learner)!;
        LearnerEntry[] entries = [.. LearnerCatalog.Learners.Where(entry => Is(entry.Name, name) || Is(entry.TypeName, name))];
        if (entries.Length == 0)
        {
            IEnumerable<string> known = LearnerCatalog.Learners.Select(entry => entry.Name).Distinct(StringComparer.Ordinal);
            throw new UsageException($"there is no learner '{name}'. {NearestNames.Suggest(name, known)}");
        }

        LearningTask? given = parsed.GetValue(_task)?.ToLowerInvariant() switch
        {
            null => null,
            "classification" => LearningTask.Classification,
            "regression" => LearningTask.Regression,
            var other => throw new UsageException($"--task must be classification or regression, not '{other}'."),
        };
        if (given is null)
        {
            return entries.Length == 1 ? entries[0].Task : target();
        }

        return Array.Exists(entries, entry => entry.Task == given)
            ? given.Value
            : throw new UsageException($"{name} does not learn {Recipes.Describe(given.Value)}, but {Recipes.Describe(entries[0].Task)}.");
    }

    /// <summary>The recipe of the command line.</summary>
    public Learner Recipe(ParseResult parsed, LearningTask task) =>
        Recipes.Build(parsed.GetValue(_learner)!, task, parsed.GetValue(_base), parsed.GetValue(_set) ?? [], parsed.GetValue(_seed));

    private static bool Is(string name, string given) => string.Equals(name, given, StringComparison.OrdinalIgnoreCase);
}
