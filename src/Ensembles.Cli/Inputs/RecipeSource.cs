using System.CommandLine;
using Ensembles.Catalog;
using Ensembles.Cli.Models;
using Ensembles.Cli.Terminals;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Cli.Inputs;

/// <summary>The options of commands that try recipes by data: both together.</summary>
internal sealed class RecipeSource
{
    private readonly Option<string> _data = DataOptions.File();
    private readonly Option<string> _target = RunOptions.Target();
    private readonly LearnerOptions _learner = new();
    private readonly DataOptions _columns = DataOptions.OfTraining();
    private readonly ValidationOptions _validation = new(withFile: false);
    private readonly Option<int?> _threads = RunOptions.Threads();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _target.Required = true;
        command.Options.Add(_data);
        command.Options.Add(_target);
        _learner.AddTo(command);
        _columns.AddTo(command);
        _validation.AddTo(command);
        command.Options.Add(_threads);
    }

    /// <summary>The recipe, and what it learns.</summary>
    public Learner Read(ParseResult parsed, out LearningTask task)
    {
        task = _learner.Task(parsed, () => TaskOfTarget.Of(parsed.GetValue(_data)!, parsed.GetValue(_target)!, _columns.Of(parsed)));
        return task == LearningTask.AnomalyDetection
            ? throw new UsageException("an isolation forest learns from no targets, so there is nothing to measure it by.")
            : _validation.Apply(parsed, _learner.Recipe(parsed, task));
    }

    /// <summary>How models are trained within folds.</summary>
    public FoldFit Fit(ParseResult parsed) => new(_validation.Fraction(parsed), Seed(parsed));

    /// <summary>The seed.</summary>
    public ulong Seed(ParseResult parsed) => _learner.Seed(parsed);

    /// <summary>The number of threads, or null.</summary>
    public int? Threads(ParseResult parsed) => RunOptions.CheckThreads(parsed.GetValue(_threads));

    /// <summary>The rows and their classes.</summary>
    public ClassificationDataset ReadClasses(ParseResult parsed, ToolContext context) => context.Terminal.Wait(
        Title(parsed),
        () => ClassificationDataset.FromCsv(parsed.GetValue(_data)!, parsed.GetValue(_target)!, _columns.Of(parsed), context.Cancellation));

    /// <summary>The rows and their targets.</summary>
    public RegressionDataset ReadNumbers(ParseResult parsed, ToolContext context) => context.Terminal.Wait(
        Title(parsed),
        () => RegressionDataset.FromCsv(parsed.GetValue(_data)!, parsed.GetValue(_target)!, _columns.Of(parsed), context.Cancellation));

    private string Title(ParseResult parsed) => $"Reading {parsed.GetValue(_data)}";
}
