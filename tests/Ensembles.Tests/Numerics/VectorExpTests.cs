using System.Runtime.Intrinsics;
using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class VectorExpTests
{
    [Fact]
    public void It_is_the_exponential_to_about_two_units_in_the_last_place()
    {
        double worst = 0;
        for (int i = 0; i < 870_000; i++)
        {
            float x = i * -1e-4f;
            double expected = Math.Exp(x);
            worst = Math.Max(worst, Math.Abs(Of(x) - expected) / expected);
        }

        // 2⁻²³ is the distance of floats just above 1.
        worst.Should().BeLessThan(2.2 * Math.ScaleB(1, -23));
        Of(0).Should().Be(1);
        Of(-0f).Should().Be(1);
    }

    [Theory]
    [InlineData(-87.0f)]
    [InlineData(-87.5f)]
    [InlineData(-1e30f)]
    [InlineData(float.NegativeInfinity)]
    public void Below_its_range_it_is_as_at_the_end(float x)
    {
        Of(x).Should().Be(Of(-87f)).And.BeGreaterThan(1.1e-38f).And.BeLessThan(1.7e-38f);
    }

    [Fact]
    public void Lanes_do_not_mix()
    {
        float[] x = [.. Enumerable.Range(0, 16).Select(i => -0.37f * i * i)];

        Vector512<float> y = VectorExp.OfNegative(Vector512.Create(x));

        for (int lane = 0; lane < 16; lane++)
        {
            y[lane].Should().Be(Of(x[lane]));
        }
    }

    private static float Of(float x) => VectorExp.OfNegative(Vector512.Create(x))[3];
}
