using Ensembles.Data.Folding;
using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>Further ways to part a dataset: in the order of time, by groups, and in three.</summary>
public static class DatasetSplits
{
    private const ulong SecondKey = 0x5345434F4E44;

    /// <summary>Parts the rows at random in three views.</summary>
    /// <typeparam name="TDataset">The kind of dataset.</typeparam>
    /// <param name="data">The rows, at least three.</param>
    /// <param name="train">The share of the first part, above 0.</param>
    /// <param name="validation">The share of the second part, above 0; with the first less than 1.</param>
    /// <param name="seed">Other seeds give other parts.</param>
    /// <returns>The rows to learn from, those to choose by (early stopping, hyper-parameters), and those to test on; each in order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are too few rows.</exception>
    public static (TDataset Train, TDataset Validation, TDataset Test) Split<TDataset>(
        this TDataset data, double train, double validation, ulong seed = 0)
        where TDataset : Dataset<TDataset> =>
        InThree(data, train, validation, (rows, fraction, second) => rows.Split(fraction, second ? KeyedRandom.Mix(seed, SecondKey) : seed));

    /// <summary>Parts the rows at random in three views that have each class in the same share.</summary>
    /// <inheritdoc cref="Split{TDataset}(TDataset, double, double, ulong)"/>
    public static (ClassificationDataset Train, ClassificationDataset Validation, ClassificationDataset Test) SplitStratified(
        this ClassificationDataset data, double train, double validation, ulong seed = 0) => InThree(
            data,
            train,
            validation,
            (rows, fraction, second) => rows.SplitStratified(fraction, second ? KeyedRandom.Mix(seed, SecondKey) : seed));

    /// <summary>Parts rows that are in the order of time: the first ones, and those that came after.</summary>
    /// <typeparam name="TDataset">The kind of dataset.</typeparam>
    /// <param name="data">The rows, at least two.</param>
    /// <param name="fraction">The share of the first part, in (0, 1); both parts get at least one row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    /// <exception cref="InvalidOperationException">There is only one row.</exception>
    public static (TDataset First, TDataset Second) SplitInOrder<TDataset>(this TDataset data, double fraction)
        where TDataset : Dataset<TDataset>
    {
        ArgumentNullException.ThrowIfNull(data);
        Dataset.CheckFraction(fraction);
        var first = new bool[data.RowCount];
        Dataset.MarkFirst([.. Enumerable.Range(0, data.RowCount)], fraction, first);
        return data.Part(first);
    }

    /// <summary>Parts rows that are in the order of time in three views, the oldest first.</summary>
    /// <inheritdoc cref="Split{TDataset}(TDataset, double, double, ulong)"/>
    public static (TDataset Train, TDataset Validation, TDataset Test) SplitInOrder<TDataset>(
        this TDataset data, double train, double validation)
        where TDataset : Dataset<TDataset> =>
        InThree(data, train, validation, (rows, fraction, second) => rows.SplitInOrder(fraction));

    /// <summary>Parts whole groups of rows at random, so that none is in both parts.</summary>
    /// <typeparam name="TDataset">The kind of dataset.</typeparam>
    /// <typeparam name="TGroup">What a group is known by.</typeparam>
    /// <param name="data">The rows.</param>
    /// <param name="groups">The group of each row, at least two different ones.</param>
    /// <param name="fraction">
    /// The share of the rows in the first part, in (0, 1): groups in random order join it where that brings it nearer to this share.
    /// </param>
    /// <param name="seed">Other seeds give other parts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    /// <exception cref="ArgumentException">There are fewer than two groups, or not one a row.</exception>
    public static (TDataset First, TDataset Second) SplitGrouped<TDataset, TGroup>(
        this TDataset data, IReadOnlyList<TGroup> groups, double fraction, ulong seed = 0)
        where TDataset : Dataset<TDataset>
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(data);
        Dataset.CheckFraction(fraction);
        var known = RowGroups.Of(groups);
        known.Check(data);
        if (known.Count < 2)
        {
            throw new ArgumentException("A single group cannot be parted in two.", nameof(groups));
        }

        double wanted = fraction * data.RowCount;
        int[] order = RowSampling.Permutation(known.Count, seed);
        var isFirst = new bool[known.Count];
        double taken = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int size = known.Sizes[order[i]];
            bool isLast = i + 1 == order.Length && isFirst.AsSpan().Count(true) == i;
            bool none = i + 1 == order.Length && taken == 0;
            isFirst[order[i]] = none || (!isLast && Math.Abs(taken + size - wanted) < Math.Abs(taken - wanted));
            taken += isFirst[order[i]] ? size : 0;
        }

        return data.Part(Array.ConvertAll(known.GroupOf, group => isFirst[group]));
    }

    private static (TDataset Train, TDataset Validation, TDataset Test) InThree<TDataset>(
        TDataset data, double train, double validation, Func<TDataset, double, bool, (TDataset First, TDataset Second)> split)
        where TDataset : Dataset<TDataset>
    {
        ArgumentNullException.ThrowIfNull(data);
        Dataset.CheckFraction(train);
        Dataset.CheckFraction(validation);
        Dataset.CheckFraction(train + validation);
        (TDataset known, TDataset test) = split(data, train + validation, false);
        (TDataset first, TDataset second) = split(known, train / (train + validation), true);
        return (first, second, test);
    }
}
