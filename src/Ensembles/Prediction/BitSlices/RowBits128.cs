using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Prediction.BitSlices;

/// <summary>128 rows.</summary>
internal readonly unsafe struct RowBits128(Vector128<byte> bits) : IRowBits<RowBits128>
{
    private readonly Vector128<byte> _bits = bits;

    public static int Bytes => 16;

    public static RowBits128 All => new(Vector128<byte>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits128 Load(byte* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* target, RowBits128 bits) => bits._bits.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits128 And(RowBits128 left, RowBits128 right) => new(left._bits & right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits128 Except(RowBits128 left, RowBits128 right) => new(Vector128.AndNot(left._bits, right._bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowBits128 Or(RowBits128 left, RowBits128 right) => new(left._bits | right._bits);

    public static void CompareAtMost(byte* cells, byte* ranks, int count, byte* target)
    {
        for (int i = 0; i < count; i++)
        {
            Vector128<byte> rank = Vector128.Create(ranks[i]);
            for (int part = 0; part < 8; part++)
            {
                Vector128<byte> atMost = Vector128.LessThanOrEqual(Vector128.Load(cells + (16 * part)), rank);
                ((ushort*)(target + (16 * i)))[part] = (ushort)atMost.ExtractMostSignificantBits();
            }
        }
    }

    public static void Transpose(byte* planes, byte* codes) => BitTranspose.Portable(planes, Bytes, codes);
}
