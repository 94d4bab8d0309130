using System.Globalization;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>Which points of a search space are tried, and with how much data.</summary>
public abstract class SearchStrategy
{
    private protected SearchStrategy()
    {
    }

    /// <summary>All combinations of all values.</summary>
    /// <param name="rangePoints">
    /// How many values of a range of numbers are taken, from its least to its greatest at equal distances (of their logarithms where it is
    /// logarithmic), at least 2; null (default) where there are lists only.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 points.</exception>
    public static SearchStrategy Grid(int? rangePoints = null) => new GridStrategy(rangePoints);

    /// <summary>
    /// Points drawn at random (J. Bergstra and Y. Bengio: Random Search for Hyper-Parameter Optimization, 2012). Where all hyper-parameters
    /// have lists or whole numbers, none is drawn twice. More trials with the same seed begin with the same ones.
    /// </summary>
    /// <param name="trials">How many, at least 1; where there are fewer points, all of them.</param>
    /// <param name="seed">Other seeds draw other points.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one trial.</exception>
    public static SearchStrategy Random(int trials, ulong seed = 0) => new RandomStrategy(trials, seed);

    /// <summary>
    /// Successive halving (K. Jamieson and A. Talwalkar 2016): all candidates are tried with little, the best 1/<paramref name="factor"/> of
    /// them with <paramref name="factor"/> times as much, and so on; the last ones get all. What is given out are rows of the training
    /// sets, or the hyper-parameter of <see cref="SearchSpace{TLearner}.WithResource"/>.
    /// </summary>
    /// <param name="candidates">The candidates: <see cref="Grid"/> or <see cref="Random"/>.</param>
    /// <param name="factor">How fast they become fewer, at least 2 (default 3).</param>
    /// <param name="leastRows">Where rows are given out: the fewest that a model is trained on, at least 1 (default 50).</param>
    /// <exception cref="ArgumentException">The candidates come from halving themselves.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static SearchStrategy SuccessiveHalving(SearchStrategy candidates, int factor = 3, int leastRows = 50) =>
        new HalvingStrategy(candidates, factor, leastRows);

    /// <summary>By what factor the candidates become fewer from rung to rung; null where there is a single rung.</summary>
    internal virtual int? Factor => null;

    /// <summary>The fewest rows that a model of a lower rung is trained on.</summary>
    internal virtual int LeastRows => 1;

    /// <summary>The points to be tried.</summary>
    internal abstract IReadOnlyList<Candidate<TLearner>> Candidates<TLearner>(SearchSpace<TLearner> space)
        where TLearner : Learner;
}

/// <summary>A point of a search space.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Values">The values of its hyper-parameters.</param>
internal sealed record Candidate<TLearner>(TLearner Recipe, SearchValue[] Values)
    where TLearner : Learner;

/// <summary>All combinations.</summary>
internal sealed class GridStrategy : SearchStrategy
{
    private const int MostPoints = 10_000_000;

    private readonly int? _rangePoints;

    public GridStrategy(int? rangePoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rangePoints ?? 2, 2, nameof(rangePoints));
        _rangePoints = rangePoints;
    }

    internal override IReadOnlyList<Candidate<TLearner>> Candidates<TLearner>(SearchSpace<TLearner> space)
    {
        SearchParameter<TLearner>[] parameters = [.. space.Parameters];
        var counts = new long[parameters.Length];
        double total = 1;
        for (int i = 0; i < parameters.Length; i++)
        {
            counts[i] = IsRange(parameters[i]) ? CountOf(parameters[i]) : parameters[i].Count!.Value;
            total *= counts[i];
        }

        if (total > MostPoints)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A grid of {total} points is too large: draw some at random."), nameof(space));
        }

        var candidates = new Candidate<TLearner>[(int)total];
        for (int number = 0; number < candidates.Length; number++)
        {
            TLearner recipe = space.Start;
            var values = new SearchValue[parameters.Length];
            long rest = number;

            // The last hyper-parameter changes the fastest.
            for (int i = parameters.Length - 1; i >= 0; i--)
            {
                (rest, long index) = Math.DivRem(rest, counts[i]);
                recipe = IsRange(parameters[i])
                    ? parameters[i].SetAt(recipe, (double)index / (counts[i] - 1), out values[i])
                    : parameters[i].Set(recipe, index, out values[i]);
            }

            candidates[number] = new Candidate<TLearner>(recipe, values);
        }

        return candidates;
    }

    private static bool IsRange<TLearner>(SearchParameter<TLearner> parameter)
        where TLearner : Learner => parameter.Count is null;

    private long CountOf<TLearner>(SearchParameter<TLearner> parameter)
        where TLearner : Learner => _rangePoints ?? throw new ArgumentException(
            $"{parameter.Name} is a range of numbers: a grid needs rangePoints, or draw points at random.", "strategy");
}

/// <summary>Points at random.</summary>
internal sealed class RandomStrategy : SearchStrategy
{
    private const ulong TrialKey = 0x545249414C;

    private readonly int _trials;
    private readonly ulong _seed;

    public RandomStrategy(int trials, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        _trials = trials;
        _seed = seed;
    }

    internal override IReadOnlyList<Candidate<TLearner>> Candidates<TLearner>(SearchSpace<TLearner> space)
    {
        SearchParameter<TLearner>[] parameters = [.. space.Parameters];
        double total = 1;
        foreach (SearchParameter<TLearner> parameter in parameters)
        {
            total *= parameter.Count ?? double.PositiveInfinity;
        }

        var random = new RandomStream(KeyedRandom.Mix(_seed, TrialKey));
        int[]? points = null;
        if (total <= int.MaxValue)
        {
            points = new int[(int)Math.Min(_trials, total)];
            random.SampleWithoutReplacement((int)total, points);
        }

        var candidates = new Candidate<TLearner>[points?.Length ?? _trials];
        for (int number = 0; number < candidates.Length; number++)
        {
            TLearner recipe = space.Start;
            var values = new SearchValue[parameters.Length];
            long rest = points?[number] ?? 0;
            for (int i = parameters.Length - 1; i >= 0; i--)
            {
                if (points is null)
                {
                    ulong key = KeyedRandom.Mix(_seed, TrialKey, (ulong)number);
                    recipe = parameters[i].SetAt(recipe, KeyedRandom.ToUnitDouble(KeyedRandom.Mix(key, (ulong)i)), out values[i]);
                }
                else
                {
                    (rest, long index) = Math.DivRem(rest, parameters[i].Count!.Value);
                    recipe = parameters[i].Set(recipe, index, out values[i]);
                }
            }

            candidates[number] = new Candidate<TLearner>(recipe, values);
        }

        return candidates;
    }
}

/// <summary>Fewer and fewer candidates with more and more.</summary>
internal sealed class HalvingStrategy : SearchStrategy
{
    private readonly SearchStrategy _candidates;

    public HalvingStrategy(SearchStrategy candidates, int factor, int leastRows)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastRows, 1);
        _candidates = candidates is HalvingStrategy
            ? throw new ArgumentException("The candidates must come from a grid or from chance.", nameof(candidates))
            : candidates;
        Factor = factor;
        LeastRows = leastRows;
    }

    internal override int? Factor { get; }

    internal override int LeastRows { get; }

    internal override IReadOnlyList<Candidate<TLearner>> Candidates<TLearner>(SearchSpace<TLearner> space) => _candidates.Candidates(space);
}
