using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// The inner loop of the partition: parts a list of rows by the bins of one column, stably. Where the machine can compress 16-bit lanes,
/// 64 rows at a time; elsewhere row by row. Both give the same lists.
/// </summary>
internal static unsafe class PartitionKernel
{
    /// <summary>Places that the buffer needs beyond the rows.</summary>
    public const int Slack = 64;

    // Rows whose bins are gathered before they are looked at: a vector that is read from bytes just written would wait for them.
    private const int Chunk = 1024;

    private const int Lanes = 64;

    /// <summary>Parts rows.</summary>
    /// <param name="rows">The rows; those that go left stay here, at the head.</param>
    /// <param name="count">Their number.</param>
    /// <param name="areFirst">Whether the rows are 0, 1, … in order.</param>
    /// <param name="column">The bins of the column by row.</param>
    /// <param name="sides">By bin 1 where its rows go left, else 0; 256.</param>
    /// <param name="buffer">Receives the rows that go right; <see cref="Slack"/> places longer than they are.</param>
    /// <returns>How many go left.</returns>
    public static int Split(ushort* rows, int count, bool areFirst, byte* column, byte* sides, ushort* buffer) =>
        Avx512Vbmi2.IsSupported ? SplitVectors(rows, count, areFirst, column, sides, buffer) : SplitRows(rows, 0, count, 0, column, sides, buffer);

    /// <summary>The same row by row, from a row on.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="first">The first one not yet looked at.</param>
    /// <param name="count">The number of all rows.</param>
    /// <param name="left">How many of those before went left.</param>
    /// <param name="column">The bins of the column by row.</param>
    /// <param name="sides">By bin 1 where its rows go left, else 0.</param>
    /// <param name="buffer">Receives the rows that go right.</param>
    /// <returns>How many go left.</returns>
    internal static int SplitRows(ushort* rows, int first, int count, int left, byte* column, byte* sides, ushort* buffer)
    {
        int right = first - left;
        for (int i = first; i < count; i++)
        {
            // Both halves are written for every row and only the counts depend on the side: no branch to predict.
            ushort row = rows[i];
            int side = sides[column[row]];
            rows[left] = row;
            buffer[right] = row;
            left += side;
            right += 1 - side;
        }

        return left;
    }

    private static int SplitVectors(ushort* rows, int count, bool areFirst, byte* column, byte* sides, ushort* buffer)
    {
        byte* gathered = stackalloc byte[Chunk];
        Vector512<byte> sides0 = Vector512.Load(sides);
        Vector512<byte> sides1 = Vector512.Load(sides + Lanes);
        Vector512<byte> sides2 = Vector512.Load(sides + (2 * Lanes));
        Vector512<byte> sides3 = Vector512.Load(sides + (3 * Lanes));
        int left = 0;
        int right = 0;
        int i = 0;
        while (i + Lanes <= count)
        {
            int end = i + Math.Min(Chunk, (count - i) & -Lanes);
            byte* bins = column + i;
            if (!areFirst)
            {
                bins = gathered;
                Gather(rows + i, end - i, column, gathered);
            }

            for (; i < end; i += Lanes, bins += Lanes)
            {
                Vector512<byte> bin = Vector512.Load(bins);
                Vector512<byte> low = Avx512Vbmi.PermuteVar64x8x2(sides0, bin, sides1);
                Vector512<byte> high = Avx512Vbmi.PermuteVar64x8x2(sides2, bin, sides3);
                Vector512<byte> goesRight = Vector512.Equals(
                    Vector512.ConditionalSelect(Vector512.LessThan(bin.AsSByte(), Vector512<sbyte>.Zero).AsByte(), high, low),
                    Vector512<byte>.Zero);
                ulong rightBits = goesRight.ExtractMostSignificantBits();
                int right0 = BitOperations.PopCount((uint)rightBits);
                int right1 = BitOperations.PopCount((uint)(rightBits >> 32));
                (Vector512<short> mask0, Vector512<short> mask1) = Vector512.Widen(goesRight.AsSByte());
                Vector512<ushort> rows0 = Vector512.Load(rows + i);
                Vector512<ushort> rows1 = Vector512.Load(rows + i + 32);

                // All 64 rows are in registers before the list is written, and what is written ends where they did.
                Compress(rows0, ~mask0.AsUInt16()).Store(rows + left);
                left += 32 - right0;
                Compress(rows1, ~mask1.AsUInt16()).Store(rows + left);
                left += 32 - right1;
                Compress(rows0, mask0.AsUInt16()).Store(buffer + right);
                right += right0;
                Compress(rows1, mask1.AsUInt16()).Store(buffer + right);
                right += right1;
            }
        }

        return SplitRows(rows, i, count, left, column, sides, buffer);
    }

    private static Vector512<ushort> Compress(Vector512<ushort> rows, Vector512<ushort> mask) =>
        Avx512Vbmi2.Compress(Vector512<ushort>.Zero, mask, rows);

    private static void Gather(ushort* rows, int count, byte* column, byte* bins)
    {
        for (int i = 0; i < count; i += 4)
        {
            bins[i] = column[rows[i]];
            bins[i + 1] = column[rows[i + 1]];
            bins[i + 2] = column[rows[i + 2]];
            bins[i + 3] = column[rows[i + 3]];
        }
    }
}
