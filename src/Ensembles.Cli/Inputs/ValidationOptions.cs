using System.CommandLine;
using System.Globalization;
using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Cli.Inputs;

/// <summary>The options that say which rows a model is measured by while it is trained.</summary>
/// <param name="withFile">Whether these rows may come from a file.</param>
internal sealed class ValidationOptions(bool withFile)
{
    private readonly Option<string?> _file = new("--validation")
    {
        Description = "A CSV file of validation rows: boosters are measured by it after each round, all models at the end.",
        HelpName = "file.csv",
    };

    private readonly Option<double?> _fraction = new("--validation-fraction")
    {
        Description = "The share of the rows that is kept for validation, drawn by the seed (stratified by class).",
        HelpName = "share",
    };

    private readonly Option<int?> _earlyStopping = new("--early-stopping")
    {
        Description = "End a booster when the first metric has not become better for so many rounds, and keep the best round.",
        HelpName = "rounds",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        if (withFile)
        {
            command.Options.Add(_file);
        }

        command.Options.Add(_fraction);
        command.Options.Add(_earlyStopping);
    }

    /// <summary>Whether there are validation rows.</summary>
    public bool IsAskedFor(ParseResult parsed) => File(parsed) is not null || parsed.GetValue(_fraction) is not null;

    /// <summary>The share of the rows that is kept for validation, or null.</summary>
    public double? Fraction(ParseResult parsed) => parsed.GetValue(_fraction);

    /// <summary>The recipe with early stopping, where the command line asks for it.</summary>
    public Learner Apply(ParseResult parsed, Learner recipe)
    {
        if (File(parsed) is not null && parsed.GetValue(_fraction) is not null)
        {
            throw new UsageException("--validation and --validation-fraction exclude each other.");
        }

        if (parsed.GetValue(_fraction) is double fraction && !(fraction > 0 && fraction < 1))
        {
            throw new UsageException("--validation-fraction must lie between 0 and 1.");
        }

        if (parsed.GetValue(_earlyStopping) is not int rounds)
        {
            return recipe;
        }

        if (!Fitting.IsStaged(recipe))
        {
            throw new UsageException(
                "--early-stopping is for learners that train in rounds: adaboost, gradient-boosting, newton-boosting, linear-boosting.");
        }

        if (!IsAskedFor(parsed))
        {
            throw new UsageException(
                "--early-stopping needs validation rows: give --validation-fraction 0.2" + (withFile ? " or --validation." : "."));
        }

        return Recipes.Set(recipe, "EarlyStoppingRounds", rounds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The rows to train on, and those to validate on if there are any.</summary>
    public (ClassificationDataset Train, ClassificationDataset? Validation) Split(
        ParseResult parsed, ClassificationDataset data, string target, CsvOptions csv, ulong seed)
    {
        if (File(parsed) is string file)
        {
            return (data, ClassificationDataset.FromCsv(file, target, data.Schema, data.Classes, OfOtherFile(csv)));
        }

        return parsed.GetValue(_fraction) is double fraction ? data.SplitStratified(1 - fraction, seed) : (data, null);
    }

    /// <inheritdoc cref="Split(ParseResult, ClassificationDataset, string, CsvOptions, ulong)"/>
    public (RegressionDataset Train, RegressionDataset? Validation) Split(
        ParseResult parsed, RegressionDataset data, string target, CsvOptions csv, ulong seed)
    {
        if (File(parsed) is string file)
        {
            return (data, RegressionDataset.FromCsv(file, target, data.Schema, OfOtherFile(csv)));
        }

        return parsed.GetValue(_fraction) is double fraction ? data.Split(1 - fraction, seed) : (data, null);
    }

    // The schema of the training rows says which columns are features, and of which kind.
    private static CsvOptions OfOtherFile(CsvOptions csv) => csv with { IgnoredColumns = [], CategoricalColumns = [] };

    private string? File(ParseResult parsed) => withFile ? parsed.GetValue(_file) : null;
}
