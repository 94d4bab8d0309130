using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ensembles.Prediction.BitSlices;

/// <summary>
/// Turns eight planes of bits into bytes: the byte of a row gets bit i from plane i. Eight bytes, one of each plane, are a matrix of 8 × 8
/// bits whose transpose is the bytes of eight rows.
/// </summary>
internal static unsafe class BitTranspose
{
    /// <summary>64 bytes a plane. Needs AVX-512BW.</summary>
    public static void Planes512(byte* planes, byte* codes)
    {
        bool galois = Gfni.V512.IsSupported;

        // The affine transform of the Galois field numbers the bytes of a matrix from the other end.
        int first = galois ? 7 : 0;
        int step = galois ? -64 : 64;
        byte* p = planes + (64 * first);
        Vector512<byte> p0 = Vector512.Load(p), p1 = Vector512.Load(p + step);
        Vector512<byte> p2 = Vector512.Load(p + (2 * step)), p3 = Vector512.Load(p + (3 * step));
        Vector512<byte> p4 = Vector512.Load(p + (4 * step)), p5 = Vector512.Load(p + (5 * step));
        Vector512<byte> p6 = Vector512.Load(p + (6 * step)), p7 = Vector512.Load(p + (7 * step));

        // Bytes to pairs, pairs to fours, fours to the eight bytes of a matrix, within lanes of 128 bits.
        Vector512<ushort> a = Avx512BW.UnpackLow(p0, p1).AsUInt16(), e = Avx512BW.UnpackHigh(p0, p1).AsUInt16();
        Vector512<ushort> b = Avx512BW.UnpackLow(p2, p3).AsUInt16(), f = Avx512BW.UnpackHigh(p2, p3).AsUInt16();
        Vector512<ushort> c = Avx512BW.UnpackLow(p4, p5).AsUInt16(), g = Avx512BW.UnpackHigh(p4, p5).AsUInt16();
        Vector512<ushort> d = Avx512BW.UnpackLow(p6, p7).AsUInt16(), h = Avx512BW.UnpackHigh(p6, p7).AsUInt16();
        FourMatrices512(a, b, c, d, codes, galois);
        FourMatrices512(e, f, g, h, codes + 64, galois);
    }

    /// <summary>32 bytes a plane. Needs AVX2.</summary>
    public static void Planes256(byte* planes, byte* codes)
    {
        Vector256<byte> p0 = Vector256.Load(planes), p1 = Vector256.Load(planes + 32);
        Vector256<byte> p2 = Vector256.Load(planes + 64), p3 = Vector256.Load(planes + 96);
        Vector256<byte> p4 = Vector256.Load(planes + 128), p5 = Vector256.Load(planes + 160);
        Vector256<byte> p6 = Vector256.Load(planes + 192), p7 = Vector256.Load(planes + 224);
        Vector256<ushort> a = Avx2.UnpackLow(p0, p1).AsUInt16(), e = Avx2.UnpackHigh(p0, p1).AsUInt16();
        Vector256<ushort> b = Avx2.UnpackLow(p2, p3).AsUInt16(), f = Avx2.UnpackHigh(p2, p3).AsUInt16();
        Vector256<ushort> c = Avx2.UnpackLow(p4, p5).AsUInt16(), g = Avx2.UnpackHigh(p4, p5).AsUInt16();
        Vector256<ushort> d = Avx2.UnpackLow(p6, p7).AsUInt16(), h = Avx2.UnpackHigh(p6, p7).AsUInt16();
        FourMatrices256(a, b, c, d, codes);
        FourMatrices256(e, f, g, h, codes + 64);
    }

    /// <summary>Any number of bytes a plane, without vectors.</summary>
    public static void Portable(byte* planes, int bytes, byte* codes)
    {
        for (int i = 0; i < bytes; i++)
        {
            ulong matrix = 0;
            for (int plane = 0; plane < 8; plane++)
            {
                matrix |= (ulong)planes[(plane * bytes) + i] << (8 * plane);
            }

            // Swaps single bits, then blocks of 2 × 2, then of 4 × 4 across the diagonal.
            ulong t = (matrix ^ (matrix >> 7)) & 0x00AA_00AA_00AA_00AA;
            matrix ^= t ^ (t << 7);
            t = (matrix ^ (matrix >> 14)) & 0x0000_CCCC_0000_CCCC;
            matrix ^= t ^ (t << 14);
            t = (matrix ^ (matrix >> 28)) & 0x0000_0000_F0F0_F0F0;
            ((ulong*)codes)[i] = matrix ^ t ^ (t << 28);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourMatrices512(
        Vector512<ushort> a, Vector512<ushort> b, Vector512<ushort> c, Vector512<ushort> d, byte* codes, bool galois)
    {
        Vector512<uint> ab = Avx512BW.UnpackLow(a, b).AsUInt32(), cd = Avx512BW.UnpackLow(c, d).AsUInt32();
        Vector512<uint> ef = Avx512BW.UnpackHigh(a, b).AsUInt32(), gh = Avx512BW.UnpackHigh(c, d).AsUInt32();
        Store512(Transpose(Avx512F.UnpackLow(ab, cd).AsUInt64(), galois), codes);
        Store512(Transpose(Avx512F.UnpackHigh(ab, cd).AsUInt64(), galois), codes + 16);
        Store512(Transpose(Avx512F.UnpackLow(ef, gh).AsUInt64(), galois), codes + 32);
        Store512(Transpose(Avx512F.UnpackHigh(ef, gh).AsUInt64(), galois), codes + 48);
    }

    // A lane has the bytes of 16 rows; the next lane those of 16 rows that are 128 rows on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store512(Vector512<byte> rows, byte* codes)
    {
        rows.GetLower().GetLower().Store(codes);
        rows.GetLower().GetUpper().Store(codes + 128);
        rows.GetUpper().GetLower().Store(codes + 256);
        rows.GetUpper().GetUpper().Store(codes + 384);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Transpose(Vector512<ulong> matrix, bool galois)
    {
        if (galois)
        {
            // Byte r of the constant picks bit r of every plane.
            return Gfni.V512.GaloisFieldAffineTransform(Vector512.Create(0x8040_2010_0804_0201).AsByte(), matrix.AsByte(), 0);
        }

        Vector512<ulong> t = (matrix ^ (matrix >> 7)) & Vector512.Create(0x00AA_00AA_00AA_00AAUL);
        matrix ^= t ^ (t << 7);
        t = (matrix ^ (matrix >> 14)) & Vector512.Create(0x0000_CCCC_0000_CCCCUL);
        matrix ^= t ^ (t << 14);
        t = (matrix ^ (matrix >> 28)) & Vector512.Create(0x0000_0000_F0F0_F0F0UL);
        return (matrix ^ t ^ (t << 28)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourMatrices256(Vector256<ushort> a, Vector256<ushort> b, Vector256<ushort> c, Vector256<ushort> d, byte* codes)
    {
        Vector256<uint> ab = Avx2.UnpackLow(a, b).AsUInt32(), cd = Avx2.UnpackLow(c, d).AsUInt32();
        Vector256<uint> ef = Avx2.UnpackHigh(a, b).AsUInt32(), gh = Avx2.UnpackHigh(c, d).AsUInt32();
        Store256(Avx2.UnpackLow(ab, cd).AsUInt64(), codes);
        Store256(Avx2.UnpackHigh(ab, cd).AsUInt64(), codes + 16);
        Store256(Avx2.UnpackLow(ef, gh).AsUInt64(), codes + 32);
        Store256(Avx2.UnpackHigh(ef, gh).AsUInt64(), codes + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store256(Vector256<ulong> matrix, byte* codes)
    {
        Vector256<ulong> t = (matrix ^ (matrix >> 7)) & Vector256.Create(0x00AA_00AA_00AA_00AAUL);
        matrix ^= t ^ (t << 7);
        t = (matrix ^ (matrix >> 14)) & Vector256.Create(0x0000_CCCC_0000_CCCCUL);
        matrix ^= t ^ (t << 14);
        t = (matrix ^ (matrix >> 28)) & Vector256.Create(0x0000_0000_F0F0_F0F0UL);
        Vector256<byte> rows = (matrix ^ t ^ (t << 28)).AsByte();
        rows.GetLower().Store(codes);
        rows.GetUpper().Store(codes + 128);
    }
}
