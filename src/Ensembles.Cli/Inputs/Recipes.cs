using System.Globalization;
using Ensembles.Catalog;
using Ensembles.Learners;

namespace Ensembles.Cli.Inputs;

/// <summary>Recipes from texts, and texts from recipes.</summary>
internal static class Recipes
{
    private const string Base = "Base";

    // What recipes call the learners within them.
    private static readonly string[] MemberNames = ["Member", "Members", "Tree"];

    /// <summary>Makes a recipe.</summary>
    /// <param name="name">The name of the learner.</param>
    /// <param name="task">What it learns.</param>
    /// <param name="member">The name of the learner within it, or null.</param>
    /// <param name="settings">Hyper-parameters as <c>Name=value</c>, in the order in which they are set.</param>
    /// <param name="seed">The seed, or null.</param>
    public static Learner Build(string name, LearningTask task, string? member, IEnumerable<string> settings, ulong? seed)
    {
        Learner recipe = Checked(() => LearnerCatalog.Find(name, task)).Default;
        if (member is not null)
        {
            recipe = Set(recipe, Base, member);
        }

        if (seed is ulong given)
        {
            recipe = Set(recipe, "Seed", given.ToString(CultureInfo.InvariantCulture));
        }

        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new UsageException($"--set takes Name=value, not '{setting}'.");
            }

            recipe = Set(recipe, setting[..equals].Trim(), setting[(equals + 1)..].Trim());
        }

        return recipe;
    }

    /// <summary>
    /// A recipe with another value of a hyper-parameter; <c>Base</c> is the learner within it, whatever the recipe calls it.
    /// </summary>
    public static Learner Set(Learner recipe, string path, string value) =>
        Checked(() => LearnerCatalog.Set(recipe, Resolve(recipe, path), value));

    /// <summary>The hyper-parameters that are not as they are by default, as names and values.</summary>
    public static IEnumerable<(string Name, string Value)> Changes(Learner recipe, string prefix = "")
    {
        LearnerEntry entry = LearnerCatalog.Of(recipe);
        foreach (HyperParameter parameter in entry.HyperParameters)
        {
            string value = parameter.Show(recipe);
            if (!string.Equals(value, parameter.Show(entry.Default), StringComparison.Ordinal))
            {
                yield return (prefix + parameter.Name, value);
            }

            if (parameter.Get(recipe) is Learner member)
            {
                foreach ((string, string) change in Changes(member, $"{prefix}{parameter.Name}."))
                {
                    yield return change;
                }
            }
        }
    }

    /// <summary>What a task is called.</summary>
    public static string Describe(LearningTask task) => task switch
    {
        LearningTask.Classification => "classification",
        LearningTask.Regression => "regression",
        _ => "anomaly detection",
    };

    private static string Resolve(Learner recipe, string path)
    {
        LearnerEntry entry = LearnerCatalog.Of(recipe);
        bool isBase = path.Equals(Base, StringComparison.OrdinalIgnoreCase)
            || path.StartsWith(Base + ".", StringComparison.OrdinalIgnoreCase);
        if (!isBase)
        {
            return path;
        }

        string[] names = [.. entry.HyperParameters.Select(parameter => parameter.Name)];
        string member = Array.Find(MemberNames, name => names.Contains(name, StringComparer.Ordinal))
            ?? throw new UsageException($"{entry.Name} takes no base learner.");
        return member + path[Base.Length..];
    }

    private static T Checked<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(Messages.OneLine(e), e);
        }
    }
}
