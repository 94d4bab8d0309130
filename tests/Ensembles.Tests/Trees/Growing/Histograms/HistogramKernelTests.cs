using Ensembles.Numerics;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

/// <summary>The kernels against sums row by row and cell by cell: whole numbers, so every bit must agree.</summary>
public unsafe class HistogramKernelTests
{
    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int>();
            foreach (int rows in new[] { 1, 2, 3, 15, 16, 17, 18, 33, 34, 999, 1000 })
            {
                shapes.Add(rows, 4);
                shapes.Add(rows, 28);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void All_rows_are_added_as_one_by_one(int rows, int stride)
    {
        Rows data = Rows.Draw(rows, stride);
        var cells = new long[data.Layout.CellCount];
        fixed (byte* bins = data.Bins)
        fixed (uint* gradients = data.Packed)
        fixed (int* groups = data.Layout.GroupCells)
        fixed (long* histogram = cells)
        {
            HistogramKernels.AddAllPacked(bins, stride, rows, gradients, histogram, groups);
        }

        Unpack(cells).Should().Equal(data.Sums([.. Enumerable.Range(0, rows).Select(r => (ushort)r)]));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Some_rows_are_added_as_one_by_one(int count, int stride)
    {
        Rows data = Rows.Draw(4 * count, stride);
        ushort[] some = [.. Enumerable.Range(0, 4 * count).Where(r => r % 4 == 1 || r % 8 == 6).Take(count).Select(r => (ushort)r)];
        var cells = new long[data.Layout.CellCount];
        fixed (byte* bins = data.Bins)
        fixed (uint* gradients = data.Packed)
        fixed (int* groups = data.Layout.GroupCells)
        fixed (ushort* rows = some)
        fixed (long* histogram = cells)
        {
            HistogramKernels.AddSomePacked(bins, stride, rows, some.Length, gradients, histogram, groups);
        }

        Unpack(cells).Should().Equal(data.Sums(some));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Wide_sums_are_those_of_one_by_one(int count, int stride)
    {
        Rows data = Rows.Draw(2 * count, stride);
        ushort[] odd = [.. Enumerable.Range(0, count).Select(r => (ushort)((2 * r) + 1))];
        long[] wide = [.. data.Packed.SelectMany(word => new long[] { (int)word >> 16, word & 0xFFFF })];
        var ofAll = new long[2 * data.Layout.CellCount];
        var ofOdd = new long[2 * data.Layout.CellCount];
        fixed (byte* bins = data.Bins)
        fixed (long* gradients = wide)
        fixed (int* groups = data.Layout.GroupCells)
        fixed (ushort* rows = odd)
        fixed (long* all = ofAll)
        fixed (long* some = ofOdd)
        {
            HistogramKernels.AddWide(bins, stride, null, 2 * count, gradients, all, groups);
            HistogramKernels.AddWide(bins, stride, rows, count, gradients, some, groups);
        }

        ofAll.Should().Equal(data.Sums([.. Enumerable.Range(0, 2 * count).Select(r => (ushort)r)]));
        ofOdd.Should().Equal(data.Sums(odd));
    }

    [Theory]
    [InlineData(32_767)]
    [InlineData(-32_767)]
    public void A_block_of_the_most_extreme_rows_overflows_neither_half(int gradient)
    {
        const int Rows = 65_536;
        const int Hessian = 65_535;
        var packed = new uint[Rows];
        Array.Fill(packed, ((uint)gradient << 16) | Hessian);
        var zeros = new byte[Rows * 4];
        var layout = new HistogramLayout([1, 1, 1, 1]);
        var cells = new long[layout.CellCount];
        fixed (byte* bins = zeros)
        fixed (uint* gradients = packed)
        fixed (int* groups = layout.GroupCells)
        fixed (long* histogram = cells)
        {
            HistogramKernels.AddAllPacked(bins, 4, Rows, gradients, histogram, groups);
        }

        foreach (int feature in new[] { 0, 1, 2, 3 })
        {
            (cells[layout.Offset(feature)] >> 32).Should().Be((long)Rows * gradient);
            (cells[layout.Offset(feature)] & 0xFFFFFFFFL).Should().Be((long)Rows * Hessian);
        }
    }

    private static long[] Unpack(long[] cells) => [.. cells.SelectMany(cell => new[] { cell >> 32, cell & 0xFFFFFFFFL })];

    private sealed record Rows(byte[] Bins, uint[] Packed, int Stride, HistogramLayout Layout)
    {
        public static Rows Draw(int rows, int stride)
        {
            var random = new RandomStream((ulong)((rows * 100) + stride));
            var bins = new byte[rows * stride];
            var counts = new int[stride];
            for (int f = 0; f < stride; f++)
            {
                counts[f] = random.NextInt(3) == 0 ? 256 : 1 + random.NextInt(256);
            }

            for (int i = 0; i < bins.Length; i++)
            {
                int last = counts[i % stride] - 1;
                bins[i] = (byte)(random.NextInt(4) == 0 ? last : random.NextInt(last + 1));
            }

            var packed = new uint[rows];
            for (int r = 0; r < rows; r++)
            {
                packed[r] = ((uint)(random.NextInt(65_535) - 32_767) << 16) | (uint)random.NextInt(65_536);
            }

            return new Rows(bins, packed, stride, new HistogramLayout(counts));
        }

        /// <summary>Gradient and hessian by feature and bin.</summary>
        public long[] Sums(ushort[] rows)
        {
            var sums = new long[2 * Layout.CellCount];
            foreach (ushort row in rows)
            {
                for (int f = 0; f < Stride; f++)
                {
                    int cell = Layout.Offset(f) + Bins[(row * Stride) + f];
                    sums[2 * cell] += (short)(Packed[row] >> 16);
                    sums[(2 * cell) + 1] += Packed[row] & 0xFFFF;
                }
            }

            return sums;
        }
    }
}
