using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>Random orders of rows, each a function of its seed alone.</summary>
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

    // Sets this use of a seed apart from every other use of the same seed.
    private const ulong PermutationKey = 0x5045524D55544154;
}
