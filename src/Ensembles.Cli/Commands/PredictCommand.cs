using System.CommandLine;
using System.Text;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles predict</c>: writes the predictions of the rows of a file.</summary>
internal sealed class PredictCommand
{
    private readonly ToolContext _context;
    private readonly Option<string> _model = RunOptions.Model();
    private readonly Option<string> _data = DataOptions.File();
    private readonly DataOptions _columns = DataOptions.OfModel();
    private readonly Option<string> _out = RunOptions.Out(
        "Where the predictions are written; without it to the standard output.", "predictions.csv");

    private readonly Option<string[]> _keep = DataOptions.Names(
        "--keep", "Columns of the data that are written before the predictions, as a number of the row.");

    private readonly Option<bool> _probabilities = new("--probabilities") { Description = "The probability of each class as well." };
    private readonly Option<bool> _raw = new("--raw") { Description = "The raw scores as well, as log-odds." };
    private readonly Option<bool> _leaves = new("--leaves") { Description = "The leaf of each tree as well, from 0." };
    private readonly Option<bool> _contributions = new("--contributions")
    {
        Description = "What each feature adds to the raw score as well (SHAP), and the base value.",
    };

    private readonly Option<int?> _threads = RunOptions.Threads();

    private PredictCommand(ToolContext context)
    {
        _context = context;
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var predict = new PredictCommand(context);
        var command = new ToolCommand(
            "predict",
            "Predict the rows of a CSV file. Columns are found by name; others are left out.",
            """
            ensembles predict --model model.json --data test.csv --probabilities --out predictions.csv
            """);
        Option[] options =
        [
            predict._model, predict._data, predict._out, predict._probabilities, predict._raw, predict._leaves, predict._contributions,
            predict._keep, predict._threads,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        predict._columns.AddTo(command, withWeights: false);
        command.SetAction(predict.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Option<bool>[] kinds = [_probabilities, _raw, _leaves, _contributions];
        if (kinds.Count(kind => parsed.GetValue(kind)) > 1)
        {
            throw new UsageException("--probabilities, --raw, --leaves and --contributions exclude each other.");
        }

        string path = parsed.GetValue(_data)!;
        string? output = parsed.GetValue(_out);
        int? threads = RunOptions.CheckThreads(parsed.GetValue(_threads));
        CsvOptions csv = _columns.Of(parsed);
        if (output is not null)
        {
            OutputFile.Check(output);
        }

        Model model = Model.Load(parsed.GetValue(_model)!);
        if (parsed.GetValue(_probabilities) && model is not ClassificationModel)
        {
            throw new UsageException("--probabilities is for classifiers.");
        }

        CsvHeader.Require(path, model.Schema, csv);
        FeatureTable rows = _context.Terminal.Wait(
            $"Reading {path}", () => FeatureTable.FromCsv(path, model.Schema, csv, _context.Cancellation));
        var columns = new List<OutputColumn>(KeptColumns.Read(path, DataOptions.Parts(parsed.GetValue(_keep)), csv));
        columns.AddRange(_context.Terminal.Wait("Predicting", () => PredictionColumns.Of(model, rows, threads)));
        if (parsed.GetValue(_probabilities))
        {
            columns.AddRange(PredictionColumns.Probabilities((ClassificationModel)model, rows, threads));
        }
        else if (parsed.GetValue(_raw))
        {
            columns.AddRange(PredictionColumns.RawScores(model, rows, threads));
        }
        else if (parsed.GetValue(_leaves))
        {
            columns.AddRange(PredictionColumns.Leaves(model, rows, threads));
        }
        else if (parsed.GetValue(_contributions))
        {
            columns.AddRange(PredictionColumns.Contributions(model, rows, threads, _context.Cancellation));
        }

        _context.Cancellation.ThrowIfCancellationRequested();
        if (output is null)
        {
            CsvWriter.Write(_context.Terminal.Out, columns, rows.RowCount, csv.Delimiter, _context.Cancellation);
            return ExitCode.Success;
        }

        OutputFile.Write(output, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            CsvWriter.Write(writer, columns, rows.RowCount, csv.Delimiter, _context.Cancellation);
        });
        return ExitCode.Success;
    }
}
