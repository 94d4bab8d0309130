using System.CommandLine;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.Evaluation;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles evaluate</c>: measures a model by rows that it has not learned from.</summary>
internal sealed class EvaluateCommand
{
    private readonly ToolContext _context;
    private readonly Option<string> _model = RunOptions.Model();
    private readonly Option<string> _data = DataOptions.File();
    private readonly Option<string> _target = RunOptions.Target();
    private readonly DataOptions _columns = DataOptions.OfModel();
    private readonly Option<bool> _json = RunOptions.Json();

    private EvaluateCommand(ToolContext context)
    {
        _context = context;
        _target.Description = "The column of the truth; by default the only one that the model does not read.";
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var evaluate = new EvaluateCommand(context);
        var command = new ToolCommand(
            "evaluate",
            "Measure a model by rows that it has not learned from.",
            """
            ensembles evaluate --model model.json --data test.csv --target Status --json
            """);
        Option[] options = [evaluate._model, evaluate._data, evaluate._target, evaluate._json];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        evaluate._columns.AddTo(command);
        command.SetAction(evaluate.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(_data)!;
        CsvOptions csv = _columns.Of(parsed);
        Model model = Model.Load(parsed.GetValue(_model)!);
        CsvHeader.Require(path, model.Schema, csv);
        string target = parsed.GetValue(_target) ?? CsvHeader.FindTarget(path, model.Schema, csv);
        CsvHeader.Require(path, target, csv);
        csv = csv with { IgnoredColumns = [] };
        switch (model)
        {
            case ClassificationModel classifier:
                Report(parsed, Read(path, () => classifier.Evaluate(
                    ClassificationDataset.FromCsv(path, target, model.Schema, classifier.Classes, csv, _context.Cancellation))));
                break;
            case RegressionModel regressor:
                Report(parsed, Read(path, () => regressor.Evaluate(
                    RegressionDataset.FromCsv(path, target, model.Schema, csv, _context.Cancellation))));
                break;
            default:
                throw new UsageException(
                    "an isolation forest learns from no targets, so there is nothing to evaluate it by; see 'ensembles predict'.");
        }

        return ExitCode.Success;
    }

    private T Read<T>(string path, Func<T> read) => _context.Terminal.Wait($"Evaluating {path}", read);

    private void Report(ParseResult parsed, ClassificationEvaluation evaluation)
    {
        MeasuredMetric[] metrics = MetricTable.Of(evaluation);
        ClassificationReport report = evaluation.Report();
        if (parsed.GetValue(_json))
        {
            JsonText.Write(
                _context.Terminal.Out,
                json => EvaluationJson.Write(json, evaluation.RowCount, metrics, report, evaluation.ConfusionMatrix()));
            return;
        }

        _context.Terminal.Facts([("rows", ModelFacts.Whole(evaluation.RowCount)), .. metrics.Select(MetricTable.Show)]);
        _context.Terminal.Out.WriteLine();
        _context.Terminal.Table(
            ["class", "precision", "recall", "F1", "rows"],
            report.Classes.Append(report.MacroAverage).Append(report.WeightedAverage).Select(scores => new[]
            {
                scores.Name,
                TextTable.Number(scores.Precision),
                TextTable.Number(scores.Recall),
                TextTable.Number(scores.F1),
                TextTable.Short(scores.Support),
            }));
        _context.Terminal.Out.WriteLine();
        ConfusionMatrix matrix = evaluation.ConfusionMatrix();
        _context.Terminal.Table(
            ["true class", .. evaluation.Classes.Select(name => $"as {name}")],
            evaluation.Classes.Select((name, i) => new[] { name }
                .Concat(Enumerable.Range(0, matrix.ClassCount).Select(j => TextTable.Short(matrix[i, j]))).ToArray()));
    }

    private void Report(ParseResult parsed, RegressionEvaluation evaluation)
    {
        MeasuredMetric[] metrics = MetricTable.Of(evaluation);
        if (parsed.GetValue(_json))
        {
            JsonText.Write(_context.Terminal.Out, json => EvaluationJson.Write(json, evaluation.RowCount, metrics));
            return;
        }

        ResidualSummary residuals = evaluation.ResidualSummary();
        _context.Terminal.Facts([("rows", ModelFacts.Whole(evaluation.RowCount)), .. metrics.Select(MetricTable.Show)]);
        _context.Terminal.Out.WriteLine();
        double[] values =
        [
            residuals.Minimum, residuals.LowerQuartile, residuals.Median, residuals.UpperQuartile, residuals.Maximum, residuals.Mean,
            residuals.StandardDeviation,
        ];
        _context.Terminal.Table(
            ["residuals", "least", "¼", "median", "¾", "greatest", "mean", "std. dev."],
            [["truth − prediction", .. values.Select(value => TextTable.Short(value))]]);
    }
}
