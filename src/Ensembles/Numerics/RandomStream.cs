using System.Numerics;

namespace Ensembles.Numerics;

/// <summary>
/// A short stream of random numbers that belongs to one key (one tree, one node, one bootstrap): xoshiro256** (Blackman and Vigna
/// 2021), its state filled by SplitMix64 from the key.
/// </summary>
/// <remarks>A mutable struct: keep it in a local or a field and pass it by <c>ref</c>; a copy repeats the same numbers.</remarks>
internal struct RandomStream
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareGaussian;
    private bool _hasSpareGaussian;

    /// <summary>Starts the stream of a key.</summary>
    public RandomStream(ulong key)
    {
        // SplitMix64 visits every value once, so the four words are never all zero, the one state xoshiro must not have.
        _s0 = KeyedRandom.NextSplitMix(ref key);
        _s1 = KeyedRandom.NextSplitMix(ref key);
        _s2 = KeyedRandom.NextSplitMix(ref key);
        _s3 = KeyedRandom.NextSplitMix(ref key);
    }

    /// <summary>Starts the stream from a raw state of xoshiro256**, for tests against published values.</summary>
    internal RandomStream(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        _s0 = s0;
        _s1 = s1;
        _s2 = s2;
        _s3 = s3;
    }

    /// <summary>A uniform 64-bit number.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
            ulong shifted = _s1 << 17;
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= shifted;
            _s3 = BitOperations.RotateLeft(_s3, 45);
            return result;
        }
    }

    /// <summary>A uniform double in [0, 1): one of the 2⁵³ multiples of 2⁻⁵³.</summary>
    public double NextDouble() => KeyedRandom.ToUnitDouble(NextUInt64());

    /// <summary>A uniform integer in [0, <paramref name="exclusiveMax"/>), without bias.</summary>
    /// <param name="exclusiveMax">Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is zero or less.</exception>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);

        // Lemire 2019: the upper word of a 32 x 32 bit product, redrawn when the lower word falls in the short last interval.
        uint range = (uint)exclusiveMax;
        ulong product = (NextUInt64() >> 32) * range;
        uint low = (uint)product;
        if (low < range)
        {
            uint threshold = unchecked(0u - range) % range;
            while (low < threshold)
            {
                product = (NextUInt64() >> 32) * range;
                low = (uint)product;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A normal deviate of mean 0 and variance 1, by Marsaglia's polar method.</summary>
    public double NextGaussian()
    {
        if (_hasSpareGaussian)
        {
            _hasSpareGaussian = false;
            return _spareGaussian;
        }

        double u;
        double v;
        double square;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            square = (u * u) + (v * v);
        }
        while (square >= 1 || square == 0);

        double factor = Math.Sqrt(-2 * DeterministicMath.Log(square) / square);
        _spareGaussian = v * factor;
        _hasSpareGaussian = true;
        return u * factor;
    }

    /// <summary>Puts the items in a uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>
    /// Draws as many of the integers 0 to <paramref name="population"/> − 1 as <paramref name="sample"/> is long, without replacement,
    /// in random order.
    /// </summary>
    /// <param name="population">How many there are to choose from; at least the length of <paramref name="sample"/>.</param>
    /// <param name="sample">Receives the drawn integers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sample is longer than the population.</exception>
    public void SampleWithoutReplacement(int population, Span<int> sample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, sample.Length);
        if (sample.Length > population / 16)
        {
            var all = new int[population];
            SampleWithoutReplacement(all, sample.Length);
            all.AsSpan(0, sample.Length).CopyTo(sample);
            return;
        }

        // A small part of a large population: the same partial Fisher-Yates, with only the moved entries written down.
        var moved = new Dictionary<int, int>(sample.Length);
        for (int i = 0; i < sample.Length; i++)
        {
            int other = i + NextInt(population - i);
            sample[i] = moved.GetValueOrDefault(other, other);
            moved[other] = moved.GetValueOrDefault(i, i);
        }
    }

    /// <summary>
    /// Fills <paramref name="pool"/> with 0, 1, 2, ... and moves <paramref name="count"/> drawn without replacement to its front, in random
    /// order; the caller keeps the pool, so that nothing is allocated.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or above the length of the pool.</exception>
    public void SampleWithoutReplacement(Span<int> pool, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, pool.Length);
        for (int i = 0; i < pool.Length; i++)
        {
            pool[i] = i;
        }

        for (int i = 0; i < count; i++)
        {
            int other = i + NextInt(pool.Length - i);
            (pool[i], pool[other]) = (pool[other], pool[i]);
        }
    }
}
