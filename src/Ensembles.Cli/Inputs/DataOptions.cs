using System.CommandLine;
using Ensembles.Data;

namespace Ensembles.Cli.Inputs;

/// <summary>The options that say how CSV files are read.</summary>
internal sealed class DataOptions
{
    private readonly Option<string> _delimiter = new("--delimiter")
    {
        Description = "What parts the fields of a line: a character, or tab.",
        HelpName = "character",
        DefaultValueFactory = _ => ",",
    };

    private readonly Option<string[]> _ignore = Names("--ignore", "Columns that are left out.");
    private readonly Option<string?> _weight = new("--weight")
    {
        Description = "The column of the weights of the rows.",
        HelpName = "column",
    };

    private readonly Option<string[]>? _categorical;
    private readonly Option<int>? _maxCategories;

    private DataOptions(bool decidesKinds)
    {
        if (decidesKinds)
        {
            _categorical = Names("--categorical", "Columns that are categories even where all their cells are numbers.");
            _maxCategories = new Option<int>("--max-categories")
            {
                Description = "The most distinct values of a column of text, and the most classes.",
                HelpName = "count",
                DefaultValueFactory = _ => new CsvOptions().MaxCategories,
            };
        }
    }

    /// <summary>Options of a command that learns from the data: the cells decide which columns are categories.</summary>
    public static DataOptions OfTraining() => new(decidesKinds: true);

    /// <summary>Options of a command that has a model, which knows its columns.</summary>
    public static DataOptions OfModel() => new(decidesKinds: false);

    /// <summary>The required option of the file.</summary>
    public static Option<string> File(string description = "The CSV file, with a header; gzip is unpacked.") =>
        new("--data", "-d") { Description = description, HelpName = "file.csv", Required = true };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command, bool withWeights = true)
    {
        if (_categorical is not null)
        {
            command.Options.Add(_categorical);
        }

        if (withWeights)
        {
            command.Options.Add(_ignore);
            command.Options.Add(_weight);
        }

        command.Options.Add(_delimiter);
        if (_maxCategories is not null)
        {
            command.Options.Add(_maxCategories);
        }
    }

    /// <summary>What the command line says.</summary>
    public CsvOptions Of(ParseResult parsed)
    {
        int most = _maxCategories is null ? new CsvOptions().MaxCategories : parsed.GetValue(_maxCategories);
        if (most < 1)
        {
            throw new UsageException("--max-categories must be at least 1.");
        }

        return new CsvOptions
        {
            Delimiter = parsed.GetValue(_delimiter) switch
            {
                "tab" or "\\t" or "\t" => '\t',
                { Length: 1 } one when one[0] is not ('"' or '\r' or '\n') => one[0],
                var other => throw new UsageException($"--delimiter must be one character or tab, not '{other}'."),
            },
            IgnoredColumns = Parts(parsed.GetValue(_ignore)),
            CategoricalColumns = _categorical is null ? [] : Parts(parsed.GetValue(_categorical)),
            WeightColumn = parsed.GetValue(_weight),
            MaxCategories = most,
        };
    }

    /// <summary>An option of names, parted by commas or given several times.</summary>
    public static Option<string[]> Names(string name, string description) => new(name) { Description = description, HelpName = "a,b" };

    /// <summary>The names of such an option.</summary>
    public static string[] Parts(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
