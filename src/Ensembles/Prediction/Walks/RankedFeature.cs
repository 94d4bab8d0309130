using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ensembles.Prediction.Walks;

/// <summary>The thresholds of one feature in all trees, and the columns of ranks that they need.</summary>
internal sealed class RankedFeature
{
    /// <summary>The most thresholds of which the ranks and one number for missing cells fit in sixteen bits, with one for leaves.</summary>
    public const int MaxThresholds = ushort.MaxValue - 1;

    private readonly float[] _floats;
    private readonly double[] _doubles;

    /// <param name="feature">The feature.</param>
    /// <param name="thresholds">Rising, none twice, none NaN, at most <see cref="MaxThresholds"/>.</param>
    /// <param name="missingRight">The column whose missing cells are above all thresholds, or −1.</param>
    /// <param name="missingLeft">The column whose missing cells are below all thresholds, or −1.</param>
    public RankedFeature(int feature, double[] thresholds, int missingRight, int missingLeft)
    {
        Feature = feature;
        MissingRight = missingRight;
        MissingLeft = missingLeft;

        // t < x where x is at or above the number that follows t. Nothing is above infinity, as nothing is at or above NaN.
        _floats = Array.ConvertAll(
            thresholds, t => double.IsPositiveInfinity(t) ? float.NaN : float.BitIncrement(Rounding.Down(t)));
        _doubles = Array.ConvertAll(thresholds, t => double.IsPositiveInfinity(t) ? double.NaN : double.BitIncrement(t));
    }

    /// <summary>The feature.</summary>
    public int Feature { get; }

    /// <summary>The column whose missing cells are above all thresholds, or −1.</summary>
    public int MissingRight { get; }

    /// <summary>The column whose missing cells are below all thresholds, or −1.</summary>
    public int MissingLeft { get; }

    /// <summary>Writes for each cell the number of thresholds below it.</summary>
    public void Rank(ReadOnlySpan<float> cells, Span<ushort> ranks) => Rank(_floats, cells, ranks);

    /// <inheritdoc cref="Rank(ReadOnlySpan{float}, Span{ushort})"/>
    public void Rank(ReadOnlySpan<double> cells, Span<ushort> ranks) => Rank(_doubles, cells, ranks);

    // A binary search whose comparisons are taken as numbers: without jumps, the searches of several cells overlap.
    private static void Rank<T>(T[] starts, ReadOnlySpan<T> cells, Span<ushort> ranks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetArrayDataReference(starts);
        ranks = ranks[..cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            T cell = cells[i];
            int rank = 0;
            int length = starts.Length;
            while (length > 1)
            {
                int half = length >> 1;
                rank += half & -Unsafe.BitCast<bool, byte>(cell >= Unsafe.Add(ref first, rank + half - 1));
                length -= half;
            }

            rank += Unsafe.BitCast<bool, byte>(cell >= Unsafe.Add(ref first, rank));
            ranks[i] = T.IsNaN(cell) ? ushort.MaxValue : (ushort)rank;
        }
    }
}
