using System.CommandLine;
using Ensembles.Catalog;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.Evaluation;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles cross-validate</c>: measures a recipe by models that are trained on some rows and tested on others.</summary>
internal sealed class CrossValidateCommand
{
    private readonly ToolContext _context;
    private readonly RecipeSource _source = new();
    private readonly FoldOptions _folds = new();
    private readonly Option<bool> _json = RunOptions.Json();

    private CrossValidateCommand(ToolContext context)
    {
        _context = context;
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var validate = new CrossValidateCommand(context);
        var command = new ToolCommand(
            "cross-validate",
            "Measure a recipe by cross-validation.",
            """
            ensembles cross-validate --data d.csv --target y --learner random-forest --folds 5
            """);
        validate._source.AddTo(command);
        validate._folds.AddTo(command);
        command.Options.Add(validate._json);
        command.SetAction(validate.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Learner recipe = _source.Read(parsed, out LearningTask task);
        FoldFit fit = _source.Fit(parsed);
        FoldPlan plan = _folds.Plan(parsed, task == LearningTask.Classification, _source.Seed(parsed));
        string title = $"Cross-validating {LearnerCatalog.Of(recipe).Name}";
        if (recipe is Learner<ClassificationDataset, ClassificationModel> classifier)
        {
            MetricList<ClassificationMetric> metrics = _folds.OfClasses(parsed);
            ClassificationDataset data = _source.ReadClasses(parsed, _context);
            Report(parsed, data, recipe, _context.Terminal.Progress(title, progress => CrossValidation.Run(
                (rows, run, token) => fit.Fit(classifier, rows, run, token),
                data,
                plan,
                metrics,
                Options(parsed, progress),
                _context.Cancellation)));
        }
        else
        {
            var regressor = (Learner<RegressionDataset, RegressionModel>)recipe;
            MetricList<RegressionMetric> metrics = _folds.OfNumbers(parsed);
            RegressionDataset data = _source.ReadNumbers(parsed, _context);
            Report(parsed, data, recipe, _context.Terminal.Progress(title, progress => CrossValidation.Run(
                (rows, run, token) => fit.Fit(regressor, rows, run, token),
                data,
                plan,
                metrics,
                Options(parsed, progress),
                _context.Cancellation)));
        }

        return ExitCode.Success;
    }

    private CrossValidationOptions Options(ParseResult parsed, IProgress<FitProgress>? progress) =>
        new() { Threads = _source.Threads(parsed), Progress = progress };

    private void Report<TModel, TMetric>(ParseResult parsed, Dataset data, Learner recipe, CrossValidationResult<TModel, TMetric> result)
        where TModel : Model
        where TMetric : Metric
    {
        if (parsed.GetValue(_json))
        {
            JsonText.Write(_context.Terminal.Out, json =>
            {
                json.WriteString("learner", LearnerCatalog.Of(recipe).Name);
                json.WriteNumber("rows", data.RowCount);
                json.WriteNumber("folds", result.Folds.Count);
                foreach (MetricScores<TMetric> scores in result.Scores)
                {
                    json.WriteStartObject(MetricTable.KeyOf(scores.Metric));
                    JsonText.Number(json, "mean", scores.Mean);
                    JsonText.Number(json, "standard_error", scores.StandardError);
                    JsonText.Number(json, "standard_deviation", scores.StandardDeviation);
                    json.WriteStartArray("values");
                    foreach (double value in scores.Values)
                    {
                        json.WriteNumberValue(value);
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }
            });
            return;
        }

        string[] changes = [.. Recipes.Changes(recipe).Select(change => $"{change.Name} = {change.Value}")];
        _context.Terminal.Facts(
        [
            ("learner", LearnerCatalog.Of(recipe).Name),
            ("recipe", changes.Length == 0 ? "all defaults" : string.Join(", ", changes)),
            ("rows", ModelFacts.Whole(data.RowCount)),
            ("folds", ModelFacts.Whole(result.Folds.Count)),
        ]);
        _context.Terminal.Out.WriteLine();
        _context.Terminal.Table(
            ["metric", "mean", "std. error", "std. dev.", "least", "greatest"],
            result.Scores.Select(scores => new[]
            {
                scores.Metric.Name,
                TextTable.Short(scores.Mean),
                TextTable.Short(scores.StandardError, 2),
                TextTable.Short(scores.StandardDeviation, 2),
                TextTable.Short(scores.Values.ToArray().Min()),
                TextTable.Short(scores.Values.ToArray().Max()),
            }));
    }
}
