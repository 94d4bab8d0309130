using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Ensembles.Data.Binning;

/// <summary>Sets of rows, a bit a row from the lowest bit of the first word on; the bits behind the last row are 0.</summary>
internal static class RowBits
{
    /// <summary>The rows of a word.</summary>
    public const int PerWord = 64;

    /// <summary>The words for so many rows.</summary>
    public static int Words(int rowCount) => (int)(((long)rowCount + PerWord - 1) / PerWord);

    /// <summary>Whether a set has a row; null is the empty set.</summary>
    public static bool Has(ulong[]? set, int row) => set is not null && (set[row / PerWord] >> (row % PerWord) & 1) != 0;

    /// <summary>The number of rows; null is the empty set.</summary>
    public static int Count(ulong[]? set)
    {
        int count = 0;
        foreach (ulong word in set ?? [])
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The rows of either set.</summary>
    public static ulong[] Or(ulong[] a, ulong[] b)
    {
        ulong[] either = [.. a];
        Add(either, b);
        return either;
    }

    /// <summary>The rows that a set has not.</summary>
    public static ulong[] Not(ulong[] set, int rowCount)
    {
        ulong[] others = Array.ConvertAll(set, word => ~word);
        if (rowCount % PerWord != 0)
        {
            others[^1] &= (1UL << (rowCount % PerWord)) - 1;
        }

        return others;
    }

    /// <summary>Puts the rows of one set to another.</summary>
    public static void Add(ulong[] set, ulong[] rows)
    {
        for (int i = 0; i < set.Length; i++)
        {
            set[i] |= rows[i];
        }
    }

    /// <summary>Whether two sets have a row in common.</summary>
    public static bool Meet(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        int i = 0;
        for (; i + Vector512<ulong>.Count <= a.Length && i + Vector512<ulong>.Count <= b.Length; i += Vector512<ulong>.Count)
        {
            if ((Vector512.Create(a[i..]) & Vector512.Create(b[i..])) != Vector512<ulong>.Zero)
            {
                return true;
            }
        }

        for (; i < a.Length; i++)
        {
            if ((a[i] & b[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The rows whose byte is not a given one.</summary>
    public static ulong[] Unlike(ReadOnlySpan<byte> bytes, byte value)
    {
        var set = new ulong[Words(bytes.Length)];
        Vector512<byte> values = Vector512.Create(value);
        int row = 0;
        for (; row + PerWord <= bytes.Length; row += PerWord)
        {
            set[row / PerWord] = ~Vector512.Equals(Vector512.Create(bytes[row..]), values).ExtractMostSignificantBits();
        }

        for (; row < bytes.Length; row++)
        {
            set[row / PerWord] |= bytes[row] == value ? 0 : 1UL << (row % PerWord);
        }

        return set;
    }

    /// <summary>Writes a byte a row: 1 where the set has it, else 0.</summary>
    public static void Expand(ReadOnlySpan<ulong> set, Span<byte> bytes)
    {
        const int AtATime = 8;
        int row = 0;
        for (; row + AtATime <= bytes.Length; row += AtATime)
        {
            // Bit i of seven goes to byte i: 2⁷ⁱ times it lies at 8i, and nothing else does.
            ulong eight = set[row / PerWord] >> (row % PerWord) & 0xFF;
            ulong spread = ((eight & 0x7F) * 0x0002_0408_1020_4081 & 0x0101_0101_0101_0101) | (eight >> 7 << 56);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[row..], spread);
        }

        for (; row < bytes.Length; row++)
        {
            bytes[row] = (byte)(set[row / PerWord] >> (row % PerWord) & 1);
        }
    }
}
