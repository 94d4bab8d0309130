using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;

namespace Ensembles.Tests.Data.Binning;

/// <summary>Which columns share a digit, and that their bins can be read out of it again.</summary>
public class ExclusiveColumnsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_columns_of_an_encoding_share_digits_of_at_most_256_values(int threads)
    {
        var random = new RandomStream(1);
        int[] codes = [.. Enumerable.Range(0, 9000).Select(_ => random.NextInt(300))];
        float[] dense = [.. codes.Select(_ => (float)random.NextGaussian())];
        BinnedTable table = FeatureTable.FromColumns([dense, .. OneHot(codes, 300), dense]).Binned(255, 1, CancellationToken.None);

        ColumnDigits digits = ExclusiveColumns.Join(table, threads, CancellationToken.None);

        digits.Count.Should().Be(4);
        Enumerable.Range(0, 4).Select(digits.Cells).Should().Equal(255, 256, 255, 46);
        digits.IsShared(1).Should().BeTrue();
        digits.MemberOf(0).IsAlone.Should().BeTrue();
        CheckBins(table, digits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Bins_of_random_sparse_columns_come_back(ulong seed)
    {
        var random = new RandomStream(seed);
        int rows = 4096 + random.NextInt(2000);
        BinnedTable table = Sparse(random, rows, columns: 60).Binned(255, 1, CancellationToken.None);

        ColumnDigits digits = ExclusiveColumns.Join(table, 2, CancellationToken.None);

        digits.Count.Should().BeLessThan(60);
        CheckBins(table, digits);
        for (int digit = 0; digit < digits.Count; digit++)
        {
            digits.Cells(digit).Should().BeInRange(1, 256);
            digits.LayoutCells(digit).Should().BeGreaterThanOrEqualTo(digits.Cells(digit));
            for (int row = 0; row < rows; row++)
            {
                int off = digits.IsShared(digit)
                    ? digits.Columns(digit).ToArray().Count(column => table.Column(column)[row] != digits.MemberOf(column).UsualBin)
                    : 0;
                off.Should().BeLessThanOrEqualTo(1);
            }
        }
    }

    [Fact]
    public void Columns_that_meet_in_a_single_row_stay_apart()
    {
        var a = new float[1000];
        var b = new float[1000];
        (a[3], a[999], b[999], b[500]) = (1, 1, 1, 1);
        Digits(a, b).Count.Should().Be(2);
        b[999] = 0;
        Digits(a, b).Count.Should().Be(1);
    }

    [Fact]
    public void Columns_of_one_value_take_no_room_but_that_of_others()
    {
        var sparse = new float[100];
        var other = new float[100];
        var constant = new float[100];
        (sparse[1], other[2]) = (1, 1);
        float[] dense = [.. Enumerable.Range(0, 100).Select(row => (float)row)];

        Digits(constant, sparse, other, dense, constant).Count.Should().Be(2);
        ColumnDigits alone = Digits(constant, dense, constant, sparse);
        alone.Count.Should().Be(3);
        alone.MemberOf(3).IsAlone.Should().BeTrue();
    }

    private static ColumnDigits Digits(params float[][] columns) =>
        FeatureTable.FromColumns(columns).Binned(255, 1, CancellationToken.None).Digits(1, CancellationToken.None);

    private static float[][] OneHot(int[] codes, int count) =>
        [.. Enumerable.Range(0, count).Select(code => Array.ConvertAll(codes, other => other == code ? 1f : 0))];

    /// <summary>Columns that are mostly one value or missing, and seldom others, from bits to many values.</summary>
    private static FeatureTable Sparse(RandomStream random, int rows, int columns)
    {
        var cells = new float[columns][];
        for (int c = 0; c < columns; c++)
        {
            float usual = random.NextInt(4) == 0 ? float.NaN : random.NextInt(3);
            int levels = 1 + random.NextInt(c % 5 == 0 ? 100 : 3);
            int every = 2 + random.NextInt(c % 2 == 0 ? 200 : 4000);
            bool hasMissing = random.NextInt(3) == 0;
            cells[c] = new float[rows];
            for (int row = 0; row < rows; row++)
            {
                cells[c][row] = random.NextInt(every) > 0 ? usual
                    : hasMissing && random.NextInt(2) == 0 ? float.NaN
                    : random.NextInt(levels) - 1;
            }
        }

        return FeatureTable.FromColumns(cells);
    }

    private static void CheckBins(BinnedTable table, ColumnDigits digits)
    {
        int wrong = 0;
        for (int column = 0; column < table.ColumnCount; column++)
        {
            ReadOnlySpan<byte> bins = table.Column(column);
            ReadOnlySpan<byte> rows = digits.Rows(digits.DigitOf(column));
            ColumnDigits.Member member = digits.MemberOf(column);
            int[] binOf = [.. Enumerable.Repeat(member.UsualBin, 256)];
            for (int bin = 0; bin < 256; bin++)
            {
                if (bin != member.UsualBin && (member.IsAlone || bin < member.Bins))
                {
                    binOf[member.Cell(bin)] = bin;
                }
            }

            for (int row = 0; row < bins.Length; row++)
            {
                wrong += bins[row] == binOf[rows[row]] ? 0 : 1;
            }
        }

        wrong.Should().Be(0);
    }
}
