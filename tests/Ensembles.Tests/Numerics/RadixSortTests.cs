using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class RadixSortTests
{
    private static double[] Sorted(double[] numbers) =>
        [.. numbers.Where(x => !double.IsNaN(x)).Order(), .. numbers.Where(double.IsNaN)];

    private static readonly double[] Special =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, double.Epsilon, -double.Epsilon, 1e-310, -1e-310,
        double.MaxValue, double.MinValue, 1.0, -1.0, -double.NaN, 2.2250738585072014E-308,
    ];

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(48, 7)]
    [InlineData(49, 1)]
    [InlineData(49, 200)]
    [InlineData(1000, 70_000)]
    [InlineData(1000, int.MaxValue)]
    public void Words_come_in_the_order_of_their_high_halves_and_then_as_they_stood(int count, int mostHigh)
    {
        var random = new RandomStream(KeyedRandom.Mix(31, (ulong)count));
        long[] words = [.. Enumerable.Range(0, count).Select(i => ((long)random.NextInt(mostHigh) << 32) | (uint)(3 * i))];
        if (count > 0)
        {
            words[0] |= (long)int.MaxValue << 32;
        }

        long[] expected = [.. words.OrderBy(word => word >> 32)];
        RadixSort.SortByHighHalf(words);
        words.Should().Equal(expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(3000)]
    public void Doubles_come_in_the_order_of_a_stable_sort(int count)
    {
        double[] keys = MixedKeys(count);
        var order = new int[count];
        RadixSort.SortIndices(keys, order);
        order.Should().Equal(StableOrder(keys));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(3000)]
    public void Numbers_are_sorted_in_place_with_one_zero_and_missing_ones_last(int count)
    {
        double[] doubles = MixedKeys(count);
        float[] floats = [.. doubles.Select(x => (float)x)];
        double[] sortedDoubles = Sorted(doubles);
        double[] sortedFloats = Sorted([.. floats.Select(x => (double)x)]);
        RadixSort.Sort(doubles);
        RadixSort.Sort(floats);
        doubles.Should().Equal(sortedDoubles);
        floats.Select(x => (double)x).Should().Equal(sortedFloats);
        doubles.Should().NotContain(x => x == 0 && double.IsNegative(x));
        floats.Should().NotContain(x => x == 0 && float.IsNegative(x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(3000)]
    public void Floats_come_in_the_order_of_a_stable_sort(int count)
    {
        float[] keys = MixedKeys(count).Select(x => (float)x).ToArray();
        var order = new int[count];
        RadixSort.SortIndices(keys, order);
        order.Should().Equal(StableOrder(keys.Select(x => (double)x).ToArray()));
    }

    [Theory]
    [InlineData(uint.MaxValue, 2000)]
    [InlineData(uint.MaxValue, 30)]
    [InlineData(3u, 2000)]
    [InlineData(1u, 2000)]
    public void Integers_come_in_the_order_of_a_stable_sort(uint range, int count)
    {
        var stream = new RandomStream(3);
        var keys = new uint[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = (uint)(stream.NextUInt64() >> 32) % range;
        }

        var order = new int[count];
        RadixSort.SortIndices(keys, order);
        order.Should().Equal(Enumerable.Range(0, count).OrderBy(i => keys[i]));
    }

    [Fact]
    public void Zeros_of_either_sign_and_all_NaNs_are_ties()
    {
        double[] keys = Enumerable.Range(0, 90).Select(i => (i % 3) switch { 0 => -0.0, 1 => double.NaN, _ => 0.0 }).ToArray();
        var order = new int[90];
        RadixSort.SortIndices(keys, order);
        order.Should().Equal(Enumerable.Range(0, 90).Where(i => i % 3 != 1).Concat(Enumerable.Range(0, 90).Where(i => i % 3 == 1)));
    }

    [Fact]
    public void Keys_that_share_all_digits_but_one_or_two_are_sorted()
    {
        // One pass leaves the result in the other buffer, two bring it back.
        double[] onePass =
            [.. Enumerable.Range(0, 200).Select(i => BitConverter.Int64BitsToDouble(0x4000000000000000 + (i * 37 % 200)))];
        double[] twoPasses = onePass.Select((x, i) => i % 2 == 0 ? x : -x).ToArray();
        foreach (double[] keys in new[] { onePass, twoPasses })
        {
            var order = new int[200];
            RadixSort.SortIndices(keys, order);
            order.Should().Equal(StableOrder(keys));
        }
    }

    [Fact]
    public void Lengths_must_agree()
    {
        Action act = () => RadixSort.SortIndices(new double[3], new int[2]);
        act.Should().Throw<ArgumentException>().WithParameterName("order").WithMessage("3 keys, but room for 2 indices*");
    }

    private static double[] MixedKeys(int count)
    {
        var stream = new RandomStream(2);
        var keys = new double[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = stream.NextInt(4) switch
            {
                0 => Special[stream.NextInt(Special.Length)],
                1 => stream.NextInt(20) - 10,
                2 => stream.NextGaussian(),
                _ => BitConverter.UInt64BitsToDouble(stream.NextUInt64()),
            };
        }

        return keys;
    }

    private static IEnumerable<int> StableOrder(double[] keys) =>
        Enumerable.Range(0, keys.Length).OrderBy(i => double.IsNaN(keys[i])).ThenBy(i => double.IsNaN(keys[i]) ? 0 : keys[i] + 0.0);
}
