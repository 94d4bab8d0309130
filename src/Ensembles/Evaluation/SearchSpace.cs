using System.Globalization;
using Ensembles.Learners;

namespace Ensembles.Evaluation;

/// <summary>
/// A recipe and the hyper-parameters of it that are searched. A space never changes: each <c>Add</c> gives a larger one.
/// </summary>
/// <typeparam name="TLearner">The kind of recipe.</typeparam>
/// <example>
/// <code>
/// var space = new SearchSpace&lt;NewtonBoostingClassifier&gt;(new() { Rounds = 200 })
///     .Add("MaxDepth", [3, 5, 8], (recipe, value) => recipe with { MaxDepth = value })
///     .AddLogUniform("LearningRate", 0.01, 0.3, (recipe, value) => recipe with { LearningRate = value });
/// </code>
/// </example>
public sealed class SearchSpace<TLearner>
    where TLearner : Learner
{
    private readonly SearchParameter<TLearner>[] _parameters;

    /// <summary>A space of one recipe.</summary>
    /// <param name="start">The recipe; what is not searched stays as it is here.</param>
    public SearchSpace(TLearner start)
        : this(start, [], null)
    {
        ArgumentNullException.ThrowIfNull(start);
    }

    private SearchSpace(TLearner start, SearchParameter<TLearner>[] parameters, SearchResource<TLearner>? resource)
    {
        Start = start;
        _parameters = parameters;
        Resource = resource;
    }

    /// <summary>The recipe that all others are made from.</summary>
    public TLearner Start { get; }

    /// <summary>The names of the hyper-parameters, in the order in which they were added.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(_parameters, parameter => parameter.Name);

    /// <summary>The hyper-parameters.</summary>
    internal ReadOnlySpan<SearchParameter<TLearner>> Parameters => _parameters;

    /// <summary>What successive halving gives out; null for rows.</summary>
    internal SearchResource<TLearner>? Resource { get; }

    /// <summary>Adds a hyper-parameter with a list of values: numbers, members of an enum, recipes, anything.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="name">What it is called in tables; none may be taken twice.</param>
    /// <param name="values">The values, at least one.</param>
    /// <param name="set">Gives a recipe a value: <c>(recipe, value) => recipe with { MaxDepth = value }</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or taken, or there is no value.</exception>
    public SearchSpace<TLearner> Add<TValue>(string name, IReadOnlyList<TValue> values, Func<TLearner, TValue, TLearner> set)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(set);
        return values.Count > 0
            ? With(new ListParameter<TLearner, TValue>(name, [.. values], set))
            : throw new ArgumentException($"{name} has no value.", nameof(values));
    }

    /// <summary>Adds a hyper-parameter of whole numbers.</summary>
    /// <param name="name">What it is called in tables; none may be taken twice.</param>
    /// <param name="least">The least value.</param>
    /// <param name="greatest">The greatest value, at least the least.</param>
    /// <param name="set">Gives a recipe a value.</param>
    /// <param name="logarithmic">Whether it is drawn so that its logarithm is uniform; the least value is then at least 1.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty, or has no logarithm.</exception>
    public SearchSpace<TLearner> AddInteger(
        string name, int least, int greatest, Func<TLearner, int, TLearner> set, bool logarithmic = false)
    {
        ArgumentNullException.ThrowIfNull(set);
        CheckRange(least, greatest, logarithmic);
        return With(new IntegerParameter<TLearner>(name, least, greatest, logarithmic, set));
    }

    /// <summary>Adds a hyper-parameter of real numbers, drawn uniformly.</summary>
    /// <param name="name">What it is called in tables; none may be taken twice.</param>
    /// <param name="least">The least value, finite.</param>
    /// <param name="greatest">The greatest value, at least the least, finite.</param>
    /// <param name="set">Gives a recipe a value.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite.</exception>
    public SearchSpace<TLearner> AddUniform(string name, double least, double greatest, Func<TLearner, double, TLearner> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        CheckRange(least, greatest, logarithmic: false);
        return With(new RealParameter<TLearner>(name, least, greatest, logarithmic: false, set));
    }

    /// <summary>Adds a hyper-parameter of real numbers above 0, drawn so that its logarithm is uniform: rates and penalties.</summary>
    /// <inheritdoc cref="AddUniform"/>
    public SearchSpace<TLearner> AddLogUniform(string name, double least, double greatest, Func<TLearner, double, TLearner> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        CheckRange(least, greatest, logarithmic: true);
        return With(new RealParameter<TLearner>(name, least, greatest, logarithmic: true, set));
    }

    /// <summary>
    /// Says what successive halving gives out: a hyper-parameter of which a model becomes better the more it has, such as the number of
    /// trees. Other searches give every trial the most.
    /// </summary>
    /// <param name="name">What it is called in tables; none may be taken twice.</param>
    /// <param name="least">The least amount, at least 1.</param>
    /// <param name="greatest">The most, at least the least.</param>
    /// <param name="set">Gives a recipe an amount.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or begins below 1.</exception>
    public SearchSpace<TLearner> WithResource(string name, int least, int greatest, Func<TLearner, int, TLearner> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        CheckRange(least, greatest, logarithmic: true);
        CheckName(name);
        return new SearchSpace<TLearner>(Start, _parameters, new SearchResource<TLearner>(name, least, greatest, set));
    }

    /// <summary>The kind of recipe, and the names of its hyper-parameters.</summary>
    public override string ToString() => $"{Start.GetType().Name}: {string.Join(", ", Names)}";

    private static void CheckRange(double least, double greatest, bool logarithmic)
    {
        if (!double.IsFinite(least) || (logarithmic && least <= 0))
        {
            string range = logarithmic ? "above 0 and finite" : "finite";
            throw new ArgumentOutOfRangeException(nameof(least), least, $"The least value must be {range}.");
        }

        if (!(greatest >= least && double.IsFinite(greatest)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(greatest), greatest, string.Create(CultureInfo.InvariantCulture, $"The greatest value must be at least {least}, and finite."));
        }
    }

    private void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Names.Append(Resource?.Name).Contains(name, StringComparer.Ordinal))
        {
            throw new ArgumentException($"There is a hyper-parameter '{name}' already.", nameof(name));
        }
    }

    private SearchSpace<TLearner> With(SearchParameter<TLearner> parameter)
    {
        CheckName(parameter.Name);
        return new SearchSpace<TLearner>(Start, [.. _parameters, parameter], Resource);
    }
}

/// <summary>A hyper-parameter that successive halving gives out.</summary>
internal sealed record SearchResource<TLearner>(string Name, int Least, int Greatest, Func<TLearner, int, TLearner> Set)
    where TLearner : Learner;
