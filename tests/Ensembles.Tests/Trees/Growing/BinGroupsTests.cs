using Ensembles.Numerics;
using Ensembles.Trees.Growing;

namespace Ensembles.Tests.Trees.Growing;

public class BinGroupsTests
{
    [Theory]
    [InlineData(1, 256)]
    [InlineData(2, 2)]
    [InlineData(12, 256)]
    [InlineData(13, 256)]
    [InlineData(100, 7)]
    [InlineData(255, 256)]
    public void Few_rows_are_numbered_by_the_bins_that_have_rows(int count, int binCount)
    {
        var groups = new BinGroups();
        for (ulong seed = 0; seed < 20; seed++)
        {
            const int stride = 3;
            byte[] bins = Bins(count, binCount, seed);
            var cells = new byte[count * stride];
            for (int i = 0; i < count; i++)
            {
                cells[i * stride] = bins[i];
            }

            groups.OfFew(cells, stride, count, counted: true);

            byte[] expected = [.. bins.Distinct().Order()];
            groups.Count.Should().Be(expected.Length);
            Enumerable.Range(0, groups.Count).Select(groups.Bin).Should().Equal(expected.Select(bin => (int)bin));
            groups.GroupOfRow[..count].ToArray().Should().Equal(bins.Select(bin => (byte)Array.IndexOf(expected, bin)));
            groups.RowEnds.ToArray().Should().Equal(expected.Select(bin => bins.Count(other => other <= bin)));
            Enumerable.Range(0, 256).Where(groups.Has).Should().Equal(expected.Select(bin => (int)bin));
        }
    }

    [Theory]
    [InlineData(300, 256)]
    [InlineData(300, 200)]
    [InlineData(5_000, 256)]
    [InlineData(5_000, 3)]
    public void Many_rows_have_the_bins_that_they_are_in(int count, int binCount)
    {
        var groups = new BinGroups();
        byte[] bins = Bins(count, binCount, seed: 1);
        int[] rows = [.. Enumerable.Range(0, count).Where(row => row % 3 != 0)];
        byte[] expected = [.. rows.Select(row => bins[row]).Distinct().Order()];
        var weights = new double[2 * binCount];
        foreach (int row in rows)
        {
            weights[2 * bins[row]] += 0.5;
        }

        groups.OfMany(rows, bins, binCount);
        Enumerable.Range(0, groups.Count).Select(groups.Bin).Should().Equal(expected.Select(bin => (int)bin));
        groups.RowEnds.ToArray().Should().Equal(expected.Select(bin => rows.Count(row => bins[row] <= bin)));

        groups.OfWeights(weights, 2);
        Enumerable.Range(0, groups.Count).Select(groups.Bin).Should().Equal(expected.Select(bin => (int)bin));
    }

    private static byte[] Bins(int count, int binCount, ulong seed)
    {
        var random = new RandomStream(KeyedRandom.Mix(seed, (ulong)count));
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextInt(binCount))];
    }
}
