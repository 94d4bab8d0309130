using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class KeyedRandomTests
{
    [Fact]
    public void SplitMix_gives_the_numbers_of_its_reference()
    {
        // The five numbers commonly published for seed 1234567 (Rosetta Code, "Pseudo-random numbers/Splitmix64").
        ulong state = 1234567;
        ulong[] expected =
        [
            6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
        ];
        foreach (ulong number in expected)
        {
            KeyedRandom.NextSplitMix(ref state).Should().Be(number);
        }
    }

    [Fact]
    public void Mix_depends_on_order_and_on_every_bit()
    {
        KeyedRandom.Mix(1, 2).Should().NotBe(KeyedRandom.Mix(2, 1));
        KeyedRandom.Mix(1, 2, 3).Should().Be(KeyedRandom.Mix(KeyedRandom.Mix(1, 2), 3));

        // Flipping one bit of either key flips each bit of the result about half the time.
        double flipped = 0;
        for (int bit = 0; bit < 64; bit++)
        {
            for (ulong key = 0; key < 50; key++)
            {
                ulong before = KeyedRandom.Mix(key, 99);
                flipped += System.Numerics.BitOperations.PopCount(before ^ KeyedRandom.Mix(key ^ (1UL << bit), 99));
                before = KeyedRandom.Mix(99, key);
                flipped += System.Numerics.BitOperations.PopCount(before ^ KeyedRandom.Mix(99, key ^ (1UL << bit)));
            }
        }

        (flipped / (64 * 50 * 2)).Should().BeApproximately(32, 0.2);
    }

    [Fact]
    public void Mixes_of_small_keys_are_distinct_and_uniform()
    {
        // 300 x 300 small pairs, as of trees and nodes: no meeting, and uniform over 256 bins (chi-square, 255 degrees of freedom).
        var seen = new HashSet<ulong>();
        var bins = new int[256];
        for (ulong a = 0; a < 300; a++)
        {
            for (ulong b = 0; b < 300; b++)
            {
                ulong mixed = KeyedRandom.Mix(a, b);
                seen.Add(mixed).Should().BeTrue();
                bins[(int)(256 * KeyedRandom.ToUnitDouble(mixed))]++;
            }
        }

        ChiSquare(bins).Should().BeInRange(180, 340);
    }

    [Fact]
    public void Unit_doubles_stay_below_one()
    {
        KeyedRandom.ToUnitDouble(0).Should().Be(0);
        KeyedRandom.ToUnitDouble(ulong.MaxValue).Should().Be(Math.BitDecrement(1.0));
    }

    /// <summary>The statistic of a test for equal frequencies.</summary>
    internal static double ChiSquare(int[] counts)
    {
        double expected = counts.Sum() / (double)counts.Length;
        return counts.Sum(c => (c - expected) * (c - expected) / expected);
    }
}
