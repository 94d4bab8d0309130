using System.Globalization;
using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>Which rows of a dataset a model learns from, and on which it is tested.</summary>
public sealed class Fold
{
    private readonly int[] _train;
    private readonly int[] _test;

    internal Fold(int[] train, int[] test)
    {
        _train = train;
        _test = test;
    }

    /// <summary>The rows to learn from, at least one.</summary>
    public ReadOnlySpan<int> Train => _train;

    /// <summary>The rows to test on, at least one and none of those to learn from.</summary>
    public ReadOnlySpan<int> Test => _test;

    /// <summary>The two parts of a dataset, as views.</summary>
    /// <typeparam name="TDataset">The kind of dataset.</typeparam>
    /// <param name="data">The dataset that the rows are numbers of.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dataset has fewer rows.</exception>
    /// <exception cref="ArgumentException">All rows of a part have weight 0.</exception>
    public (TDataset Train, TDataset Test) Of<TDataset>(TDataset data)
        where TDataset : Dataset<TDataset>
    {
        ArgumentNullException.ThrowIfNull(data);
        return (data.SelectRows(_train), data.SelectRows(_test));
    }

    /// <summary>The numbers of rows.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Counted.Text(_train.Length, "row", "rows")} to learn from, {_test.Length} to test on");

    /// <summary>The folds of an assignment of rows to folds, each the test set once.</summary>
    /// <param name="assigned">By row the number of its fold.</param>
    /// <param name="count">The number of folds; each has a row, and none has all.</param>
    internal static Fold[] FromAssigned(int[] assigned, int count)
    {
        var folds = new Fold[count];
        for (int k = 0; k < count; k++)
        {
            int size = assigned.AsSpan().Count(k);
            var test = new int[size];
            var train = new int[assigned.Length - size];
            int tests = 0;
            int trains = 0;
            for (int r = 0; r < assigned.Length; r++)
            {
                if (assigned[r] == k)
                {
                    test[tests++] = r;
                }
                else
                {
                    train[trains++] = r;
                }
            }

            folds[k] = new Fold(train, test);
        }

        return folds;
    }
}
