using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class RandomStreamTests
{
    [Fact]
    public void Numbers_are_those_of_xoshiro256_starstar()
    {
        // From the state 1, 2, 3, 4: worked with the authors' published algorithm (prng.di.unimi.it/xoshiro256starstar.c).
        var stream = new RandomStream(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        foreach (ulong number in expected)
        {
            stream.NextUInt64().Should().Be(number);
        }
    }

    [Fact]
    public void A_key_fills_the_state_through_SplitMix()
    {
        ulong state = 42;
        var filled = new RandomStream(
            KeyedRandom.NextSplitMix(ref state),
            KeyedRandom.NextSplitMix(ref state),
            KeyedRandom.NextSplitMix(ref state),
            KeyedRandom.NextSplitMix(ref state));
        var keyed = new RandomStream(42);
        for (int i = 0; i < 10; i++)
        {
            keyed.NextUInt64().Should().Be(filled.NextUInt64());
        }

        new RandomStream(42).NextUInt64().Should().Be(1546998764402558742);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Integers_are_uniform(int max)
    {
        var stream = new RandomStream(11);
        var counts = new int[max];
        for (int i = 0; i < 100_000; i++)
        {
            counts[stream.NextInt(max)]++;
        }

        // Mean max - 1, standard deviation sqrt(2 (max - 1)): five of them.
        KeyedRandomTests.ChiSquare(counts).Should().BeLessThan(max - 1 + (5 * Math.Sqrt(2.0 * (max - 1))));
    }

    [Fact]
    public void Integers_have_no_bias_where_the_range_does_not_divide_the_words()
    {
        // Multiply and shift alone, without rejection, would map eight words on three values as 3 : 3 : 2.
        const int Max = 3 << 29;
        var stream = new RandomStream(12);
        var counts = new int[3];
        for (int i = 0; i < 60_000; i++)
        {
            counts[stream.NextInt(Max) % 3]++;
        }

        KeyedRandomTests.ChiSquare(counts).Should().BeLessThan(20);
    }

    [Fact]
    public void An_empty_range_is_refused()
    {
        Action act = () => new RandomStream(1).NextInt(0);
        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Doubles_are_uniform_in_the_unit_interval()
    {
        var stream = new RandomStream(13);
        var counts = new int[64];
        for (int i = 0; i < 100_000; i++)
        {
            double value = stream.NextDouble();
            value.Should().BeGreaterThanOrEqualTo(0).And.BeLessThan(1);
            counts[(int)(value * 64)]++;
        }

        KeyedRandomTests.ChiSquare(counts).Should().BeInRange(20, 120);
    }

    [Fact]
    public void Gaussians_have_the_moments_and_quantiles_of_the_normal_distribution()
    {
        const int Count = 200_000;
        var stream = new RandomStream(14);
        double first = 0, second = 0, fourth = 0, product = 0, previous = 0;
        int withinOne = 0;
        for (int i = 0; i < Count; i++)
        {
            double z = stream.NextGaussian();
            first += z;
            second += z * z;
            fourth += z * z * z * z;
            product += z * previous;
            previous = z;
            withinOne += Math.Abs(z) < 1 ? 1 : 0;
        }

        // Five standard errors each: 1/sqrt(n), sqrt(2/n), sqrt(96/n), 1/sqrt(n), sqrt(p(1-p)/n).
        (first / Count).Should().BeApproximately(0, 5 / Math.Sqrt(Count));
        (second / Count).Should().BeApproximately(1, 5 * Math.Sqrt(2.0 / Count));
        (fourth / Count).Should().BeApproximately(3, 5 * Math.Sqrt(96.0 / Count));
        (product / Count).Should().BeApproximately(0, 5 / Math.Sqrt(Count));
        (withinOne / (double)Count).Should().BeApproximately(0.682689492, 5 * Math.Sqrt(0.2166 / Count));
    }

    [Fact]
    public void Shuffling_gives_every_order_alike()
    {
        var stream = new RandomStream(15);
        var counts = new int[24];
        for (int i = 0; i < 48_000; i++)
        {
            int[] items = [0, 1, 2, 3];
            stream.Shuffle<int>(items);
            items.Should().OnlyHaveUniqueItems();
            int rank = 0;
            for (int a = 0; a < 4; a++)
            {
                int smaller = 0;
                for (int b = a + 1; b < 4; b++)
                {
                    smaller += items[b] < items[a] ? 1 : 0;
                }

                rank = (rank * (4 - a)) + smaller;
            }

            counts[rank]++;
        }

        KeyedRandomTests.ChiSquare(counts).Should().BeInRange(5, 60);
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(10, 10)]
    [InlineData(1000, 20)]
    [InlineData(5, 0)]
    public void Samples_are_distinct_and_every_item_is_drawn_alike(int population, int size)
    {
        var stream = new RandomStream(16);
        var counts = new int[population];
        var sample = new int[size];
        const int Repeats = 2000;
        for (int i = 0; i < Repeats; i++)
        {
            stream.SampleWithoutReplacement(population, sample);
            new HashSet<int>(sample).Should().HaveCount(size);
            foreach (int item in sample)
            {
                counts[item]++;
            }
        }

        double p = size / (double)population;
        double deviation = Math.Sqrt(Repeats * p * (1 - p));
        counts.Should().OnlyContain(c => Math.Abs(c - (Repeats * p)) <= 5 * deviation);
    }

    [Fact]
    public void Both_ways_of_sampling_draw_the_same()
    {
        // 10 of 200 goes through the table of moved entries, the pool always through the array.
        var sample = new int[10];
        new RandomStream(17).SampleWithoutReplacement(200, sample);
        var pool = new int[200];
        new RandomStream(17).SampleWithoutReplacement(pool.AsSpan(), 10);
        sample.Should().Equal(pool[..10]);
        pool.Should().BeEquivalentTo(Enumerable.Range(0, 200));
    }

    [Fact]
    public void A_sample_larger_than_the_population_is_refused()
    {
        Action act = () => new RandomStream(1).SampleWithoutReplacement(2, new int[3]);
        act.Should().Throw<ArgumentOutOfRangeException>();
    }
}
