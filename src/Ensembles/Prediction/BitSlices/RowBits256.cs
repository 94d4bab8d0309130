using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ensembles.Prediction.BitSlices;

/// <summary>256 rows.</summary>
internal readonly unsafe struct RowBits256(Vector256<byte> bits) : IRowBits<RowBits256>
{
    private readonly Vector256<byte> _bits = bits;

    public static int Bytes => 32;

    public static RowBits256 All => new(Vector256<byte>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits256 Load(byte* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, RowBits256 bits) => bits._bits.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits256 And(RowBits256 left, RowBits256 right) => new(left._bits & right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits256 Except(RowBits256 left, RowBits256 right) => new(Vector256.AndNot(left._bits, right._bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits256 Or(RowBits256 left, RowBits256 right) => new(left._bits | right._bits);

    public static void CompareAtMost(byte* cells, byte* ranks, int count, byte* target)
    {
        Vector256<byte> c0 = Vector256.Load(cells), c1 = Vector256.Load(cells + 32);
        Vector256<byte> c2 = Vector256.Load(cells + 64), c3 = Vector256.Load(cells + 96);
        Vector256<byte> c4 = Vector256.Load(cells + 128), c5 = Vector256.Load(cells + 160);
        Vector256<byte> c6 = Vector256.Load(cells + 192), c7 = Vector256.Load(cells + 224);
        for (int i = 0; i < count; i++)
        {
            Vector256<byte> rank = Vector256.Create(ranks[i]);
            uint* words = (uint*)(target + (32 * i));
            words[0] = Vector256.LessThanOrEqual(c0, rank).ExtractMostSignificantBits();
            words[1] = Vector256.LessThanOrEqual(c1, rank).ExtractMostSignificantBits();
            words[2] = Vector256.LessThanOrEqual(c2, rank).ExtractMostSignificantBits();
            words[3] = Vector256.LessThanOrEqual(c3, rank).ExtractMostSignificantBits();
            words[4] = Vector256.LessThanOrEqual(c4, rank).ExtractMostSignificantBits();
            words[5] = Vector256.LessThanOrEqual(c5, rank).ExtractMostSignificantBits();
            words[6] = Vector256.LessThanOrEqual(c6, rank).ExtractMostSignificantBits();
            words[7] = Vector256.LessThanOrEqual(c7, rank).ExtractMostSignificantBits();
        }
    }

    public static void Transpose(byte* planes, byte* codes)
    {
        if (Avx2.IsSupported)
        {
            BitTranspose.Planes256(planes, codes);
        }
        else
        {
            BitTranspose.Portable(planes, Bytes, codes);
        }
    }
}
