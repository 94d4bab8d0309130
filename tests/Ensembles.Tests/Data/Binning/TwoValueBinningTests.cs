using Ensembles.Data.Binning;
using Ensembles.Numerics;

namespace Ensembles.Tests.Data.Binning;

/// <summary>Columns of two values, kept as bits, against the bins that any column has.</summary>
public class TwoValueBinningTests
{
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(7, 0.5, 0)]
    [InlineData(64, 0.5, 0.3)]
    [InlineData(1000, 0.01, 0)]
    [InlineData(1000, 0.99, 0.01)]
    [InlineData(4096, 0, 0.5)]
    [InlineData(9001, 0.3, 0.6)]
    [InlineData(9001, 1, 0)]
    [InlineData(300_000, 0.2, 0.1)]
    public void Bins_are_those_of_any_column(int rows, double share, double missing)
    {
        var random = new RandomStream((ulong)rows);
        double[] doubles = [.. Enumerable.Range(0, rows)
            .Select(_ => random.NextDouble() < missing ? double.NaN : random.NextDouble() < share ? -2.5 : 7)];
        float[] floats = Array.ConvertAll(doubles, cell => (float)cell);
        int[] order = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(rows))];

        Check(new ColumnCells<double>(doubles, null));
        Check(new ColumnCells<float>(floats, null));
        Check(new ColumnCells<float>(floats, order));
    }

    [Fact]
    public void Other_columns_are_not_taken()
    {
        double[] none = [double.NaN, double.NaN];
        Try([.. Enumerable.Repeat(1.0, 5000), 2, double.NaN, 3]).Should().BeNull();
        Try(none).Should().BeNull();
        Try([0.0, -0.0, 0.0]).Should().BeNull();
        Try([1, double.NaN, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001)]).Should().BeNull();
        Try([0.0, 1.0, 1.0]).Should().NotBeNull();
    }

    [Fact]
    public void The_bins_of_a_table_are_the_same_through_a_view_of_its_rows()
    {
        double[] cells = [1, 0, 0, double.NaN, 1, 0];

        BinnedColumn column = NumericBinning.Bin(new ColumnCells<double>(cells, [5, 4, 3, 0]), 255, SearchPaths.Fastest);

        column.RowCount.Should().Be(4);
        column.Bins.Should().Equal(0, 1, 2, 1);
    }

    private static BinnedColumn? Try(double[] cells) => TwoValueBinning.TryBin(new ColumnCells<double>(cells, null), new double[4096]);

    private static void Check(ColumnCells<double> cells) => CheckAll(cells, TwoValueBinning.TryBin(cells, new double[4096])!);

    private static void Check(ColumnCells<float> cells)
    {
        var copy = new double[cells.Count];
        for (int row = 0; row < copy.Length; row++)
        {
            copy[row] = cells[row];
        }

        CheckAll(new ColumnCells<double>(copy, null), TwoValueBinning.TryBin(cells, new float[4096])!);
    }

    private static void CheckAll(ColumnCells<double> cells, BinnedColumn column)
    {
        var values = new SortedSet<double>();
        for (int row = 0; row < cells.Count; row++)
        {
            if (!double.IsNaN(cells[row]))
            {
                values.Add(cells[row]);
            }
        }

        double[] rising = [.. values];
        column.Mapper.BinCount.Should().Be(rising.Length);
        Enumerable.Range(0, rising.Length).Select(column.Mapper.Low).Should().Equal(rising);
        Enumerable.Range(0, rising.Length).Select(column.Mapper.High).Should().Equal(rising);
        int wrong = 0;
        bool hasMissing = false;
        var counts = new int[BinnedTable.MaxBinsWithMissing];
        for (int row = 0; row < cells.Count; row++)
        {
            int bin = double.IsNaN(cells[row]) ? rising.Length : Array.IndexOf(rising, cells[row]);
            hasMissing |= double.IsNaN(cells[row]);
            wrong += column.BinOf(row) == bin && column.Bins[row] == bin ? 0 : 1;
            counts[bin]++;
        }

        wrong.Should().Be(0);
        column.HasMissing.Should().Be(hasMissing);

        // As bits and as bytes the same rows are off the usual bin.
        OffRows off = column.FindOffRows()!;
        off.Count.Should().Be(cells.Count - counts.Max());
        off.UsualBin.Should().Be(Array.IndexOf(counts, counts.Max()));
        off.Bins.Should().Be(rising.Length + (hasMissing ? 1 : 0));
        Enumerable.Range(0, cells.Count).Count(row => RowBits.Has(off.Rows, row) != (column.BinOf(row) != off.UsualBin)).Should().Be(0);
        RowBits.Count(off.Rows).Should().Be(off.Count);
        if (2 * counts.Max() >= cells.Count)
        {
            OffRows ofBytes = new BinnedColumn(column.Bins, column.Mapper).FindOffRows()!;
            ofBytes.Rows.Should().Equal(off.Rows);
            (ofBytes with { Rows = off.Rows }).Should().Be(off);
        }
    }
}
