using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ensembles.Prediction.BitSlices;

/// <summary>512 rows.</summary>
internal readonly unsafe struct RowBits512(Vector512<byte> bits) : IRowBits<RowBits512>
{
    private readonly Vector512<byte> _bits = bits;

    public static int Bytes => 64;

    public static RowBits512 All => new(Vector512<byte>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits512 Load(byte* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, RowBits512 bits) => bits._bits.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits512 And(RowBits512 left, RowBits512 right) => new(left._bits & right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits512 Except(RowBits512 left, RowBits512 right) => new(Vector512.AndNot(left._bits, right._bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits512 Or(RowBits512 left, RowBits512 right) => new(left._bits | right._bits);

    public static void CompareAtMost(byte* cells, byte* ranks, int count, byte* target)
    {
        Vector512<byte> c0 = Vector512.Load(cells), c1 = Vector512.Load(cells + 64);
        Vector512<byte> c2 = Vector512.Load(cells + 128), c3 = Vector512.Load(cells + 192);
        Vector512<byte> c4 = Vector512.Load(cells + 256), c5 = Vector512.Load(cells + 320);
        Vector512<byte> c6 = Vector512.Load(cells + 384), c7 = Vector512.Load(cells + 448);
        for (int i = 0; i < count; i++)
        {
            Vector512<byte> rank = Vector512.Create(ranks[i]);
            ulong* words = (ulong*)(target + (64 * i));
            words[0] = Vector512.LessThanOrEqual(c0, rank).ExtractMostSignificantBits();
            words[1] = Vector512.LessThanOrEqual(c1, rank).ExtractMostSignificantBits();
            words[2] = Vector512.LessThanOrEqual(c2, rank).ExtractMostSignificantBits();
            words[3] = Vector512.LessThanOrEqual(c3, rank).ExtractMostSignificantBits();
            words[4] = Vector512.LessThanOrEqual(c4, rank).ExtractMostSignificantBits();
            words[5] = Vector512.LessThanOrEqual(c5, rank).ExtractMostSignificantBits();
            words[6] = Vector512.LessThanOrEqual(c6, rank).ExtractMostSignificantBits();
            words[7] = Vector512.LessThanOrEqual(c7, rank).ExtractMostSignificantBits();
        }
    }

    public static void Transpose(byte* planes, byte* codes)
    {
        if (Avx512BW.IsSupported)
        {
            BitTranspose.Planes512(planes, codes);
        }
        else
        {
            BitTranspose.Portable(planes, Bytes, codes);
        }
    }
}
