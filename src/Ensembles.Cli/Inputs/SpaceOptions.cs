using System.CommandLine;
using System.Globalization;
using Ensembles.Evaluation;
using Ensembles.Learners;

namespace Ensembles.Cli.Inputs;

/// <summary>The options that say which hyper-parameters are searched, and how.</summary>
internal sealed class SpaceOptions
{
    private readonly Option<string[]> _grid = new("--grid", "-g")
    {
        Description = "A hyper-parameter and its values, as MaxDepth=4,8,16. May be given again.",
        HelpName = "Name=a,b,c",
    };

    private readonly Option<string[]> _range = new("--range", "-r")
    {
        Description = "A hyper-parameter and its range, as Subsample=0.5:1 or, by its logarithm, LearningRate=0.01:0.3:log.",
        HelpName = "Name=a:b",
    };

    private readonly Option<int?> _trials = new("--trials", "-n")
    {
        Description = "How many points are drawn at random; without it all combinations of --grid are tried.",
        HelpName = "count",
    };

    private readonly Option<bool> _halving = new("--halving")
    {
        Description = "Try all points with few rows, the best third of them with three times as many, and so on.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_grid, _range, _trials, _halving];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Which points are tried.</summary>
    public SearchStrategy Strategy(ParseResult parsed, ulong seed)
    {
        int? trials = parsed.GetValue(_trials);
        if (trials < 1)
        {
            throw new UsageException("--trials must be at least 1.");
        }

        if (trials is null && parsed.GetValue(_range) is { Length: > 0 })
        {
            throw new UsageException("--range needs --trials: how many points are drawn.");
        }

        SearchStrategy strategy = trials is int count ? SearchStrategy.Random(count, seed) : SearchStrategy.Grid();
        return parsed.GetValue(_halving) ? SearchStrategy.SuccessiveHalving(strategy) : strategy;
    }

    /// <summary>The recipes that are tried.</summary>
    public SearchSpace<TLearner> Space<TLearner>(ParseResult parsed, TLearner start)
        where TLearner : Learner
    {
        var space = new SearchSpace<TLearner>(start);
        foreach ((string name, string values) in Parts("--grid", parsed.GetValue(_grid)))
        {
            string[] texts = values.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (texts.Length == 0)
            {
                throw new UsageException($"--grid {name} has no value.");
            }

            foreach (string text in texts)
            {
                Recipes.Set(start, name, text);
            }

            space = Checked(() => space.Add(name, texts, (recipe, text) => (TLearner)Recipes.Set(recipe, name, text)));
        }

        foreach ((string name, string values) in Parts("--range", parsed.GetValue(_range)))
        {
            space = Checked(() => AddRange(space, start, name, values));
        }

        return space.Names.Count > 0 ? space : throw new UsageException("--grid or --range must say what is searched.");
    }

    private static SearchSpace<TLearner> AddRange<TLearner>(SearchSpace<TLearner> space, TLearner start, string name, string values)
        where TLearner : Learner
    {
        string[] ends = values.Split(':', StringSplitOptions.TrimEntries);
        bool logarithmic = ends.Length == 3 && ends[2].Equals("log", StringComparison.OrdinalIgnoreCase);
        if ((ends.Length != 2 && !logarithmic) || !TryParse(ends[0], out double least) || !TryParse(ends[1], out double greatest))
        {
            throw new UsageException($"--range takes Name=a:b or Name=a:b:log, not '{name}={values}'.");
        }

        Recipes.Set(start, name, ends[0]);
        Recipes.Set(start, name, ends[1]);
        if (!IsWhole(start, name, least, greatest))
        {
            TLearner Set(TLearner recipe, double value) =>
                (TLearner)Recipes.Set(recipe, name, value.ToString(CultureInfo.InvariantCulture));
            return logarithmic ? space.AddLogUniform(name, least, greatest, Set) : space.AddUniform(name, least, greatest, Set);
        }

        return space.AddInteger(
            name,
            (int)least,
            (int)greatest,
            (recipe, value) => (TLearner)Recipes.Set(recipe, name, value.ToString(CultureInfo.InvariantCulture)),
            logarithmic);
    }

    // A hyper-parameter of whole numbers refuses what lies between them.
    private static bool IsWhole(Learner start, string name, double least, double greatest)
    {
        bool areWhole = least == Math.Floor(least) && greatest == Math.Floor(greatest);
        if (!areWhole || Math.Max(Math.Abs(least), Math.Abs(greatest)) > int.MaxValue)
        {
            return false;
        }

        try
        {
            Recipes.Set(start, name, (((least + greatest) / 2) + 0.25).ToString(CultureInfo.InvariantCulture));
            return false;
        }
        catch (UsageException)
        {
            return true;
        }
    }

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static IEnumerable<(string Name, string Values)> Parts(string option, string[]? settings)
    {
        foreach (string setting in settings ?? [])
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            yield return equals > 0
                ? (setting[..equals].Trim(), setting[(equals + 1)..].Trim())
                : throw new UsageException($"{option} takes Name=values, not '{setting}'.");
        }
    }

    private static T Checked<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Messages.OneLine(e), e);
        }
    }
}
