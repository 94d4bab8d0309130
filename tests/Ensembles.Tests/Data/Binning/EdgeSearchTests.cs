using System.Numerics;
using Ensembles.Data.Binning;
using Ensembles.Numerics;

namespace Ensembles.Tests.Data.Binning;

public class EdgeSearchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(100)]
    [InlineData(129)]
    [InlineData(254)]
    [InlineData(255)]
    public void Every_path_counts_the_edges_that_are_not_above_a_cell(int binCount)
    {
        Check<float>(binCount);
        Check<double>(binCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void No_path_writes_beyond_its_cells(int count)
    {
        var search = new EdgeSearch<float>([1, 2, 3]);
        float[] cells = [.. Enumerable.Repeat(2.5f, count)];
        foreach (SearchPath path in SearchPathCases.Here)
        {
            var bins = new byte[count + 40];
            search.Find(cells, bins, path);
            bins.Should().Equal([.. Enumerable.Repeat((byte)1, count), .. new byte[40]]);
        }
    }

    private static void Check<T>(int binCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] starts = Starts<T>(binCount);
        T[] cells = Cells(starts);
        byte[] expected = [.. cells.Select(cell => (byte)(T.IsNaN(cell) ? binCount : starts.Skip(1).Count(start => start <= cell)))];
        var search = new EdgeSearch<T>(starts);
        foreach (SearchPath path in SearchPathCases.Here)
        {
            var bins = new byte[cells.Length];
            search.Find(cells, bins, path);
            bins.Should().Equal(expected, "path {0}, {1} bins of {2}", path, binCount, typeof(T).Name);
        }
    }

    /// <summary>Rising values on many scales, zero and the infinities among them where there is room.</summary>
    private static T[] Starts<T>(int binCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new RandomStream(3);
        var values = new SortedSet<T> { T.Zero, T.NegativeInfinity, T.PositiveInfinity, T.Epsilon, -T.Epsilon };
        while (values.Count < 255)
        {
            values.Add(T.CreateChecked(random.NextGaussian() * DeterministicMath.Exp(20 * random.NextGaussian())));
        }

        return [.. values.Take(binCount)];
    }

    /// <summary>The starts, their neighbours on both sides, special values and a few between.</summary>
    private static T[] Cells<T>(T[] starts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new RandomStream(4);
        IEnumerable<T> between = Enumerable.Range(0, 500).Select(_ => T.CreateChecked(random.NextGaussian()));
        return
        [
            .. starts, .. starts.Select(T.BitIncrement), .. starts.Select(T.BitDecrement), .. between,
            T.NaN, -T.NaN, T.Zero, T.NegativeZero, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, -T.Epsilon,
        ];
    }
}
