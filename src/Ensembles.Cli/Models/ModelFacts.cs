using System.Globalization;
using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Calibration;
using Ensembles.Catalog;
using Ensembles.Cli.Inputs;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.MetaEnsembles;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Cli.Models;

/// <summary>What there is to say of a model.</summary>
internal static class ModelFacts
{
    private const int ClassesShown = 12;

    /// <summary>The recipe that a model was trained by.</summary>
    public static Learner RecipeOf(Model model) => model switch
    {
        DecisionTreeClassificationModel m => m.Recipe,
        DecisionTreeRegressionModel m => m.Recipe,
        ForestClassificationModel m => m.Recipe,
        ForestRegressionModel m => m.Recipe,
        IsolationForestModel m => m.Recipe,
        BaggingClassificationModel m => m.Recipe,
        BaggingRegressionModel m => m.Recipe,
        AdaBoostClassificationModel m => m.Recipe,
        AdaBoostRegressionModel m => m.Recipe,
        GradientBoostingClassificationModel m => m.Recipe,
        GradientBoostingRegressionModel m => m.Recipe,
        NewtonBoostingClassificationModel m => m.Recipe,
        NewtonBoostingRegressionModel m => m.Recipe,
        LinearBoostingClassificationModel m => m.Recipe,
        LinearBoostingRegressionModel m => m.Recipe,
        CalibratedClassificationModel m => m.Recipe,
        VotingClassificationModel m => m.Recipe,
        VotingRegressionModel m => m.Recipe,
        StackingClassificationModel m => m.Recipe,
        StackingRegressionModel m => m.Recipe,
        _ => throw new NotSupportedException($"A {model.GetType().Name} is of a kind that the tool does not know."),
    };

    /// <summary>What a model predicts.</summary>
    public static LearningTask TaskOf(Model model) => model switch
    {
        ClassificationModel => LearningTask.Classification,
        RegressionModel => LearningTask.Regression,
        _ => LearningTask.AnomalyDetection,
    };

    /// <summary>
    /// A line a fact: the learner, what it reads and predicts, what it consists of, and how its recipe differs from the defaults.
    /// </summary>
    public static IEnumerable<(string Name, string Value)> Of(Model model)
    {
        Learner recipe = RecipeOf(model);
        yield return ("learner", $"{LearnerCatalog.Of(recipe).Name}, {Recipes.Describe(TaskOf(model))}");
        int categorical = model.Schema.Count(feature => feature.IsCategorical);
        yield return ("features", Whole(model.Schema.Count) + (categorical == 0 ? string.Empty : $", {Whole(categorical)} of categories"));
        if (model is ClassificationModel classifier)
        {
            string more = classifier.ClassCount > ClassesShown ? ", …" : string.Empty;
            yield return ("classes", $"{Whole(classifier.ClassCount)}: {string.Join(", ", classifier.Classes.Take(ClassesShown))}{more}");
        }

        if (model.TreeCount > 0)
        {
            yield return ("trees", Whole(model.TreeCount));
        }

        string[] changes = [.. Recipes.Changes(recipe).Select(change => $"{change.Name} = {change.Value}")];
        yield return ("recipe", changes.Length == 0 ? "all defaults" : string.Join(", ", changes));
        foreach ((string, string) score in Scores(model))
        {
            yield return score;
        }
    }

    /// <summary>A whole number as text.</summary>
    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The scores that were measured in training.</summary>
    private static IEnumerable<(string Name, string Value)> Scores(Model model) => model switch
    {
        AdaBoostClassificationModel m => OfHistory(m.History),
        AdaBoostRegressionModel m => OfHistory(m.History),
        GradientBoostingClassificationModel m => OfHistory(m.History),
        GradientBoostingRegressionModel m => OfHistory(m.History),
        NewtonBoostingClassificationModel m => OfHistory(m.History),
        NewtonBoostingRegressionModel m => OfHistory(m.History),
        LinearBoostingClassificationModel m => OfHistory(m.History),
        LinearBoostingRegressionModel m => OfHistory(m.History),
        ForestClassificationModel { OutOfBag: { } rows } => OfBag(rows),
        ForestRegressionModel { OutOfBag: { } rows } => OfBag(rows),
        BaggingClassificationModel { OutOfBag: { } rows } => OfBag(rows),
        BaggingRegressionModel { OutOfBag: { } rows } => OfBag(rows),
        _ => [],
    };

    private static IEnumerable<(string Name, string Value)> OfHistory<TMetric>(EvaluationHistory<TMetric> history)
        where TMetric : Metric
    {
        if (history.BestRound is int best)
        {
            // People count rounds from 1.
            string rounds = $"{Whole(best + 1L)} of {Whole((long)history.FirstRound + history.RoundCount)}";
            yield return ("best round", $"{rounds}, {history.Metrics[0].Name} {TextTable.Short(history.BestScore!.Value)}");
        }
    }

    private static (string Name, string Value)[] OfBag(OutOfBagClassification rows) =>
        [("out of bag", $"accuracy {TextTable.Short(rows.Accuracy)}, log loss {TextTable.Short(rows.LogLoss)}")];

    private static (string Name, string Value)[] OfBag(OutOfBagRegression rows) =>
        [("out of bag", $"RMSE {TextTable.Short(Math.Sqrt(rows.MeanSquaredError))}, R² {TextTable.Short(rows.RSquared)}")];
}
