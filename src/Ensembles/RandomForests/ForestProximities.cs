using Ensembles.Numerics;

namespace Ensembles.RandomForests;

/// <summary>Proximities (Breiman 2002): the share of trees in which two rows fall into the same leaf.</summary>
internal static class ForestProximities
{
    /// <summary>Between all pairs of rows of one table.</summary>
    /// <param name="leaves">Rows × trees.</param>
    /// <returns>A symmetric matrix whose diagonal is 1.</returns>
    public static double[,] Among(int[,] leaves)
    {
        int rows = leaves.GetLength(0);
        var proximities = new double[rows, rows];
        ParallelWork.For(rows, ParallelWork.Resolve(null), CancellationToken.None, i =>
        {
            for (int j = 0; j <= i; j++)
            {
                proximities[i, j] = proximities[j, i] = Share(Row(leaves, i), Row(leaves, j));
            }
        });
        return proximities;
    }

    /// <summary>Between the rows of two tables.</summary>
    /// <param name="leaves">Rows × trees.</param>
    /// <param name="others">Other rows × trees.</param>
    /// <returns>Rows × other rows.</returns>
    public static double[,] Between(int[,] leaves, int[,] others)
    {
        var proximities = new double[leaves.GetLength(0), others.GetLength(0)];
        ParallelWork.For(proximities.GetLength(0), ParallelWork.Resolve(null), CancellationToken.None, i =>
        {
            for (int j = 0; j < proximities.GetLength(1); j++)
            {
                proximities[i, j] = Share(Row(leaves, i), Row(others, j));
            }
        });
        return proximities;
    }

    /// <summary>Between the training rows, each pair in those trees alone that drew neither.</summary>
    /// <param name="leaves">Rows × trees.</param>
    /// <param name="outOfBag">Which rows the trees did not draw.</param>
    /// <returns>A symmetric matrix whose diagonal is 1; NaN where every tree drew one of the two.</returns>
    public static double[,] OutOfBag(int[,] leaves, OutOfBagMarks outOfBag)
    {
        int rows = leaves.GetLength(0);
        int trees = leaves.GetLength(1);
        for (int r = 0; r < rows; r++)
        {
            for (int t = 0; t < trees; t++)
            {
                leaves[r, t] = outOfBag.Contains(t, r) ? leaves[r, t] : -1;
            }
        }

        var proximities = new double[rows, rows];
        ParallelWork.For(rows, ParallelWork.Resolve(null), CancellationToken.None, i =>
        {
            proximities[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                proximities[i, j] = proximities[j, i] = ShareOfBothOut(Row(leaves, i), Row(leaves, j));
            }
        });
        return proximities;
    }

    private static ReadOnlySpan<int> Row(int[,] leaves, int row) =>
        System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref leaves[row, 0], leaves.GetLength(1));

    private static double Share(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int same = 0;
        for (int t = 0; t < a.Length; t++)
        {
            same += a[t] == b[t] ? 1 : 0;
        }

        return (double)same / a.Length;
    }

    private static double ShareOfBothOut(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int same = 0;
        int both = 0;
        for (int t = 0; t < a.Length; t++)
        {
            // The sign bit is clear where both are out of bag.
            bool bothOut = (a[t] | b[t]) >= 0;
            both += bothOut ? 1 : 0;
            same += bothOut && a[t] == b[t] ? 1 : 0;
        }

        return both == 0 ? double.NaN : (double)same / both;
    }
}
