namespace Ensembles.Numerics;

/// <summary>
/// Random numbers that are a function of keys: the seed, and what the decision is about (a tree, a node, a row), never a position
/// in a shared stream. So a draw is the same however the work is spread over threads or machines.
/// </summary>
internal static class KeyedRandom
{
    // The increment of SplitMix64 (Steele, Lea and Flood 2014): the odd number nearest to 2^64 divided by the golden ratio.
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>Joins two keys to one. The order matters: <c>Mix(a, b)</c> differs from <c>Mix(b, a)</c>.</summary>
    /// <remarks>
    /// <paramref name="a"/> passes the finalizer before <paramref name="b"/> is added and the sum passes it again, so chains of small
    /// integers (seed, tree, node) do not meet each other.
    /// </remarks>
    public static ulong Mix(ulong a, ulong b) => Finalize(Finalize(a + GoldenGamma) + unchecked(b * GoldenGamma) + GoldenGamma);

    /// <summary>Joins three keys to one.</summary>
    public static ulong Mix(ulong a, ulong b, ulong c) => Mix(Mix(a, b), c);

    /// <summary>The uniform double in [0, 1) of a key: its upper 53 bits.</summary>
    public static double ToUnitDouble(ulong key) => (key >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next number of SplitMix64; moves <paramref name="state"/> on.</summary>
    public static ulong NextSplitMix(ref ulong state) => Finalize(unchecked(state += GoldenGamma));

    /// <summary>The output function of SplitMix64: a bijection in which an input bit flips each output bit half the time.</summary>
    private static ulong Finalize(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
