using System.Globalization;
using System.Runtime.CompilerServices;
using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>What a learner is given: features, a target of the right type, and a weight a row.</summary>
public abstract class Dataset
{
    /// <summary>
    /// The most that weights may add up to. With targets of at most 1e100 the squares of all weighted sums, which splits are compared
    /// by, are then finite.
    /// </summary>
    internal const double MaxTotalWeight = 1e50;

    private readonly double[] _weights;

    private protected Dataset(FeatureTable features, double[] weights)
    {
        Features = features;
        _weights = weights;
    }

    /// <summary>The features.</summary>
    public FeatureTable Features { get; }

    /// <summary>The names and kinds of the features.</summary>
    public FeatureSchema Schema => Features.Schema;

    /// <summary>The number of rows, at least 1.</summary>
    public int RowCount => Features.RowCount;

    /// <summary>Whether rows have weights of their own.</summary>
    public bool IsWeighted => _weights.Length > 0;

    /// <summary>One weight a row, or empty where every row weighs 1. A row of weight 0 counts as absent.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The weights as an array that is never written; empty where every row weighs 1.</summary>
    internal double[] WeightArray => _weights;

    /// <summary>
    /// The first rows as a table in HTML, which notebooks show: the target, the weight where rows have weights, and the features.
    /// </summary>
    /// <remarks>At most ten rows and twenty features.</remarks>
    public string ToHtml()
    {
        (string Name, Func<int, string> Cell) target = ("target", TargetText);
        (string Name, Func<int, string> Cell) weight = ("weight", row => _weights[row].ToString("G6", CultureInfo.InvariantCulture));
        return Features.ToHtml(ToString()!, IsWeighted ? [target, weight] : [target]);
    }

    /// <summary>The target of a row in words.</summary>
    private protected abstract string TargetText(int row);

    /// <summary>By row its fold: folds of nearly equal size and, of a classification, with the classes in the same shares.</summary>
    /// <param name="count">The number of folds, from 2 to the number of rows.</param>
    /// <param name="seed">Other seeds give other folds.</param>
    internal abstract int[] AssignFolds(int count, ulong seed);

    /// <summary>Marks the first part of a random split: of a classification with the classes in the same shares.</summary>
    /// <param name="fraction">The share of the first part, in (0, 1); both parts get at least one row.</param>
    /// <param name="seed">Other seeds give other parts.</param>
    /// <exception cref="InvalidOperationException">The rows cannot be parted in two.</exception>
    internal abstract bool[] MarkSplit(double fraction, ulong seed);

    /// <summary>By row the fold that it falls into, whatever its target.</summary>
    internal int[] EvenFolds(int count, ulong seed)
    {
        int[] order = RowSampling.Permutation(RowCount, seed);
        var fold = new int[RowCount];
        for (int i = 0; i < order.Length; i++)
        {
            fold[order[i]] = i % count;
        }

        return fold;
    }

    /// <summary>Marks the first ⌊fraction · n + ½⌋ rows of an order, at least one and not all.</summary>
    internal static void MarkFirst(ReadOnlySpan<int> order, double fraction, Span<bool> first)
    {
        if (order.Length < 2)
        {
            throw new InvalidOperationException("One row cannot be parted in two.");
        }

        int count = Math.Clamp((int)Math.Floor((fraction * order.Length) + 0.5), 1, order.Length - 1);
        foreach (int row in order[..count])
        {
            first[row] = true;
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">A share is not between 0 and 1.</exception>
    internal static void CheckFraction(double fraction, [CallerArgumentExpression(nameof(fraction))] string name = "")
    {
        if (!(fraction > 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(name, fraction, "The fraction must lie between 0 and 1, both excluded.");
        }
    }

    /// <summary>Throws, in the name of the caller's argument, unless there is one target a row.</summary>
    private protected static void CheckTargets(int count, int rowCount, string argument)
    {
        if (count != rowCount)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"There are {rowCount} rows of features but {count} {argument}."), argument);
        }
    }

    /// <summary>The weights of some rows; empty where every row weighs 1.</summary>
    private protected double[] SelectWeights(ReadOnlySpan<int> rows)
    {
        if (!IsWeighted)
        {
            return [];
        }

        var selected = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            selected[i] = _weights[rows[i]];
        }

        return selected.AsSpan().ContainsAnyExcept(0.0)
            ? selected
            : throw new ArgumentException("All of the rows selected have weight 0.", nameof(rows));
    }

    /// <summary>Copies and checks weights: as many as rows, finite, none negative, not all zero nor too great to add; an empty span stays empty.</summary>
    private protected static double[] CheckWeights(ReadOnlySpan<double> weights, int rowCount)
    {
        if (weights.IsEmpty)
        {
            return [];
        }

        if (weights.Length != rowCount)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"There are {rowCount} rows but {weights.Length} weights."), nameof(weights));
        }

        double total = 0;
        for (int r = 0; r < weights.Length; r++)
        {
            if (!double.IsFinite(weights[r]) || weights[r] < 0)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture, $"Row {r}: the weight is {weights[r]}; it must be finite and not negative."),
                    nameof(weights));
            }

            total += weights[r];
        }

        return total switch
        {
            0 => throw new ArgumentException("All weights are zero.", nameof(weights)),
            > MaxTotalWeight => throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The weights add up to {total}; the most is {MaxTotalWeight}."), nameof(weights)),
            _ => weights.ToArray(),
        };
    }
}

/// <summary>The row operations that every kind of dataset has, each giving the same kind back.</summary>
/// <typeparam name="TSelf">The kind of dataset.</typeparam>
public abstract class Dataset<TSelf> : Dataset
    where TSelf : Dataset<TSelf>
{
    private protected Dataset(FeatureTable features, double[] weights)
        : base(features, weights)
    {
    }

    /// <summary>A view of some rows, in the given order, with their targets and weights; a row may be given more than once.</summary>
    /// <param name="rows">At least one row index.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a row of this dataset.</exception>
    /// <exception cref="ArgumentException">There is no index, or all of the rows have weight 0.</exception>
    public abstract TSelf SelectRows(ReadOnlySpan<int> rows);

    /// <summary>The same rows with these weights instead.</summary>
    /// <param name="weights">One finite weight a row, none negative, not all zero; empty: every row weighs 1.</param>
    public abstract TSelf WithWeights(ReadOnlySpan<double> weights);

    /// <summary>The same rows with only these columns, in the given order: a view that shares the cells.</summary>
    /// <param name="columns">At least one column index, none twice.</param>
    public abstract TSelf SelectColumns(ReadOnlySpan<int> columns);

    /// <summary>Parts the rows at random in two views.</summary>
    /// <param name="fraction">The share of the first part, in (0, 1); both parts get at least one row.</param>
    /// <param name="seed">Other seeds give other parts.</param>
    /// <returns>The first part (for training) and the rest (for testing); within each the order of the rows is kept.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    /// <exception cref="InvalidOperationException">There is only one row.</exception>
    public (TSelf First, TSelf Second) Split(double fraction, ulong seed = 0)
    {
        CheckFraction(fraction);
        return Part(MarkEvenSplit(fraction, seed));
    }

    /// <summary>Parts the rows at random in folds of nearly equal size; each fold is the test set once.</summary>
    /// <param name="count">The number of folds, from 2 to the number of rows.</param>
    /// <param name="seed">Other seeds give other folds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of folds is out of range.</exception>
    public IReadOnlyList<(TSelf Train, TSelf Test)> Folds(int count, ulong seed = 0)
    {
        CheckFoldCount(count);
        return PartFolds(EvenFolds(count, seed), count);
    }

    /// <summary>The first part of a split whatever the targets.</summary>
    private protected bool[] MarkEvenSplit(double fraction, ulong seed)
    {
        var first = new bool[RowCount];
        MarkFirst(RowSampling.Permutation(RowCount, seed), fraction, first);
        return first;
    }

    private protected void CheckFoldCount(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, RowCount);
    }

    /// <summary>The rows that are marked, and the others.</summary>
    internal (TSelf First, TSelf Second) Part(bool[] first) =>
        (SelectRows(RowsWhere(r => first[r])), SelectRows(RowsWhere(r => !first[r])));

    private protected IReadOnlyList<(TSelf Train, TSelf Test)> PartFolds(int[] fold, int count)
    {
        var parts = new (TSelf, TSelf)[count];
        for (int k = 0; k < count; k++)
        {
            int test = k;
            parts[k] = (SelectRows(RowsWhere(r => fold[r] != test)), SelectRows(RowsWhere(r => fold[r] == test)));
        }

        return parts;
    }

    private int[] RowsWhere(Func<int, bool> predicate) => [.. Enumerable.Range(0, RowCount).Where(predicate)];
}
