using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

/// <summary>Histograms by columns and by bundles of columns, against sums row by row.</summary>
public class HistogramBuilderTests
{
    private static readonly int[] FewLevels = [2, 3, 40, 1, 7, 12, 200, 5, 2, 2];

    // A column of −n is one of n levels in the rows that it shares with no other such column, else 0.
    private static readonly int[] ExclusiveLevels = [30, -1, -1, 200, -4, -1, 7, -60, -1, -1];
    private static readonly int[] ManyLevels = [250, 200, 255, 180, 90, 255];

    [Theory]
    [InlineData(9000, true, true, 1)]
    [InlineData(9000, true, true, 2)]
    [InlineData(9000, true, false, 1)]
    [InlineData(9000, true, false, 2)]
    [InlineData(9000, false, true, 1)]
    [InlineData(9000, false, true, 2)]
    [InlineData(9000, false, false, 1)]
    [InlineData(3000, true, true, 1)]
    [InlineData(3000, false, true, 2)]
    [InlineData(3000, false, false, 1)]
    public void Every_cell_is_the_sum_of_its_rows(int rows, bool fewLevels, bool packed, int threads)
    {
        BinnedTable table = Table(fewLevels ? FewLevels : ManyLevels, rows);
        HistogramBins bins = HistogramBins.Build(table, rows, threads, CancellationToken.None);
        (bins.Bundled is not null).Should().Be(fewLevels && rows > 4096);
        CheckCells(table, bins, packed, threads);
    }

    [Theory]
    [InlineData(9000, true, 1)]
    [InlineData(9000, true, 2)]
    [InlineData(9000, false, 2)]
    [InlineData(3000, true, 1)]
    [InlineData(3000, false, 1)]
    public void Cells_of_exclusive_columns_are_the_sums_of_their_rows(int rows, bool packed, int threads)
    {
        BinnedTable table = Table(ExclusiveLevels, rows);
        HistogramBins bins = HistogramBins.Build(table, rows, threads, CancellationToken.None);
        bins.Digits.Count.Should().Be(rows < 4096 ? 6 : 4);
        CheckCells(table, bins, packed, threads);
    }

    private static void CheckCells(BinnedTable table, HistogramBins bins, bool packed, int threads)
    {
        int rows = bins.RowCount;
        QuantizedGradients gradients = Gradients(rows, packed, out WorkerTeam team, threads);
        using (team)
        {
            gradients.IsPacked.Should().Be(packed);
            gradients.HasWords.Should().Be(packed && rows <= 4096);
            var partition = new BlockPartition(rows, threads);
            var nodes = new HistogramNodes(partition.BlockCount);
            var builder = new HistogramBuilder(bins, partition, gradients, team, node => node.Histogram!);
            HistogramNode all = nodes.Add(0, 1, isLeft: false);
            all.Segments[0] = partition.TakeAll(0);
            foreach (Segment segment in (Segment[])[all.Segments[0], new(0, 1), new(100, 37), new(17, rows / 2)])
            {
                HistogramNode node = nodes.Add(1, 2, isLeft: true);
                node.Segments[0] = segment;
                node.RowCount = segment.Count;
                node.Histogram = new GradientHistogram(bins.Layout);

                builder.Build([node]);
                Differences(table, bins, gradients, partition, node).Should().Be(0);

                builder.Build(node, worker: threads - 1);
                Differences(table, bins, gradients, partition, node).Should().Be(0);
            }
        }
    }

    [Fact]
    public void Columns_of_few_bins_share_bundles_and_their_bins_come_back()
    {
        BinnedTable table = Table(FewLevels);

        ColumnDigits digits = table.Digits(1, CancellationToken.None);
        ColumnBundles bundles = ColumnBundles.Plan(digits)!;

        bundles.Count.Should().BeLessThan(5);
        int[] found = [.. Enumerable.Range(0, bundles.Count).SelectMany(b => bundles.Members(b).ToArray()).Select(member => member.Digit)];
        found.Should().BeEquivalentTo(Enumerable.Range(0, FewLevels.Length));
        var cells = new byte[500];
        for (int bundle = 0; bundle < bundles.Count; bundle++)
        {
            bundles.Cells(bundle).Should().BeLessThanOrEqualTo(256);
            bundles.Write(digits, bundle, 77, cells);
            for (int i = 0; i < cells.Length; i++)
            {
                int rest = cells[i];
                foreach (ColumnBundles.Member member in bundles.Members(bundle))
                {
                    (rest % member.Cells).Should().Be(digits.Rows(member.Digit)[77 + i]);
                    rest /= member.Cells;
                }

                rest.Should().Be(0);
            }
        }
    }

    [Fact]
    public void Columns_of_many_bins_stay_alone() => ColumnBundles.Plan(Table(ManyLevels).Digits(1, CancellationToken.None)).Should().BeNull();

    private static int Differences(
        BinnedTable table, HistogramBins bins, QuantizedGradients gradients, BlockPartition partition, HistogramNode node)
    {
        int differences = 0;
        ReadOnlySpan<ushort> rows = partition.Rows(0, node.Segments[0]);
        (long allGradient, long allHessian) = gradients.Sum(0, rows);
        Span<long> scratch = new long[BinSums.MaxWords];
        for (int column = 0; column < table.ColumnCount; column++)
        {
            var sums = new (long Gradient, long Hessian)[BinnedTable.MaxBinsWithMissing];
            foreach (ushort row in rows)
            {
                (long gradient, long hessian) = gradients.Sum(0, [row]);
                ref (long Gradient, long Hessian) sum = ref sums[table.Column(column)[row]];
                sum = (sum.Gradient + gradient, sum.Hessian + hessian);
            }

            BinSums found = BinSums.Of(node.Histogram!, bins.Digits, table, column, allGradient, allHessian, scratch);
            for (int bin = 0; bin <= table.Mapper(column).MissingBin; bin++)
            {
                differences += found[bin] == sums[bin] ? 0 : 1;
            }
        }

        return differences;
    }

    private static BinnedTable Table(int[] levels, int rows = 9000)
    {
        var random = new RandomStream(9);
        float[][] cells =
        [
            .. levels.Select((count, column) => Enumerable.Range(0, rows)
                .Select(row => count < 0
                    ? (row * 7 % levels.Length == column ? 1 + random.NextInt(-count) : 0)
                    : column % 3 == 1 && random.NextInt(9) == 0 ? float.NaN : random.NextInt(count)).ToArray()),
        ];
        return FeatureTable.FromColumns(cells).Binned(255, 1, CancellationToken.None);
    }

    private static QuantizedGradients Gradients(int rows, bool packed, out WorkerTeam team, int threads)
    {
        var random = new RandomStream(10);
        float[] gradients = [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextGaussian())];
        float[] hessians = [.. Enumerable.Range(0, rows).Select(_ => 0.1f + (float)random.NextDouble())];

        // One row that dwarfs the others asks for the wide form.
        gradients[5] = packed ? gradients[5] : 1e5f;
        team = new WorkerTeam(threads);
        var quantized = new QuantizedGradients(rows);
        quantized.Quantize(gradients, hessians, team);
        return quantized;
    }
}
