using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ensembles.Prediction.BitSlices;

/// <summary>Adds to each row the value of its leaf.</summary>
internal static unsafe class LeafSums
{
    /// <summary>The most leaves whose values fit in registers.</summary>
    public const int RegisterLeaves = 64;

    private static readonly Vector128<byte> Unpacked =
        Vector128.Create((byte)0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);

    /// <summary>Adds one by one.</summary>
    /// <param name="codes">For each row the number of its leaf, or its lower byte.</param>
    /// <param name="upper">The upper byte; null where there is none.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="values">A value a leaf.</param>
    /// <param name="sums">A sum a row.</param>
    public static void Add(byte* codes, byte* upper, int count, double* values, double* sums)
    {
        if (upper is null)
        {
            for (int r = 0; r < count; r++)
            {
                sums[r] += values[codes[r]];
            }

            return;
        }

        for (int r = 0; r < count; r++)
        {
            sums[r] += values[codes[r] | (upper[r] << 8)];
        }
    }

    /// <summary>
    /// Adds sixteen at a time, the values taken from registers: a permutation of 32 lower halves of doubles, one of the upper halves, and
    /// the halves put together. Needs AVX-512.
    /// </summary>
    /// <param name="codes">For each row the number of its leaf, below 32.</param>
    /// <param name="count">The number of rows, a multiple of 16.</param>
    /// <param name="halves">32 lower halves of values and then 32 upper ones.</param>
    /// <param name="sums">A sum a row.</param>
    public static void AddOf32(byte* codes, int count, int* halves, double* sums)
    {
        Vector512<int> low0 = Vector512.Load(halves), low1 = Vector512.Load(halves + 16);
        Vector512<int> high0 = Vector512.Load(halves + 32), high1 = Vector512.Load(halves + 48);
        for (int r = 0; r < count; r += 16)
        {
            Vector512<int> leaf = Leaves(codes + r);
            Vector512<int> low = Avx512F.PermuteVar16x32x2(low0, leaf, low1);
            Vector512<int> high = Avx512F.PermuteVar16x32x2(high0, leaf, high1);
            AddHalves(low, high, sums + r);
        }
    }

    /// <summary>The same of numbers below 64: of 64 lower and 64 upper halves.</summary>
    /// <inheritdoc cref="AddOf32"/>
    public static void AddOf64(byte* codes, int count, int* halves, double* sums)
    {
        Vector512<int> low0 = Vector512.Load(halves), low1 = Vector512.Load(halves + 16);
        Vector512<int> low2 = Vector512.Load(halves + 32), low3 = Vector512.Load(halves + 48);
        Vector512<int> high0 = Vector512.Load(halves + 64), high1 = Vector512.Load(halves + 80);
        Vector512<int> high2 = Vector512.Load(halves + 96), high3 = Vector512.Load(halves + 112);
        for (int r = 0; r < count; r += 16)
        {
            Vector512<int> leaf = Leaves(codes + r);
            Vector512<int> second = Vector512.GreaterThan(leaf, Vector512.Create(31));
            Vector512<int> low = Vector512.ConditionalSelect(
                second, Avx512F.PermuteVar16x32x2(low2, leaf, low3), Avx512F.PermuteVar16x32x2(low0, leaf, low1));
            Vector512<int> high = Vector512.ConditionalSelect(
                second, Avx512F.PermuteVar16x32x2(high2, leaf, high3), Avx512F.PermuteVar16x32x2(high0, leaf, high1));
            AddHalves(low, high, sums + r);
        }
    }

    // In the order that comes out right when halves are put together within lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Leaves(byte* codes) =>
        Avx512F.ConvertToVector512Int32(Ssse3.Shuffle(Vector128.Load(codes), Unpacked));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddHalves(Vector512<int> low, Vector512<int> high, double* sums)
    {
        Vector512<double> first = Avx512F.UnpackLow(low, high).AsDouble();
        Vector512<double> second = Avx512F.UnpackHigh(low, high).AsDouble();
        (Vector512.Load(sums) + first).Store(sums);
        (Vector512.Load(sums + 8) + second).Store(sums + 8);
    }
}
