using Ensembles.Data;
using Ensembles.Data.Binning;

namespace Ensembles.Tests.Data.Binning;

public class RowMajorBinsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 28)]
    [InlineData(15, 3)]
    [InlineData(16, 4)]
    [InlineData(513, 5)]
    [InlineData(1_037, 33)]
    [InlineData(65_537, 6)]
    [InlineData(140_000, 2)]
    public void Rows_hold_the_bins_of_the_columns_and_zeros_behind_them(int rows, int columns)
    {
        float[][] cells = [.. Enumerable.Range(1, columns).Select(c => Enumerable.Range(0, rows).Select(r => (float)((r * 31 * c) % 251)).ToArray())];
        BinnedTable table = FeatureTable.FromColumns(cells).Binned(255, 1, CancellationToken.None);
        foreach (int threads in (int[])[1, 3])
        {
            RowMajorBins bins = RowMajorBins.Build(table, rows, threads, CancellationToken.None);

            bins.Stride.Should().Be((columns + 3) / 4 * 4);
            int wrong = 0;
            for (int r = 0; r < rows; r++)
            {
                ReadOnlySpan<byte> row = bins.Block(r / BinBlocks.Size).Slice(r % BinBlocks.Size * bins.Stride, bins.Stride);
                for (int c = 0; c < bins.Stride; c++)
                {
                    wrong += row[c] == (c < columns ? table.Column(c)[r] : 0) ? 0 : 1;
                }
            }

            wrong.Should().Be(0);
            Enumerable.Range(0, BinBlocks.Count(rows)).Sum(block => bins.Block(block).Length).Should().Be(rows * bins.Stride);
        }
    }
}
