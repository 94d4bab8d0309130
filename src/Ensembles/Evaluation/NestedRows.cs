using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>Ever larger parts of rows, each with all rows of the smaller ones.</summary>
internal static class NestedRows
{
    private const ulong NestedKey = 0x4E455354;

    /// <summary>
    /// Rows in a random order of which every beginning has the classes, where there are any, in nearly the same shares as all rows.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="rows">Some of its rows.</param>
    /// <param name="key">Other keys give other orders.</param>
    public static int[] Order(Dataset data, ReadOnlySpan<int> rows, ulong key)
    {
        int[] order = [.. rows];
        var random = new RandomStream(KeyedRandom.Mix(key, NestedKey));
        random.Shuffle<int>(order);
        if (data is not ClassificationDataset classes)
        {
            return order;
        }

        // The i-th of n rows of a class stands at (i + ½)/n of the way.
        var counts = new int[classes.ClassCount];
        foreach (int row in order)
        {
            counts[classes.LabelArray[row]]++;
        }

        var seen = new int[classes.ClassCount];
        var places = new double[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int label = classes.LabelArray[order[i]];
            places[i] = (seen[label]++ + 0.5) / counts[label];
        }

        // Stable, so that equal places keep their random order.
        return [.. Enumerable.Range(0, order.Length).OrderBy(i => places[i]).Select(i => order[i])];
    }

    /// <summary>The first rows of an order, sorted: a share of them, at least one.</summary>
    public static int[] Take(int[] order, double share) =>
        [.. order.AsSpan(0, Math.Clamp((int)Math.Floor((share * order.Length) + 1e-9), 1, order.Length)).ToArray().Order()];
}
