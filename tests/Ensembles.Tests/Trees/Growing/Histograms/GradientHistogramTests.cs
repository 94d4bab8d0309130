using Ensembles.Numerics;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

public class GradientHistogramTests
{
    private const int Features = 4;

    private static readonly HistogramLayout Layout = new([.. Enumerable.Repeat(256, Features)]);

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(false, false, false)]
    public void What_is_left_of_the_parent_is_the_sibling(bool parentPacked, bool childPacked, bool siblingPacked)
    {
        var random = new RandomStream(3);
        (long G, long H)[] child = Draw(random);
        (long G, long H)[] sibling = Draw(random);
        GradientHistogram parent = Fill([.. child.Zip(sibling, (a, b) => (a.G + b.G, a.H + b.H))], parentPacked);

        parent.SubtractToSibling(Fill(child, childPacked), siblingPacked);

        parent.IsPacked.Should().Be(siblingPacked);
        CellsOf(parent).Should().Equal(sibling);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packed_cells_add_to_cells_of_either_kind(bool packed)
    {
        var random = new RandomStream(4);
        (long G, long H)[] first = Draw(random);
        (long G, long H)[] second = Draw(random);
        GradientHistogram sum = Fill(first, packed);

        sum.Add(Fill(second, packed: true));
        sum.Add(Fill(second, packed));

        CellsOf(sum).Should().Equal(first.Zip(second, (a, b) => (a.G + (2 * b.G), a.H + (2 * b.H))));
    }

    [Fact]
    public void A_histogram_from_the_pool_is_used_again()
    {
        var pool = new HistogramPool(Layout);
        GradientHistogram lent = pool.Rent();
        pool.Rent().Should().NotBeSameAs(lent);
        pool.Return(lent);

        pool.Rent().Should().BeSameAs(lent);
        lent.Clear(packed: false);
        CellsOf(lent).Should().OnlyContain(cell => cell.G == 0 && cell.H == 0);
    }

    private static (long G, long H)[] Draw(RandomStream random)
    {
        var cells = new (long, long)[Features * 256];
        for (int i = 0; i < cells.Length; i++)
        {
            // Half of the cells empty, half with a negative gradient, which borrows from its neighbour in a packed cell.
            cells[i] = random.NextInt(2) == 0 ? (0, 0) : (random.NextInt(2_000_001) - 1_000_000, random.NextInt(1_000_000));
        }

        return cells;
    }

    private static GradientHistogram Fill((long G, long H)[] cells, bool packed)
    {
        var histogram = new GradientHistogram(Layout);
        histogram.Clear(packed);
        for (int i = 0; i < cells.Length; i++)
        {
            if (packed)
            {
                histogram.Cells[i] = (cells[i].G << 32) + cells[i].H;
            }
            else
            {
                (histogram.Cells[2 * i], histogram.Cells[(2 * i) + 1]) = cells[i];
            }
        }

        return histogram;
    }

    private static IEnumerable<(long G, long H)> CellsOf(GradientHistogram histogram) =>
        Enumerable.Range(0, Features * 256).Select(i => histogram.Sums(i / 256)[i % 256]);
}
