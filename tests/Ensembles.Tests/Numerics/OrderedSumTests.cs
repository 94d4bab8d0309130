using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class OrderedSumTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    [InlineData(4096 + 77)]
    public void One_by_one_by_span_and_by_chunks_give_the_same_bits(int count)
    {
        double[] terms = Terms(count);
        double whole = OrderedSum.Of(terms);

        var single = default(OrderedSum);
        foreach (double term in terms)
        {
            single.Add(term);
        }

        int fullChunks = count / OrderedSum.ChunkSize;
        var chunkSums = new double[fullChunks];
        ParallelWork.For(fullChunks, 3, CancellationToken.None, c =>
            chunkSums[c] = OrderedSum.SumChunk(terms.AsSpan(c * OrderedSum.ChunkSize, OrderedSum.ChunkSize)));
        var chunked = default(OrderedSum);
        foreach (double sum in chunkSums)
        {
            chunked.AddChunk(sum);
        }

        foreach (double term in terms.AsSpan(fullChunks * OrderedSum.ChunkSize))
        {
            chunked.Add(term);
        }

        BitConverter.DoubleToInt64Bits(single.Total()).Should().Be(BitConverter.DoubleToInt64Bits(whole));
        BitConverter.DoubleToInt64Bits(chunked.Total()).Should().Be(BitConverter.DoubleToInt64Bits(whole));
        whole.Should().BeApproximately((double)terms.Sum(t => (decimal)t), 1e-7);
    }

    [Fact]
    public void The_error_does_not_grow_with_the_count_as_in_a_plain_loop()
    {
        // 0.1 a million times: a plain loop is off by 1.3e-6.
        double[] terms = Enumerable.Repeat(0.1, 1_000_000).ToArray();
        OrderedSum.Of(terms).Should().BeApproximately(100_000.0, 2e-10);
    }

    [Fact]
    public void Bits_do_not_depend_on_the_machine()
    {
        double sum = OrderedSum.Of(Terms(10_000));
        BitConverter.DoubleToInt64Bits(sum).Should().Be(4703347430566564063, "it is {0:R}", sum);
    }

    private static double[] Terms(int count)
    {
        var stream = new RandomStream(5);
        var terms = new double[count];
        for (int i = 0; i < count; i++)
        {
            terms[i] = (stream.NextDouble() - 0.5) * (1 << stream.NextInt(20));
        }

        return terms;
    }
}
