using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

public class HistogramLayoutTests
{
    [Fact]
    public void Four_features_have_the_cells_of_the_one_that_needs_most()
    {
        var layout = new HistogramLayout([2, 9, 3, 1, 256, 4]);

        layout.GroupCells.Should().Equal(16, 256);
        layout.CellCount.Should().Be((4 * 16) + (4 * 256));
        Enumerable.Range(0, 6).Select(layout.Offset).Should().Equal(0, 16, 32, 48, 64, 320);
        layout.CellsOf(3).Should().Be(16);
        layout.CellsOf(5).Should().Be(256);
    }

    [Fact]
    public void Cells_are_scanned_eight_at_a_time() =>
        new HistogramLayout([1]).CellCount.Should().Be(4 * 8);
}
