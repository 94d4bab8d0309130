using System.CommandLine;
using Ensembles.Catalog;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.IsolationForests;
using Ensembles.Learners;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles train</c>: trains a model and saves it.</summary>
internal sealed class TrainCommand
{
    private readonly ToolContext _context;
    private readonly Option<string> _data = DataOptions.File();
    private readonly Option<string> _target = RunOptions.Target();
    private readonly LearnerOptions _learner = new();
    private readonly DataOptions _columns = DataOptions.OfTraining();
    private readonly ValidationOptions _validation = new(withFile: true);
    private readonly SnapshotFileOptions _snapshots = new();
    private readonly Option<int?> _threads = RunOptions.Threads();
    private readonly Option<string> _out = RunOptions.Out("Where the model is saved; packed where it ends in .gz.", "model.json");

    private TrainCommand(ToolContext context)
    {
        _context = context;
        _out.Required = true;
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var train = new TrainCommand(context);
        var command = new ToolCommand(
            "train",
            "Train a model and save it.",
            """
            ensembles train --data credit.csv --target Status --learner newton-boosting
                --set Rounds=500 --set LearningRate=0.05 --validation-fraction 0.2 --early-stopping 20 --out model.json
            ensembles train --data d.csv --target y --learner adaboost --base decision-tree --set Base.MaxDepth=2 --out model.json
            """);
        command.Options.Add(train._data);
        command.Options.Add(train._target);
        train._learner.AddTo(command);
        train._columns.AddTo(command);
        train._validation.AddTo(command);
        train._snapshots.AddTo(command);
        command.Options.Add(train._threads);
        command.Options.Add(train._out);
        command.SetAction(train.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(_data)!;
        string output = parsed.GetValue(_out)!;
        string? target = parsed.GetValue(_target);
        CsvOptions csv = _columns.Of(parsed);
        var how = new FitOptions { Threads = RunOptions.CheckThreads(parsed.GetValue(_threads)), Snapshots = _snapshots.Of(parsed) };
        LearningTask task = _learner.Task(
            parsed,
            () => TaskOfTarget.Of(path, target ?? throw new UsageException("--target must name the column that is to be predicted."), csv));
        if (task != LearningTask.AnomalyDetection && target is null)
        {
            throw new UsageException("--target must name the column that is to be predicted.");
        }

        Learner recipe = _validation.Apply(parsed, _learner.Recipe(parsed, task));
        OutputFile.Check(output);
        ulong seed = _learner.Seed(parsed);
        switch (recipe)
        {
            case Learner<ClassificationDataset, ClassificationModel> classifier:
                (ClassificationDataset rows, ClassificationDataset? rest) = _validation.Split(
                    parsed, Read(path, () => ClassificationDataset.FromCsv(path, target!, csv, _context.Cancellation)), target!, csv, seed);
                Finish(
                    Train(recipe, options => Fitting.Fit(classifier, rows, rest, options, _context.Cancellation), how),
                    rows,
                    rest,
                    output);
                break;
            case Learner<RegressionDataset, RegressionModel> regressor:
                (RegressionDataset train, RegressionDataset? validation) = _validation.Split(
                    parsed, Read(path, () => RegressionDataset.FromCsv(path, target!, csv, _context.Cancellation)), target!, csv, seed);
                Finish(
                    Train(recipe, options => Fitting.Fit(regressor, train, validation, options, _context.Cancellation), how),
                    train,
                    validation,
                    output);
                break;
            case IsolationForest forest:
                FeatureTable table = ReadTable(parsed, path, target, csv);
                Model model = Train(recipe, options => forest.Fit(table, options, _context.Cancellation), how);
                Report(model, [("rows", ModelFacts.Whole(table.RowCount))], [], output);
                break;
            default:
                throw new NotSupportedException($"{recipe.GetType().Name} cannot be trained from the command line.");
        }

        _snapshots.Remove(parsed);
        return ExitCode.Success;
    }

    private FeatureTable ReadTable(ParseResult parsed, string path, string? target, CsvOptions csv)
    {
        if (_validation.IsAskedFor(parsed) || csv.WeightColumn is not null)
        {
            throw new UsageException("an isolation forest takes no validation rows and no weights.");
        }

        // Nobody tells it what an anomaly is: a target is left out.
        csv = target is null ? csv : csv with { IgnoredColumns = [.. csv.IgnoredColumns, target] };
        return Read(path, () => FeatureTable.FromCsv(path, csv, _context.Cancellation));
    }

    private T Read<T>(string path, Func<T> read) => _context.Terminal.Wait($"Reading {path}", read);

    private TModel Train<TModel>(Learner recipe, Func<FitOptions, TModel> fit, FitOptions how) => _context.Terminal.Progress(
        $"Training {LearnerCatalog.Of(recipe).Name}", progress => fit(how with { Progress = progress }));

    private void Finish(Model model, Dataset train, Dataset? rest, string output)
    {
        string weighted = train.IsWeighted ? ", weighted" : string.Empty;
        (string, string)[] rows = rest is null
            ? [("rows", ModelFacts.Whole(train.RowCount) + weighted)]
            : [("rows", $"{ModelFacts.Whole(train.RowCount)} for training{weighted}, {ModelFacts.Whole(rest.RowCount)} for validation")];
        Report(model, rows, rest is null ? [] : MetricTable.Of(model, rest), output);
    }

    private void Report(Model model, (string Name, string Value)[] rows, MeasuredMetric[] validation, string output)
    {
        _context.Cancellation.ThrowIfCancellationRequested();
        OutputFile.Write(output, () => model.Save(output));
        (string Name, string Value)[] facts = [.. ModelFacts.Of(model)];
        _context.Terminal.Facts(
        [
            .. facts.Take(1),
            .. rows,
            .. facts.Skip(1),
            .. validation.Select(MetricTable.Show).Select(shown => ($"validation {shown.Name}", shown.Value)),
            ("saved", output),
        ]);
    }
}
