using Ensembles.Numerics;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

public class PartitionKernelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1024)]
    [InlineData(1087)]
    [InlineData(1088)]
    [InlineData(5000)]
    public void Vectors_part_rows_as_the_plain_loop_does(int count)
    {
        var random = new RandomStream((ulong)count);
        byte[] column = [.. Enumerable.Range(0, 40_000).Select(_ => (byte)random.NextInt(256))];
        foreach (int share in (int[])[0, 1, 128, 255, 256])
        {
            byte[] sides = [.. Enumerable.Range(0, 256).Select(_ => random.NextInt(256) < share ? (byte)1 : (byte)0)];
            foreach (bool areFirst in (bool[])[true, false])
            {
                ushort[] rows = [.. Enumerable.Range(0, count).Select(i => (ushort)(areFirst ? i : (i * 7) + random.NextInt(7)))];

                // What lies behind the rows belongs to another node.
                ushort[] expected = [.. rows, 1, 2, 3];
                ushort[] parted = [.. rows, 1, 2, 3];
                int left = Part(expected, count, areFirst, column, sides, isPlain: true);
                Part(parted, count, areFirst, column, sides, isPlain: false).Should().Be(left);

                parted.Should().Equal(expected);
                left.Should().Be(rows.Count(row => sides[column[row]] == 1));
            }
        }
    }

    private static unsafe int Part(ushort[] rows, int count, bool areFirst, byte[] column, byte[] sides, bool isPlain)
    {
        var buffer = new ushort[count + PartitionKernel.Slack];
        int left;
        fixed (ushort* r = rows)
        fixed (ushort* b = buffer)
        fixed (byte* c = column)
        fixed (byte* s = sides)
        {
            left = isPlain
                ? PartitionKernel.SplitRows(r, 0, count, 0, c, s, b)
                : PartitionKernel.Split(r, count, areFirst, c, s, b);
        }

        buffer.AsSpan(0, count - left).CopyTo(rows.AsSpan(left));
        return left;
    }
}
