using System.CommandLine;
using System.Text;
using Ensembles.Catalog;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.Datasets;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles data</c>: the data sets that come with the tool.</summary>
internal static class DataCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var command = new Command("data", "Data sets that come with the tool, to try it with.");
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Export(context));
        return command;
    }

    /// <summary>The name of a set on the command line: <c>credit-data</c> of <c>CreditData</c>.</summary>
    internal static string NameOf(DatasetInfo info)
    {
        var name = new StringBuilder();
        foreach (char c in info.Name)
        {
            name.Append(char.IsAsciiLetterUpper(c) && name.Length > 0 ? "-" : string.Empty).Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    /// <summary>The rows of a set.</summary>
    internal static Dataset Load(DatasetInfo info) => info.Name switch
    {
        nameof(SampleData.BreastCancer) => SampleData.BreastCancer(),
        nameof(SampleData.CreditData) => SampleData.CreditData(),
        nameof(SampleData.Diabetes) => SampleData.Diabetes(),
        nameof(SampleData.Diamonds) => SampleData.Diamonds(),
        nameof(SampleData.Digits) => SampleData.Digits(),
        nameof(SampleData.Iris) => SampleData.Iris(),
        nameof(SampleData.TelcoChurn) => SampleData.TelcoChurn(),
        nameof(SampleData.Wine) => SampleData.Wine(),
        _ => throw new NotSupportedException($"{info.Name} cannot be exported."),
    };

    private static Command List(ToolContext context)
    {
        var command = new Command("list", "List the data sets.");
        command.SetAction(_ =>
        {
            context.Terminal.Table(
                ["name", "rows", "features", "of categories", "missing cells", "target", "kind"],
                SampleData.All.Select(info => new[]
                {
                    NameOf(info),
                    ModelFacts.Whole(info.Rows),
                    ModelFacts.Whole(info.Features),
                    ModelFacts.Whole(info.CategoricalFeatures),
                    ModelFacts.Whole(info.MissingCells),
                    info.Target,
                    info.Task == DatasetTask.Classification ? $"{ModelFacts.Whole(info.Classes)} classes" : "numbers",
                }));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Export(ToolContext context)
    {
        var name = new Argument<string>("name") { Description = "The data set, as credit-data." };
        Option<string> path = RunOptions.Out("Where it is written; without it to the standard output.", "file.csv");
        var command = new Command("export", "Write a data set as a CSV file, the target last.");
        command.Arguments.Add(name);
        command.Options.Add(path);
        command.SetAction(parsed =>
        {
            string asked = parsed.GetValue(name)!;
            DatasetInfo info = SampleData.All.FirstOrDefault(info => string.Equals(NameOf(info), asked, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(info.Name, asked, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException(
                    $"there is no data set '{asked}'. {NearestNames.Suggest(asked, SampleData.All.Select(NameOf))}");
            Dataset data = Load(info);
            OutputColumn[] columns = [.. DatasetColumns.Of(data, info.Target)];
            if (parsed.GetValue(path) is not string output)
            {
                CsvWriter.Write(context.Terminal.Out, columns, data.RowCount, ',', context.Cancellation);
                return ExitCode.Success;
            }

            OutputFile.Write(output, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                CsvWriter.Write(writer, columns, data.RowCount, ',', context.Cancellation);
            });
            context.Terminal.Facts(
                [("rows", ModelFacts.Whole(data.RowCount)), ("target", info.Target), ("licence", info.Licence), ("saved", output)]);
            return ExitCode.Success;
        });
        return command;
    }
}
