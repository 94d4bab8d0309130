using System.CommandLine;
using System.Globalization;
using Ensembles.Catalog;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.Evaluation;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles search</c>: finds the hyper-parameters that cross-validate best.</summary>
internal sealed class SearchCommand
{
    private const int TrialsShown = 20;

    private readonly ToolContext _context;
    private readonly RecipeSource _source = new();
    private readonly SpaceOptions _space = new();
    private readonly FoldOptions _folds = new();
    private readonly Option<string?> _results = new("--results")
    {
        Description = "A file that keeps the scores; a search that was interrupted goes on from it.",
        HelpName = "file",
    };

    private readonly Option<string> _out = RunOptions.Out(
        "Where the model of the best recipe is saved, trained on all rows.", "model.json");

    private readonly Option<bool> _json = RunOptions.Json();

    private SearchCommand(ToolContext context)
    {
        _context = context;
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var search = new SearchCommand(context);
        var command = new ToolCommand(
            "search",
            "Find the hyper-parameters that cross-validate best: all combinations of --grid, or --trials points at random.",
            """
            ensembles search --data d.csv --target y --learner newton-boosting
                --grid MaxDepth=4,6,8 --range LearningRate=0.01:0.3:log --trials 30 --out best.json
            """);
        search._source.AddTo(command);
        search._space.AddTo(command);
        search._folds.AddTo(command);
        Option[] options = [search._results, search._out, search._json];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(search.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Learner recipe = _source.Read(parsed, out LearningTask task);
        FoldFit fit = _source.Fit(parsed);
        ulong seed = _source.Seed(parsed);
        SearchStrategy strategy = _space.Strategy(parsed, seed);
        FoldPlan plan = _folds.Plan(parsed, task == LearningTask.Classification, seed);
        string? output = parsed.GetValue(_out);
        if (output is not null)
        {
            OutputFile.Check(output);
        }

        string title = $"Searching {LearnerCatalog.Of(recipe).Name}";
        if (recipe is Learner<ClassificationDataset, ClassificationModel> classifier)
        {
            SearchSpace<Learner<ClassificationDataset, ClassificationModel>> space = _space.Space(parsed, classifier);
            MetricList<ClassificationMetric> metrics = _folds.OfClasses(parsed);
            ClassificationDataset data = _source.ReadClasses(parsed, _context);
            SearchResult<Learner<ClassificationDataset, ClassificationModel>, ClassificationMetric> result = _context.Terminal.Progress(
                title,
                progress => HyperParameterSearch.Run(
                    space, data, strategy, plan, metrics, fit.Fit, Options(parsed, progress), _context.Cancellation));
            Model? best = output is null ? null : Train(parsed, run => fit.Fit(result.BestRecipe, data, run, _context.Cancellation));
            Report(parsed, result, best, output);
        }
        else
        {
            var regressor = (Learner<RegressionDataset, RegressionModel>)recipe;
            SearchSpace<Learner<RegressionDataset, RegressionModel>> space = _space.Space(parsed, regressor);
            MetricList<RegressionMetric> metrics = _folds.OfNumbers(parsed);
            RegressionDataset data = _source.ReadNumbers(parsed, _context);
            SearchResult<Learner<RegressionDataset, RegressionModel>, RegressionMetric> result = _context.Terminal.Progress(
                title,
                progress => HyperParameterSearch.Run(
                    space, data, strategy, plan, metrics, fit.Fit, Options(parsed, progress), _context.Cancellation));
            Model? best = output is null ? null : Train(parsed, run => fit.Fit(result.BestRecipe, data, run, _context.Cancellation));
            Report(parsed, result, best, output);
        }

        return ExitCode.Success;
    }

    // To the last bit, so that the best recipe can be set again.
    private static string Exact(SearchValue value) =>
        value.Value is double number ? number.ToString(CultureInfo.InvariantCulture) : value.Text;

    private SearchOptions Options(ParseResult parsed, IProgress<FitProgress>? progress) =>
        new() { Threads = _source.Threads(parsed), Progress = progress, ResultsFile = parsed.GetValue(_results) };

    private Model Train(ParseResult parsed, Func<FitOptions, Model> fit) => _context.Terminal.Progress(
        "Training the best", progress => fit(new FitOptions { Threads = _source.Threads(parsed), Progress = progress }));

    private void Report<TLearner, TMetric>(ParseResult parsed, SearchResult<TLearner, TMetric> result, Model? best, string? output)
        where TLearner : Learner
        where TMetric : Metric
    {
        _context.Cancellation.ThrowIfCancellationRequested();
        if (best is not null)
        {
            OutputFile.Write(output!, () => best.Save(output!));
        }

        if (parsed.GetValue(_json))
        {
            JsonText.Write(_context.Terminal.Out, json => SearchJson.Write(json, result));
            return;
        }

        _context.Terminal.Table(
            [
                "rank",
                .. result.Best.Values.Select(value => value.Name),
                .. result.Best.Scores.SelectMany(scores => new[] { scores.Metric.Name, "std. error" }),
            ],
            result.Trials.Take(TrialsShown).Select(trial => (string[])
            [
                trial.Error is null ? ModelFacts.Whole(trial.Rank) : "failed",
                .. trial.Values.Select(value => value.Text),
                .. trial.Scores.SelectMany(scores => new[] { TextTable.Short(scores.Mean), TextTable.Short(scores.StandardError, 2) }),
            ]));
        if (result.Trials.Count > TrialsShown)
        {
            _context.Terminal.Out.WriteLine($"and {ModelFacts.Whole(result.Trials.Count - TrialsShown)} more");
        }

        if (result.Trials.FirstOrDefault(trial => trial.Error is not null) is { } failed)
        {
            _context.Terminal.Out.WriteLine($"failed: {Messages.OneLine(new InvalidOperationException(failed.Error))}");
        }

        string flags = string.Join(' ', result.Best.Values.Select(value => $"--set {value.Name}={Exact(value)}"));
        _context.Terminal.Out.WriteLine();
        _context.Terminal.Facts(output is null ? [("best", flags)] : [("best", flags), ("saved", output)]);
    }
}
