using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ensembles.Numerics;

/// <summary>
/// Stable sorting of keys by their bytes, from the least significant to the most: linear in the number of keys, without comparisons.
/// </summary>
/// <remarks>
/// Floating-point keys are mapped to unsigned integers of the same order. −0 and +0 are equal, every NaN is equal to every other and comes
/// last. Bytes that are the same in all keys cost no pass.
/// </remarks>
internal static class RadixSort
{
    private const int DigitBits = 8;
    private const int Buckets = 1 << DigitBits;

    // Below this many keys, counting digits costs more than inserting.
    private const int InsertionLimit = 48;

    /// <summary>Fills <paramref name="order"/> with the indices of <paramref name="keys"/> in rising order, ties by index.</summary>
    /// <param name="keys">The keys; left as they are.</param>
    /// <param name="order">Receives the indices; as long as <paramref name="keys"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void SortIndices(ReadOnlySpan<double> keys, Span<int> order)
    {
        RequireRoom(keys.Length, order);
        ulong[] mapped = ArrayPool<ulong>.Shared.Rent(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            mapped[i] = ToOrderedBits(keys[i]);
        }

        SortMapped(mapped, order);
        ArrayPool<ulong>.Shared.Return(mapped);
    }

    /// <inheritdoc cref="SortIndices(ReadOnlySpan{double}, Span{int})"/>
    public static void SortIndices(ReadOnlySpan<float> keys, Span<int> order)
    {
        RequireRoom(keys.Length, order);
        uint[] mapped = ArrayPool<uint>.Shared.Rent(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            mapped[i] = ToOrderedBits(keys[i]);
        }

        SortMapped(mapped, order);
        ArrayPool<uint>.Shared.Return(mapped);
    }

    /// <inheritdoc cref="SortIndices(ReadOnlySpan{double}, Span{int})"/>
    public static void SortIndices(ReadOnlySpan<uint> keys, Span<int> order)
    {
        RequireRoom(keys.Length, order);
        uint[] mapped = ArrayPool<uint>.Shared.Rent(keys.Length);
        keys.CopyTo(mapped);
        SortMapped(mapped, order);
        ArrayPool<uint>.Shared.Return(mapped);
    }

    /// <summary>Puts numbers in rising order, in place. −0 becomes +0, and every NaN the same one.</summary>
    public static void Sort(Span<double> numbers)
    {
        Span<ulong> keys = MemoryMarshal.Cast<double, ulong>(numbers);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ToOrderedBits(numbers[i]);
        }

        SortKeys(keys);
        foreach (ref ulong key in keys)
        {
            key ^= ~(ulong)((long)key >> 63) | (1UL << 63);
        }
    }

    /// <inheritdoc cref="Sort(Span{double})"/>
    public static void Sort(Span<float> numbers)
    {
        Span<uint> keys = MemoryMarshal.Cast<float, uint>(numbers);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ToOrderedBits(numbers[i]);
        }

        SortKeys(keys);
        foreach (ref uint key in keys)
        {
            key ^= ~(uint)((int)key >> 31) | (1U << 31);
        }
    }

    /// <summary>
    /// Puts words in the rising order of their high halves, which are not negative; words of the same high half keep their order, which must be
    /// the rising one.
    /// </summary>
    public static void SortByHighHalf(Span<long> words) => SortKeys(MemoryMarshal.Cast<long, ulong>(words), firstDigit: sizeof(uint));

    /// <summary>The unsigned integer that stands where the double stands in the order; NaN highest.</summary>
    public static ulong ToOrderedBits(double key)
    {
        // Adding +0 turns -0 into +0. Positive numbers then get the top bit, negative ones are inverted whole.
        long bits = BitConverter.DoubleToInt64Bits(key + 0.0);
        ulong flip = (ulong)(bits >> 63) | (1UL << 63);
        return double.IsNaN(key) ? ulong.MaxValue : (ulong)bits ^ flip;
    }

    /// <summary>The unsigned integer that stands where the float stands in the order; NaN highest.</summary>
    public static uint ToOrderedBits(float key)
    {
        int bits = BitConverter.SingleToInt32Bits(key + 0.0f);
        uint flip = (uint)(bits >> 31) | (1U << 31);
        return float.IsNaN(key) ? uint.MaxValue : (uint)bits ^ flip;
    }

    private static void RequireRoom(int keyCount, Span<int> order)
    {
        if (keyCount != order.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{keyCount} keys, but room for {order.Length} indices."), nameof(order));
        }
    }

    /// <summary>Sorts the first keys of <paramref name="keys"/>, as many as <paramref name="order"/> is long, which it fills.</summary>
    private static void SortMapped<TKey>(TKey[] keys, Span<int> order)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        if (order.Length <= InsertionLimit)
        {
            InsertIndices(keys, order);
        }
        else
        {
            SortByDigits(keys, order);
        }
    }

    private static void InsertIndices<TKey>(TKey[] keys, Span<int> order)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        for (int i = 0; i < order.Length; i++)
        {
            TKey key = keys[i];
            int place = i;
            while (place > 0 && keys[order[place - 1]] > key)
            {
                order[place] = order[place - 1];
                place--;
            }

            order[place] = i;
        }
    }

    private static void SortByDigits<TKey>(TKey[] keys, Span<int> order)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        int count = order.Length;
        int digits = Unsafe.SizeOf<TKey>();
        Span<int> counts = stackalloc int[sizeof(ulong) * Buckets];
        counts.Clear();
        CountDigits(keys.AsSpan(0, count), 0, digits, counts);

        TKey[] otherKeys = ArrayPool<TKey>.Shared.Rent(count);
        int[] otherOrder = ArrayPool<int>.Shared.Rent(count);
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        Span<TKey> fromKeys = keys.AsSpan(0, count);
        Span<TKey> toKeys = otherKeys.AsSpan(0, count);
        Span<int> fromOrder = order;
        Span<int> toOrder = otherOrder.AsSpan(0, count);
        bool inOther = false;
        for (int digit = 0; digit < digits; digit++)
        {
            Span<int> starts = counts.Slice(digit * Buckets, Buckets);
            int shift = digit * DigitBits;
            if (starts[DigitAt(fromKeys[0], shift)] == count)
            {
                continue;
            }

            ToStarts(starts);
            for (int i = 0; i < count; i++)
            {
                TKey key = fromKeys[i];
                int place = starts[DigitAt(key, shift)]++;
                toKeys[place] = key;
                toOrder[place] = fromOrder[i];
            }

            Span<TKey> sortedKeys = toKeys;
            toKeys = fromKeys;
            fromKeys = sortedKeys;
            Span<int> sortedOrder = toOrder;
            toOrder = fromOrder;
            fromOrder = sortedOrder;
            inOther = !inOther;
        }

        if (inOther)
        {
            fromOrder.CopyTo(order);
        }

        ArrayPool<TKey>.Shared.Return(otherKeys);
        ArrayPool<int>.Shared.Return(otherOrder);
    }

    /// <summary>Sorts keys that rise by their digits below the first one already.</summary>
    private static void SortKeys<TKey>(Span<TKey> keys, int firstDigit = 0)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        if (keys.Length <= InsertionLimit)
        {
            keys.Sort();
            return;
        }

        int digits = Unsafe.SizeOf<TKey>();
        Span<int> counts = stackalloc int[sizeof(ulong) * Buckets];
        counts.Clear();
        CountDigits(keys, firstDigit, digits, counts);
        TKey[] other = ArrayPool<TKey>.Shared.Rent(keys.Length);
        Span<TKey> from = keys;
        Span<TKey> to = other.AsSpan(0, keys.Length);
        bool inOther = false;
        for (int digit = firstDigit; digit < digits; digit++)
        {
            Span<int> starts = counts.Slice(digit * Buckets, Buckets);
            int shift = digit * DigitBits;
            if (starts[DigitAt(from[0], shift)] == keys.Length)
            {
                continue;
            }

            ToStarts(starts);
            foreach (TKey key in from)
            {
                to[starts[DigitAt(key, shift)]++] = key;
            }

            Span<TKey> sorted = to;
            to = from;
            from = sorted;
            inOther = !inOther;
        }

        if (inOther)
        {
            from.CopyTo(keys);
        }

        ArrayPool<TKey>.Shared.Return(other);
    }

    /// <summary>Counts, in one pass over the keys, how often each digit has each value.</summary>
    private static void CountDigits<TKey>(ReadOnlySpan<TKey> keys, int firstDigit, int digits, Span<int> counts)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        foreach (TKey key in keys)
        {
            for (int digit = firstDigit; digit < digits; digit++)
            {
                counts[(digit * Buckets) + DigitAt(key, digit * DigitBits)]++;
            }
        }
    }

    /// <summary>Turns the number of keys of each bucket into the place where its first one goes.</summary>
    private static void ToStarts(Span<int> counts)
    {
        int start = 0;
        foreach (ref int count in counts)
        {
            (count, start) = (start, start + count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DigitAt<TKey>(TKey key, int shift)
        where TKey : unmanaged, IBinaryInteger<TKey> => int.CreateTruncating(key >>> shift) & (Buckets - 1);
}
