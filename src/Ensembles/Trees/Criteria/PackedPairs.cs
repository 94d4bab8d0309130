using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// The weight and the weighted target of each row in one word, where the weights are whole numbers, as the counts of a bootstrap are: the
/// weight in the high bits, the target as a multiple of a step in the low ones. A sum of rows is a sum of words, and exact, so it is the same
/// in any order; splits that part the rows alike have the same score. The targets beside the weights are rounded to the same multiples.
/// </summary>
internal sealed class PackedPairs
{
    // Sums keep to doubles exactly, and a bit is spare for the sign and one for rounding up.
    private const int MostTargetBits = 52;
    private const int SpareBits = 2;

    // At least half of the targets have so many bits above the step, or are multiples of it: heavy tails round ordinary rows to little.
    private const int LeastBits = 16;

    private readonly int _targetBits;
    private readonly double _step;

    private PackedPairs(long[] words, int targetBits, double step)
    {
        Words = words;
        _targetBits = targetBits;
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
        for (int i = 0; i < pairs.Length; i += 2)
        {
            double weight = pairs[i];
            if (weight != Math.Floor(weight))
            {
                return null;
            }

            weights += weight;
            magnitudes += Math.Abs(pairs[i + 1]);
        }

        if (!(weights < int.MaxValue) || !double.IsFinite(magnitudes))
        {
            return null;
        }

        int targetBits = Math.Min(MostTargetBits, 64 - 1 - Math.ILogB(Math.Max(weights, 1)));
        double step = Math.ScaleB(1, Math.Max(Math.ILogB(Math.Max(magnitudes, double.Epsilon)), -900) + SpareBits + 1 - targetBits);
        if (magnitudes > 0 && !KeepsMost(pairs, step))
        {
            return null;
        }

        words ??= new long[pairs.Length / 2];
        double perStep = 1 / step;
        for (int r = 0; r < words.Length; r++)
        {
            double units = Math.Round(pairs[(2 * r) + 1] * perStep);
            pairs[(2 * r) + 1] = units * step;
            words[r] = ((long)pairs[2 * r] << targetBits) + (long)units;
        }

        return new PackedPairs(words, targetBits, step);
    }

    /// <summary>The weight of a sum of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Weight(long word) => (word + (1L << (_targetBits - 1))) >>> _targetBits;

    /// <summary>The weighted target of a sum of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Target(long word) => ((word << (64 - _targetBits)) >> (64 - _targetBits)) * _step;

    /// <summary>Weights and weighted targets of eight sums of words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector512<double> Weight, Vector512<double> Target) Unpack(Vector512<long> words)
    {
        Vector512<long> weight = (words + Vector512.Create(1L << (_targetBits - 1))) >>> _targetBits;
        Vector512<long> target = words - (weight << _targetBits);
        return (Vector512.ConvertToDouble(weight), Vector512.ConvertToDouble(target) * Vector512.Create(_step));
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
