using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>The rows that an out-of-bag estimate is made of.</summary>
internal static class OutOfBagRows
{
    /// <summary>The rows that at least one member did not see.</summary>
    public static int[] Covered(int[] memberCounts) =>
        [.. Enumerable.Range(0, memberCounts.Length).Where(r => memberCounts[r] > 0)];

    /// <summary>The weights of rows.</summary>
    public static double[] Weights(Dataset data, int[] rows) =>
        Array.ConvertAll(rows, r => data.IsWeighted ? data.WeightArray[r] : 1.0);
}
