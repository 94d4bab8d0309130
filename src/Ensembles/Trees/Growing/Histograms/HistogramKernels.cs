using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// The inner loops of histogram growth. Bins are row-major, a byte a cell, each row padded to whole groups of four cells; a histogram is
/// laid out feature after feature, as <see cref="HistogramLayout"/> says.
/// </summary>
/// <remarks>
/// A packed cell is one 64-bit word with the gradient sum in the high half and the hessian sum in the low half, so that one integer
/// addition serves both. Rows of 16 + 16 bits have gradients within ±32,767 and hessians within 65,535, so 65,536 rows overflow neither
/// half; rows of 32 + 32 bits are of tables so small that all of them together overflow neither. A wide cell is two
/// 64-bit words, gradient first. Integer addition is associative: whatever the order of the rows, the bits are the same.
/// </remarks>
internal static unsafe class HistogramKernels
{
    // Rows of a sparse node are far apart: the lines of their bins and of their gradients are asked for this many rows ahead of use.
    private const int PrefetchDistance = 32;

    /// <summary>Spreads a packed row, gradient in the high 16 bits and hessian in the low 16, to a packed cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Spread(uint row) => ((long)((int)row >> 16) << 32) + (row & 0xFFFF);

    /// <summary>
    /// Fetches a packed histogram into the cache, one line after the other. Between two blocks other histograms and bins have driven it
    /// out, and additions, which hit its lines in no order, would wait for each of them.
    /// </summary>
    /// <param name="histogram">Packed cells.</param>
    /// <param name="cellCount">Their number.</param>
    public static void Fetch(long* histogram, int cellCount)
    {
        const int Line = 8;
        if (Sse.IsSupported)
        {
            for (int i = 0; i < cellCount; i += Line)
            {
                Sse.Prefetch0(histogram + i);
            }
        }
    }

    /// <summary>Adds rows of a block to a packed histogram.</summary>
    /// <param name="bins">The first row of the block.</param>
    /// <param name="stride">Bytes from row to row, a multiple of 4.</param>
    /// <param name="rows">Rows within the block, or null for the first <paramref name="count"/>.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="gradients">The packed gradient of each row of the block: its two halves of 16 bits.</param>
    /// <param name="histogram">The packed cells.</param>
    /// <param name="groupCells">By four features: the cells of each.</param>
    public static void AddPacked(byte* bins, int stride, ushort* rows, int count, uint* gradients, long* histogram, int* groupCells)
    {
        if (rows is null)
        {
            AddAllPacked(bins, stride, count, gradients, histogram, groupCells);
        }
        else
        {
            AddSomePacked(bins, stride, rows, count, gradients, histogram, groupCells);
        }
    }

    /// <summary>Adds rows of a block to a packed histogram.</summary>
    /// <param name="bins">The first row of the block.</param>
    /// <param name="stride">Bytes from row to row, a multiple of 4.</param>
    /// <param name="rows">Rows within the block, or null for the first <paramref name="count"/>.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="gradients">Of each row of the block what is added to a cell: its two halves of 32 bits.</param>
    /// <param name="histogram">The packed cells.</param>
    /// <param name="groupCells">By four features: the cells of each.</param>
    public static void AddPacked(byte* bins, int stride, ushort* rows, int count, long* gradients, long* histogram, int* groupCells)
    {
        if (rows is null)
        {
            AddAll<Words, long>(bins, stride, count, gradients, histogram, groupCells);
        }
        else
        {
            AddSome<Words, long>(bins, stride, rows, count, gradients, histogram, groupCells);
        }
    }

    /// <summary>Adds all rows of a block to a packed histogram.</summary>
    /// <param name="bins">The first row of the block.</param>
    /// <param name="stride">Bytes from row to row, a multiple of 4.</param>
    /// <param name="count">The number of rows, at most 65,536.</param>
    /// <param name="gradients">The packed gradient of each row: its two halves of 16 bits.</param>
    /// <param name="histogram">The packed cells.</param>
    /// <param name="groupCells">By four features: the cells of each.</param>
    public static void AddAllPacked(byte* bins, int stride, int count, uint* gradients, long* histogram, int* groupCells) =>
        AddAll<HalfWords, uint>(bins, stride, count, gradients, histogram, groupCells);

    private static void AddAll<TForm, TRow>(byte* bins, int stride, int count, TRow* gradients, long* histogram, int* groupCells)
        where TForm : IRowForm<TRow>
        where TRow : unmanaged
    {
        int i = 0;
        for (; i + 1 < count; i += 2)
        {
            byte* a = bins + ((nint)i * stride);
            AddTwoPacked(a, a + stride, stride, TForm.Spread(gradients[i]), TForm.Spread(gradients[i + 1]), histogram, groupCells);
        }

        if (i < count)
        {
            AddOnePacked(bins + ((nint)i * stride), stride, TForm.Spread(gradients[i]), histogram, groupCells);
        }
    }

    /// <summary>Adds some rows of a block to a packed histogram.</summary>
    /// <param name="bins">The first row of the block.</param>
    /// <param name="stride">Bytes from row to row, a multiple of 4.</param>
    /// <param name="rows">Rows within the block.</param>
    /// <param name="count">Their number.</param>
    /// <param name="gradients">The packed gradient of each row of the block: its two halves of 16 bits.</param>
    /// <param name="histogram">The packed cells.</param>
    /// <param name="groupCells">By four features: the cells of each.</param>
    public static void AddSomePacked(byte* bins, int stride, ushort* rows, int count, uint* gradients, long* histogram, int* groupCells) =>
        AddSome<HalfWords, uint>(bins, stride, rows, count, gradients, histogram, groupCells);

    private static void AddSome<TForm, TRow>(
        byte* bins, int stride, ushort* rows, int count, TRow* gradients, long* histogram, int* groupCells)
        where TForm : IRowForm<TRow>
        where TRow : unmanaged
    {
        int i = 0;
        for (; i + 1 < count; i += 2)
        {
            if (Sse.IsSupported)
            {
                Prefetch(bins, stride, rows[Math.Min(i + PrefetchDistance, count - 1)], gradients);
                Prefetch(bins, stride, rows[Math.Min(i + PrefetchDistance + 1, count - 1)], gradients);
            }

            int a = rows[i];
            int b = rows[i + 1];
            AddTwoPacked(
                bins + ((nint)a * stride), bins + ((nint)b * stride), stride, TForm.Spread(gradients[a]), TForm.Spread(gradients[b]), histogram,
                groupCells);
        }

        if (i < count)
        {
            int a = rows[i];
            AddOnePacked(bins + ((nint)a * stride), stride, TForm.Spread(gradients[a]), histogram, groupCells);
        }
    }

    /// <summary>Adds rows of a block to a wide histogram.</summary>
    /// <param name="bins">The first row of the block.</param>
    /// <param name="stride">Bytes from row to row, a multiple of 4.</param>
    /// <param name="rows">Rows within the block, or null for the first <paramref name="count"/>.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="gradients">For each row of the block its gradient and its hessian.</param>
    /// <param name="histogram">The wide cells.</param>
    /// <param name="groupCells">By four features: the cells of each.</param>
    public static void AddWide(byte* bins, int stride, ushort* rows, int count, long* gradients, long* histogram, int* groupCells)
    {
        for (int i = 0; i < count; i++)
        {
            int row = rows is null ? i : rows[i];
            Vector128<long> pair = Vector128.Load(gradients + (2 * (nint)row));
            byte* cells = bins + ((nint)row * stride);
            long* feature = histogram;
            for (int f = 0; f < stride; f += HistogramLayout.FeaturesPerGroup)
            {
                nint words = 2 * groupCells[f / HistogramLayout.FeaturesPerGroup];
                for (int column = f; column < f + HistogramLayout.FeaturesPerGroup; column++)
                {
                    long* cell = feature + (2 * cells[column]);
                    (Vector128.Load(cell) + pair).Store(cell);
                    feature += words;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TRow>(byte* bins, int stride, int row, TRow* gradients)
        where TRow : unmanaged
    {
        // A row of a few dozen columns often lies across two lines.
        byte* cells = bins + ((nint)row * stride);
        Sse.Prefetch0(cells);
        Sse.Prefetch0(cells + stride - 1);
        Sse.Prefetch0(gradients + row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTwoPacked(byte* a, byte* b, int stride, long first, long second, long* histogram, int* groupCells)
    {
        for (int f = 0; f < stride; f += HistogramLayout.FeaturesPerGroup)
        {
            // Four bins in one load; the two rows keep two chains of additions going.
            uint x = *(uint*)(a + f);
            uint y = *(uint*)(b + f);
            nint cells = groupCells[f / HistogramLayout.FeaturesPerGroup];
            long* f0 = histogram;
            long* f1 = f0 + cells;
            long* f2 = f1 + cells;
            long* f3 = f2 + cells;
            f0[(byte)x] += first;
            f1[(byte)(x >> 8)] += first;
            f2[(byte)(x >> 16)] += first;
            f3[x >> 24] += first;
            f0[(byte)y] += second;
            f1[(byte)(y >> 8)] += second;
            f2[(byte)(y >> 16)] += second;
            f3[y >> 24] += second;
            histogram = f3 + cells;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOnePacked(byte* a, int stride, long first, long* histogram, int* groupCells)
    {
        for (int f = 0; f < stride; f += HistogramLayout.FeaturesPerGroup)
        {
            uint x = *(uint*)(a + f);
            nint cells = groupCells[f / HistogramLayout.FeaturesPerGroup];
            long* f0 = histogram;
            long* f1 = f0 + cells;
            long* f2 = f1 + cells;
            long* f3 = f2 + cells;
            f0[(byte)x] += first;
            f1[(byte)(x >> 8)] += first;
            f2[(byte)(x >> 16)] += first;
            f3[x >> 24] += first;
            histogram = f3 + cells;
        }
    }

    /// <summary>How the gradient and hessian of a row are kept.</summary>
    private interface IRowForm<TRow>
        where TRow : unmanaged
    {
        /// <summary>What is added to a packed cell.</summary>
        static abstract long Spread(TRow row);
    }

    private readonly struct HalfWords : IRowForm<uint>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Spread(uint row) => HistogramKernels.Spread(row);
    }

    private readonly struct Words : IRowForm<long>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Spread(long row) => row;
    }
}
