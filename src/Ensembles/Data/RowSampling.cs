using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>Random orders and samples of rows, each a function of its key alone.</summary>
internal static class RowSampling
{
    /// <summary>The numbers 0 … count − 1 in random order.</summary>
    public static int[] Permutation(int count, ulong seed)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        var random = new RandomStream(KeyedRandom.Mix(seed, PermutationKey));
        random.Shuffle<int>(order);
        return order;
    }

    /// <summary>The rows of weight above 0, rising: those that a sample is drawn from.</summary>
    public static int[] Present(Dataset data)
    {
        if (!data.IsWeighted)
        {
            return [.. Enumerable.Range(0, data.RowCount)];
        }

        double[] weights = data.WeightArray;
        return [.. Enumerable.Range(0, data.RowCount).Where(r => weights[r] > 0)];
    }

    /// <summary>The same data without the rows of weight 0.</summary>
    public static TDataset WithoutAbsent<TDataset>(TDataset data)
        where TDataset : Dataset<TDataset> =>
        data.WeightArray.AsSpan().Contains(0) ? data.SelectRows(Present(data)) : data;

    /// <summary>Draws rows, with replacement (a bootstrap) or without, and counts how often each was drawn.</summary>
    /// <param name="rows">The rows to draw from. Draws depend on places in this list, so that absent rows change nothing.</param>
    /// <param name="draws">How many to draw; without replacement at most as many as there are.</param>
    /// <param name="replacement">Whether a row may be drawn again.</param>
    /// <param name="key">The source of the draws.</param>
    /// <param name="counts">By row of the table, to be overwritten: how often the row was drawn.</param>
    public static void Draw(ReadOnlySpan<int> rows, int draws, bool replacement, ulong key, Span<int> counts)
    {
        counts.Clear();
        var random = new RandomStream(key);
        if (replacement)
        {
            for (int i = 0; i < draws; i++)
            {
                counts[rows[random.NextInt(rows.Length)]]++;
            }

            return;
        }

        var places = new int[draws];
        random.SampleWithoutReplacement(rows.Length, places);
        foreach (int place in places)
        {
            counts[rows[place]] = 1;
        }
    }

    // Sets this use of a seed apart from every other use of the same seed.
    private const ulong PermutationKey = 0x5045524D55544154;
}
