using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.MetaEnsembles;

/// <summary>What voting and stacking do with the recipes that they are given.</summary>
internal static class MemberList
{
    private const ulong MemberKey = 0x4D454D42;

    /// <summary>A copy of the recipes, at least one and none null.</summary>
    public static RecipeList<Learner<TDataset, TModel>> Of<TDataset, TModel>(IReadOnlyList<Learner<TDataset, TModel>> members, string name)
        where TDataset : Dataset<TDataset>
        where TModel : Model
    {
        ArgumentNullException.ThrowIfNull(members, name);
        if (members.Count == 0 || members.Contains(null))
        {
            throw new ArgumentException("There must be at least one member, and none may be null.", name);
        }

        return new RecipeList<Learner<TDataset, TModel>>(members);
    }

    /// <summary>A copy of weights, finite, none negative and not all 0; null stays null.</summary>
    public static RecipeList<double>? Weights(IReadOnlyList<double>? weights)
    {
        if (weights is null)
        {
            return null;
        }

        if (weights.Any(weight => !double.IsFinite(weight) || weight < 0) || !(weights.Sum() > 0 && double.IsFinite(weights.Sum())))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Weights),
                string.Join(", ", weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture))),
                "Weights must be finite, none negative and not all 0.");
        }

        return new RecipeList<double>(weights);
    }

    /// <summary>The weights of members, 1 each where none are given.</summary>
    /// <exception cref="ArgumentException">There are as many weights as members, not more or less.</exception>
    public static double[] Resolve(RecipeList<double>? weights, int members) =>
        weights is null ? [.. Enumerable.Repeat(1.0, members)]
        : weights.Count == members ? [.. weights]
        : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"There are {members} members but {weights.Count} Weights."));

    /// <summary>The recipe of a member with a seed of its own.</summary>
    /// <param name="recipe">The recipe as given.</param>
    /// <param name="seed">The seed of the ensemble.</param>
    /// <param name="number">The number of the member.</param>
    public static Learner<TDataset, TModel> Seeded<TDataset, TModel>(Learner<TDataset, TModel> recipe, ulong seed, int number)
        where TDataset : Dataset<TDataset>
        where TModel : Model =>
        recipe with { Seed = KeyedRandom.Mix(KeyedRandom.Mix(seed, MemberKey, (ulong)number), recipe.Seed) };

    /// <summary>Trains each recipe on the same data.</summary>
    public static TModel[] Fit<TDataset, TModel>(
        RecipeList<Learner<TDataset, TModel>> members,
        TDataset data,
        ulong seed,
        int threads,
        ProgressCounter progress,
        CancellationToken cancellationToken)
        where TDataset : Dataset<TDataset>
        where TModel : Model
    {
        int outer = Math.Min(threads, members.Count);
        var inner = new FitOptions { Threads = threads / outer };
        var models = new TModel[members.Count];
        ParallelWork.For(members.Count, outer, cancellationToken, m =>
        {
            models[m] = Seeded(members[m], seed, m).Fit(data, inner, cancellationToken);
            progress.Add();
        });
        return models;
    }
}
