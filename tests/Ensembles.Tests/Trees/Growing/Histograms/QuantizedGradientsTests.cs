using Ensembles.Numerics;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

public sealed class QuantizedGradientsTests : IDisposable
{
    private readonly WorkerTeam _team = new(1);

    public void Dispose() => _team.Dispose();

    [Fact]
    public void Packed_numbers_are_within_half_a_unit_and_in_bounds()
    {
        (float[] gradients, float[] hessians) = Draw(70_000);
        hessians[5] = 1e-12f;

        QuantizedGradients quantized = Quantize(gradients, hessians);

        quantized.IsPacked.Should().BeTrue();
        int most = 0;
        for (int r = 0; r < gradients.Length; r++)
        {
            int gradient = (short)(quantized.Packed[r] >> 16);
            int hessian = (int)(quantized.Packed[r] & 0xFFFF);
            most = Math.Max(most, Math.Abs(gradient));
            gradient.Should().BeInRange(-32_767, 32_767);
            hessian.Should().BeGreaterThan(0, "a bin without hessian is a bin without rows");
            Math.Abs((gradient * quantized.GradientUnit) - gradients[r]).Should().BeLessThanOrEqualTo(0.51 * quantized.GradientUnit);
            if (r != 5)
            {
                Math.Abs((hessian * quantized.HessianUnit) - hessians[r]).Should().BeLessThanOrEqualTo(0.51 * quantized.HessianUnit);
            }
        }

        most.Should().Be(32_767, "the largest gradient takes up the whole range");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(4096)]
    public void Few_rows_keep_eighteen_bits_on_average(int rows)
    {
        (float[] gradients, float[] hessians) = Draw(rows);

        QuantizedGradients quantized = Quantize(gradients, hessians);

        quantized.HasWords.Should().BeTrue();
        quantized.GradientUnit.Should().BeLessThanOrEqualTo(gradients.Average(Math.Abs) / (1 << 18));
        quantized.HessianUnit.Should().BeLessThanOrEqualTo(hessians.Average() / (1 << 18));
        for (int r = 0; r < rows; r++)
        {
            Math.Abs(((quantized.Words[r] >> 32) * quantized.GradientUnit) - gradients[r])
                .Should().BeLessThanOrEqualTo(0.51 * quantized.GradientUnit);
            Math.Abs(((quantized.Words[r] & 0xFFFFFFFFL) * quantized.HessianUnit) - hessians[r])
                .Should().BeLessThanOrEqualTo(0.51 * quantized.HessianUnit);
        }
    }

    [Fact]
    public void More_rows_have_halves_of_sixteen_bits()
    {
        (float[] gradients, float[] hessians) = Draw(4097);

        QuantizedGradients quantized = Quantize(gradients, hessians);

        quantized.IsPacked.Should().BeTrue();
        quantized.HasWords.Should().BeFalse();
    }

    [Theory]
    [InlineData(2, 0.9f)]
    [InlineData(777, -0.9f)]
    [InlineData(4096, -1f)]
    [InlineData(4096, 0.7f)]
    public void The_sums_of_few_rows_overflow_neither_half(int rows, float gradient)
    {
        float[] gradients = [.. Enumerable.Repeat(gradient, rows)];
        float[] hessians = [.. Enumerable.Range(0, rows).Select(r => r == 0 ? 0.99f : 1f)];

        QuantizedGradients quantized = Quantize(gradients, hessians);

        (long sum, long hessian) = quantized.Sum(0, [.. Enumerable.Range(0, rows).Select(r => (ushort)r)]);
        quantized.HasWords.Should().BeTrue();
        (sum * quantized.GradientUnit).Should().BeApproximately((double)gradient * rows, 1e-5 * rows);
        (hessian * quantized.HessianUnit).Should().BeApproximately(rows - 0.01, 1e-5 * rows);
    }

    [Theory]
    [InlineData(1e6f, 1f)]
    [InlineData(1f, 1e6f)]
    public void Where_one_row_dwarfs_the_others_gradients_are_wide_and_keep_their_digits(float gradientFactor, float hessianFactor)
    {
        (float[] gradients, float[] hessians) = Draw(5000);
        gradients[77] = gradientFactor;
        hessians[77] = hessianFactor;

        QuantizedGradients quantized = Quantize(gradients, hessians);

        quantized.IsPacked.Should().BeFalse();
        for (int r = 0; r < 5000; r++)
        {
            (quantized.Wide[2 * r] * quantized.GradientUnit).Should().BeApproximately(gradients[r], 1e-9);
            (quantized.Wide[(2 * r) + 1] * quantized.HessianUnit).Should().BeApproximately(hessians[r], 1e-9);
        }
    }

    [Fact]
    public void Whole_numbers_stay_exact_and_a_constant_hessian_counts_rows()
    {
        float[] gradients = [.. Enumerable.Range(0, 300).Select(r => r - 170f)];
        float[] hessians = [.. Enumerable.Repeat(0.3f, 300)];
        hessians[4] = 0;

        QuantizedGradients quantized = Quantize(gradients, hessians);

        for (int r = 0; r < 300; r++)
        {
            ((quantized.Words[r] >> 32) * quantized.GradientUnit).Should().Be(gradients[r]);
            (quantized.Words[r] & 0xFFFFFFFFL).Should().Be(1, "row 4 has no weight and is in no tree");
        }

        quantized.HessianUnit.Should().BeApproximately(0.3f, 1e-15);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-40f)]
    public void Gradients_of_nothing_or_next_to_nothing_do_no_harm(float size)
    {
        float[] gradients = [.. Enumerable.Range(0, 5000).Select(r => r % 2 == 0 ? size : -size)];
        float[] hessians = [.. Enumerable.Range(0, 5000).Select(r => 1f + (r % 3))];

        QuantizedGradients quantized = Quantize(gradients, hessians);

        double.IsFinite(quantized.GradientUnit).Should().BeTrue();
        quantized.IsPacked.Should().Be(size == 0);
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Gradients_beyond_floats_are_refused(float bad)
    {
        (float[] gradients, float[] hessians) = Draw(100);
        gradients[50] = bad;

        ((Action)(() => Quantize(gradients, hessians))).Should().Throw<ArgumentException>().WithMessage("*targets or the weights*");
    }

    private static (float[] Gradients, float[] Hessians) Draw(int rows)
    {
        var random = new RandomStream((ulong)rows);
        var gradients = new float[rows];
        var hessians = new float[rows];
        for (int r = 0; r < rows; r++)
        {
            gradients[r] = (float)(random.NextDouble() - 0.4);
            hessians[r] = (float)((random.NextDouble() * 0.24) + 0.01);
        }

        return (gradients, hessians);
    }

    private QuantizedGradients Quantize(float[] gradients, float[] hessians)
    {
        var quantized = new QuantizedGradients(gradients.Length);
        quantized.Quantize(gradients, hessians, _team);
        return quantized;
    }
}
