using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// The weight and the weighted target of each row in one word, where the weights are whole multiples of some power of two, as the counts of
/// a bootstrap are: the weight in the high bits, the target as a multiple of a step in the low ones. A sum of rows is a sum of words, and exact, so it is the same
/// in any order; splits that part the rows alike have the same score. The targets beside the weights are rounded to the same multiples.
/// </summary>
internal sealed class PackedPairs
{
    // Sums keep to doubles exactly, and a bit is spare for the sign and one for rounding up.
    private const int MostTargetBits = 52;
    private const int SpareBits = 2;

    // At least half of the targets have so many bits above the step, or are multiples of it: heavy tails round ordinary rows to little.
    private const int LeastBits = 16;

    // Powers of two from here to its inverse are taken for units and steps.
    private const int LeastExponent = -900;

    private readonly int _targetBits;
    private readonly double _unit;
    private readonly double _step;

    private PackedPairs(long[] words, int targetBits, double unit, double step)
    {
        Words = words;
        _targetBits = targetBits;
        _unit = unit;
        _step = step;
    }

    /// <summary>By row.</summary>
    public long[] Words { get; }

    /// <summary>Packs pairs and rounds their targets; null, and nothing is changed, where the sums cannot be made exact.</summary>
    /// <param name="pairs">For each row its weight and its weighted target, side by side.</param>
    /// <param name="words">Memory for a word a row.</param>
    public static PackedPairs? TryCreate(Span<double> pairs, ref long[]? words)
    {
        double weights = 0;
        double magnitudes = 0;
        int unitExponent = int.MaxValue;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            weights += pairs[i];
            magnitudes += Math.Abs(pairs[i + 1]);
            unitExponent = pairs[i] > 0 ? Math.Min(unitExponent, LowestBit(pairs[i])) : unitExponent;
        }

        int magnitude = magnitudes > 0 ? Math.ILogB(magnitudes) : 0;
        if (Math.Abs((long)unitExponent) > -LeastExponent || Math.Abs((long)magnitude) > -LeastExponent)
        {
            return null;
        }

        double unit = Math.ScaleB(1, unitExponent);
        weights /= unit;
        if (!(weights < int.MaxValue))
        {
            return null;
        }

        int targetBits = Math.Min(MostTargetBits, 64 - 1 - Math.ILogB(Math.Max(weights, 1)));
        double step = Math.ScaleB(1, magnitude + SpareBits + 1 - targetBits);
        if (!KeepsMost(pairs, step))
        {
            return null;
        }

        words ??= new long[pairs.Length / 2];
        double perStep = 1 / step;
        double perUnit = 1 / unit;
        for (int r = 0; r < words.Length; r++)
        {
            double units = Math.Round(pairs[(2 * r) + 1] * perStep);
            pairs[(2 * r) + 1] = units * step;
            words[r] = ((long)(pairs[2 * r] * perUnit) << targetBits) + (long)units;
        }

        return new PackedPairs(words, targetBits, unit, step);
    }

    /// <summary>The weight of a sum of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Weight(long word) => ((word + (1L << (_targetBits - 1))) >>> _targetBits) * _unit;

    /// <summary>The weighted target of a sum of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Target(long word) => ((word << (64 - _targetBits)) >> (64 - _targetBits)) * _step;

    /// <summary>Weights and weighted targets of eight sums of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<double> Weight, Vector512<double> Target) Unpack(Vector512<long> words)
    {
        Vector512<long> weight = (words + Vector512.Create(1L << (_targetBits - 1))) >>> _targetBits;
        Vector512<long> target = words - (weight << _targetBits);
        return (Vector512.ConvertToDouble(weight) * Vector512.Create(_unit), Vector512.ConvertToDouble(target) * Vector512.Create(_step));
    }

    /// <summary>The exponent of the lowest bit of a positive number.</summary>
    private static int LowestBit(double value)
    {
        const int fractionBits = 52;
        long bits = BitConverter.DoubleToInt64Bits(value);
        long fraction = (bits & ((1L << fractionBits) - 1)) | (1L << fractionBits);
        return Math.ILogB(value) - fractionBits + BitOperations.TrailingZeroCount(fraction);
    }

    private static bool KeepsMost(ReadOnlySpan<double> pairs, double step)
    {
        double perStep = 1 / step;
        int rows = 0;
        int kept = 0;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            double units = Math.Abs(pairs[i + 1]) * perStep;
            rows += pairs[i] > 0 ? 1 : 0;
            kept += pairs[i] > 0 && (units >= 1 << LeastBits || units == Math.Floor(units)) ? 1 : 0;
        }

        return 2L * kept >= rows;
    }
}
