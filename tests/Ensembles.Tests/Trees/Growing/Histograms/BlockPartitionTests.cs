using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

public class BlockPartitionTests
{
    private const int RowCount = BinBlocks.Size + 1003;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_are_parted_in_their_order_in_every_block(bool sampled)
    {
        var random = new RandomStream(1);
        var bins = new byte[RowCount];
        var inSample = new bool[RowCount];
        for (int r = 0; r < RowCount; r++)
        {
            bins[r] = (byte)random.NextInt(256);
            inSample[r] = !sampled || random.NextInt(3) > 0;
        }

        byte[] sides = [.. Enumerable.Range(0, 256).Select(bin => (byte)(bin % 3 == 0 ? 1 : 0))];
        byte[] others = [.. Enumerable.Range(0, 256).Select(bin => (byte)(bin < 40 ? 1 : 0))];
        var partition = new BlockPartition(RowCount, 2);
        partition.BlockCount.Should().Be(2);
        for (int block = 0; block < 2; block++)
        {
            int first = block * BinBlocks.Size;
            Segment root = sampled ? partition.Take(block, inSample) : partition.TakeAll(block);
            ushort[] rows = [.. Enumerable.Range(0, BinBlocks.RowsIn(block, RowCount)).Where(r => inSample[first + r]).Select(r => (ushort)r)];
            partition.Rows(block, root).ToArray().Should().Equal(rows);
            partition.IsWholeBlock(block, root).Should().Be(!sampled);

            int left = partition.Split(block, root, bins, sides, worker: block);
            var right = new Segment(left, root.Count - left);
            int rightLeft = partition.Split(block, right, bins, others, worker: 1);

            ushort[] expectedRight = [.. rows.Where(r => sides[bins[first + r]] == 0)];
            partition.Rows(block, new Segment(0, left)).ToArray().Should().Equal(rows.Where(r => sides[bins[first + r]] == 1));
            partition.Rows(block, new Segment(left, rightLeft)).ToArray()
                .Should().Equal(expectedRight.Where(r => others[bins[first + r]] == 1));
            partition.Rows(block, new Segment(left + rightLeft, right.Count - rightLeft)).ToArray()
                .Should().Equal(expectedRight.Where(r => others[bins[first + r]] == 0));
            partition.IsWholeBlock(block, new Segment(0, left)).Should().BeFalse();
        }
    }
}
