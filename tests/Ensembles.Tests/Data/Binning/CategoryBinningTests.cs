using Ensembles.Data.Binning;

namespace Ensembles.Tests.Data.Binning;

public class CategoryBinningTests
{
    [Fact]
    public void A_category_has_a_bin_and_missing_ones_have_the_next()
    {
        BinnedColumn column = CategoryBinning.Bin(new ColumnCells<int>([2, -1, 0, 1, 2], null), categoryCount: 4, maxBins: 255);

        column.Bins.Should().Equal(2, 4, 0, 1, 2);
        column.Mapper.IsCategorical.Should().BeTrue();
        column.Mapper.BinCount.Should().Be(4);
    }

    [Fact]
    public void Of_too_many_categories_the_commonest_have_bins_of_their_own()
    {
        BinnedColumn column = CategoryBinning.Bin(new ColumnCells<int>([0, 3, 3, 1, 4, 4, 2, -1], null), categoryCount: 5, maxBins: 3);

        // 3 and 4 are the commonest; 0, 1 and 2 share the last bin.
        column.Bins.Should().Equal(2, 0, 0, 2, 1, 1, 2, 3);
        Enumerable.Range(0, 5).Select(column.Mapper.BinOfCode).Should().Equal(2, 2, 2, 0, 1);
    }

    [Fact]
    public void A_view_of_rows_reads_its_own_cells()
    {
        BinnedColumn column = CategoryBinning.Bin(new ColumnCells<int>([2, -1, 0], [2, 2, 0, 1]), categoryCount: 3, maxBins: 255);

        column.Bins.Should().Equal(0, 0, 2, 3);
    }
}
