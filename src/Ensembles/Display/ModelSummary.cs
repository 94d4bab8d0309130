using System.Globalization;
using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.Html;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Persistence;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Display;

/// <summary>What is worth knowing of a model at a glance.</summary>
internal static class ModelSummary
{
    private const int ClassesNamed = 5;
    private const int FeaturesNamed = 10;

    /// <summary>A line: the kind of model, its size, and how good its fit was.</summary>
    public static string Line(Model model)
    {
        IModelFormat format = ModelFormats.Of(model);
        IEnumerable<string> parts = Facts(model).Where(fact => fact.IsShort).Select(fact => fact.Text);
        return $"{Words(format.Kind)}: {string.Join(", ", parts)}";
    }

    /// <summary>A table: the same, the hyper-parameters that are not the default, and the most important features.</summary>
    public static string Html(Model model)
    {
        IModelFormat format = ModelFormats.Of(model);
        var table = new HtmlTable(Words(format.Kind));
        foreach (Fact fact in Facts(model))
        {
            table.Add(fact.Name, fact.Value);
        }

        table.Add("recipe", Recipe(format.RecipeOf(model)));
        string html = table.ToString();
        return model is IFeatureImportances source ? html + Importances(model.Schema, source.FeatureImportances()) : html;
    }

    private static IEnumerable<Fact> Facts(Model model)
    {
        if (model.TreeCount > 0)
        {
            yield return Fact.Count("trees", model.TreeCount, "tree", "trees");
        }

        if (model is ITreeModel tree)
        {
            yield return Fact.Count("leaves", tree.Tree.LeafCount, "leaf", "leaves");
            yield return new Fact("depth", Whole(tree.Tree.Depth), $"depth {Whole(tree.Tree.Depth)}");
        }

        yield return Fact.Count("features", model.Schema.Count, "feature", "features");
        if (model is ClassificationModel classifier)
        {
            string named = string.Join(", ", classifier.Classes.Take(ClassesNamed));
            named += classifier.ClassCount > ClassesNamed ? ", …" : string.Empty;
            yield return new Fact(
                "classes",
                $"{Whole(classifier.ClassCount)}: {named}",
                $"{Whole(classifier.ClassCount)} {(classifier.ClassCount == 1 ? "class" : "classes")} ({named})");
        }

        foreach (Fact fact in OutOfBag(model).Concat(History(model)))
        {
            yield return fact;
        }
    }

    private static IEnumerable<Fact> OutOfBag(Model model)
    {
        OutOfBagClassification? classes = model switch
        {
            ForestClassificationModel forest => forest.OutOfBag,
            BaggingClassificationModel bagging => bagging.OutOfBag,
            _ => null,
        };
        if (classes is not null)
        {
            yield return Fact.Score("out-of-bag accuracy", classes.Accuracy);
            yield return Fact.Score("out-of-bag log loss", classes.LogLoss) with { IsShort = false };
        }

        OutOfBagRegression? values = model switch
        {
            ForestRegressionModel forest => forest.OutOfBag,
            BaggingRegressionModel bagging => bagging.OutOfBag,
            _ => null,
        };
        if (values is not null)
        {
            yield return Fact.Score("out-of-bag R²", values.RSquared);
            yield return Fact.Score("out-of-bag mean squared error", values.MeanSquaredError) with { IsShort = false };
        }
    }

    private static IEnumerable<Fact> History(Model model) => model switch
    {
        AdaBoostClassificationModel boosted => Best(boosted.History),
        AdaBoostRegressionModel boosted => Best(boosted.History),
        GradientBoostingClassificationModel boosted => Best(boosted.History),
        GradientBoostingRegressionModel boosted => Best(boosted.History),
        NewtonBoostingClassificationModel boosted => Best(boosted.History),
        NewtonBoostingRegressionModel boosted => Best(boosted.History),
        LinearBoostingClassificationModel boosted => Best(boosted.History),
        LinearBoostingRegressionModel boosted => Best(boosted.History),
        _ => [],
    };

    private static IEnumerable<Fact> Best<TMetric>(EvaluationHistory<TMetric> history)
        where TMetric : Metric
    {
        if (history.BestRound is int round && history.BestScore is double score)
        {
            // People count rounds from 1.
            yield return new Fact("best round", Whole(round + 1), $"best round {Whole(round + 1)}");
            yield return Fact.Score($"validation {history.Metrics[0].Name}", score);
        }
    }

    private static string Recipe(Learner recipe)
    {
        LearnerEntry entry = LearnerCatalog.Of(recipe);
        string[] changed =
        [
            .. entry.HyperParameters
                .Where(parameter => !string.Equals(parameter.Show(recipe), parameter.Show(entry.Default), StringComparison.Ordinal))
                .Select(parameter => $"{parameter.Name} = {parameter.Show(recipe)}"),
        ];
        return $"{entry.TypeName}: {(changed.Length == 0 ? "all defaults" : string.Join(", ", changed))}";
    }

    private static string Importances(FeatureSchema schema, double[] importances)
    {
        int[] order = [.. Enumerable.Range(0, importances.Length).OrderByDescending(f => importances[f]).Take(FeaturesNamed)];
        string more = importances.Length > FeaturesNamed
            ? $" (the first {Whole(FeaturesNamed)} of {Whole(importances.Length)})"
            : string.Empty;
        var table = new HtmlTable($"importances{more}");
        double most = importances.Max();
        foreach (int f in order)
        {
            table.Add(schema[f].Name, importances[f].ToString("F3", CultureInfo.InvariantCulture), most > 0 ? importances[f] / most : 0);
        }

        return table.ToString();
    }

    private static string Words(string kind) => kind.Replace('-', ' ');

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <param name="Name">What stands before the value in a table.</param>
    /// <param name="Value">The value in a table.</param>
    /// <param name="Text">Both, in a line.</param>
    private sealed record Fact(string Name, string Value, string Text)
    {
        /// <summary>Whether the line has it.</summary>
        public bool IsShort { get; init; } = true;

        public static Fact Count(string name, int count, string one, string many) =>
            new(name, Whole(count), $"{Whole(count)} {(count == 1 ? one : many)}");

        public static Fact Score(string name, double value)
        {
            string text = value.ToString("G4", CultureInfo.InvariantCulture);
            return new Fact(name, text, $"{name} {text}");
        }
    }
}
