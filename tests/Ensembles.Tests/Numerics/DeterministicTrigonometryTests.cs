using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class DeterministicTrigonometryTests
{
    // sin(πx) and cos(πx) of exactly these doubles, from 300-bit arithmetic, rounded once.
    [Theory]
    [InlineData(0.0078125, 0.024541228522912288, 0.9996988186962042)]
    [InlineData(0.1, 0.30901699437494745, 0.9510565162951535)]
    [InlineData(0.25, 0.7071067811865476, 0.7071067811865476)]
    [InlineData(0.2500000001, 0.7071067814086917, 0.7071067809644034)]
    [InlineData(0.3, 0.8090169943749475, 0.5877852522924731)]
    [InlineData(0.5, 1.0, 0.0)]
    [InlineData(0.6180339887498949, 0.9320324238132276, -0.3623748900804803)]
    [InlineData(0.75, 0.7071067811865476, -0.7071067811865476)]
    [InlineData(0.9999999, 3.141592651936146e-07, -0.9999999999999507)]
    [InlineData(1.0, 0.0, -1.0)]
    [InlineData(1.3, -0.8090169943749475, -0.587785252292473)]
    [InlineData(-0.7, -0.8090169943749475, -0.587785252292473)]
    [InlineData(123.456, -0.9904614256966525, -0.1377902906846285)]
    [InlineData(-1000000.3, -0.8090169944609356, 0.5877852521741206)]
    [InlineData(1e-300, 3.1415926535897936e-300, 1.0)]
    [InlineData(4503599627370495.5, -1.0, 0.0)]
    [InlineData(9007199254740992.0, 0.0, 1.0)]
    public void Sine_and_cosine_of_half_turns_match_high_precision_values(double x, double sine, double cosine)
    {
        UlpsBetween(DeterministicTrigonometry.SinPi(x), sine).Should().BeLessThanOrEqualTo(1);
        UlpsBetween(DeterministicTrigonometry.CosPi(x), cosine).Should().BeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(1e-09, 1e-09)]
    [InlineData(0.03, 0.0299910048568779)]
    [InlineData(0.0624, 0.062319198481195666)]
    [InlineData(0.0625, 0.06241880999595735)]
    [InlineData(0.0626, 0.06251842027042774)]
    [InlineData(0.1, 0.09966865249116204)]
    [InlineData(0.1875, 0.18534794999569476)]
    [InlineData(0.3, 0.2914567944778671)]
    [InlineData(0.5, 0.4636476090008061)]
    [InlineData(0.9, 0.7328151017865066)]
    [InlineData(1.0, 0.7853981633974483)]
    [InlineData(1.0000000000000002, 0.7853981633974484)]
    [InlineData(1.1, 0.8329812666744317)]
    [InlineData(1.7320508075688772, 1.0471975511965976)]
    [InlineData(2.5, 1.1902899496825317)]
    [InlineData(-3.0, -1.2490457723982544)]
    [InlineData(7.9, 1.4448837011090985)]
    [InlineData(16.0, 1.5083775167989393)]
    [InlineData(20.0, 1.5208379310729538)]
    [InlineData(10000.0, 1.5706963267952299)]
    [InlineData(-10000000000.0, -1.5707963266948965)]
    [InlineData(1e16, 1.5707963267948966)]
    [InlineData(1e300, 1.5707963267948966)]
    [InlineData(double.NegativeInfinity, -1.5707963267948966)]
    public void Arctangents_match_high_precision_values(double x, double angle) =>
        UlpsBetween(DeterministicTrigonometry.Atan(x), angle).Should().BeLessThanOrEqualTo(1);

    // The library of any platform is good to an ulp or two: a wrong branch or coefficient shows at once.
    [Fact]
    public void Agrees_with_the_platform_over_a_dense_sweep()
    {
        long worstAngle = 0, worstSine = 0;
        for (int i = -60_000; i <= 60_000; i++)
        {
            double x = i * 0.000_731;
            worstAngle = Math.Max(worstAngle, UlpsBetween(DeterministicTrigonometry.Atan(x), Math.Atan(x)));
            worstSine = Math.Max(worstSine, UlpsBetween(DeterministicTrigonometry.SinPi(x), double.SinPi(x)));
            worstSine = Math.Max(worstSine, UlpsBetween(DeterministicTrigonometry.CosPi(x), double.CosPi(x)));
        }

        worstAngle.Should().BeLessThanOrEqualTo(2);
        worstSine.Should().BeLessThanOrEqualTo(4);
    }

    [Fact]
    public void Sine_and_cosine_lie_on_the_unit_circle_and_keep_their_symmetries()
    {
        for (int i = 0; i <= 4096; i++)
        {
            double x = i / 1024.0;
            double sine = DeterministicTrigonometry.SinPi(x), cosine = DeterministicTrigonometry.CosPi(x);
            ((sine * sine) + (cosine * cosine)).Should().BeApproximately(1, 3e-16);
            DeterministicTrigonometry.SinPi(-x).Should().Be(-sine);
            DeterministicTrigonometry.CosPi(-x).Should().Be(cosine);
            DeterministicTrigonometry.SinPi(x + 0.5).Should().Be(cosine);
        }
    }

    [Fact]
    public void Every_bit_of_a_long_sum_is_pinned()
    {
        double sum = 0;
        for (int i = 1; i <= 10_000; i++)
        {
            double x = i * 0.001_234_567;
            sum += DeterministicTrigonometry.SinPi(x) + (2 * DeterministicTrigonometry.CosPi(x)) + DeterministicTrigonometry.Atan(x - 6);
        }

        BitConverter.DoubleToInt64Bits(sum).Should().Be(4651919751455109569);
    }

    [Fact]
    public void Not_a_number_and_infinities_have_no_angle()
    {
        DeterministicTrigonometry.SinPi(double.PositiveInfinity).Should().Be(double.NaN);
        DeterministicTrigonometry.CosPi(double.NaN).Should().Be(double.NaN);
        DeterministicTrigonometry.Atan(double.NaN).Should().Be(double.NaN);
    }

    private static long UlpsBetween(double a, double b)
    {
        if (a == b)
        {
            return 0;
        }

        long x = BitConverter.DoubleToInt64Bits(a), y = BitConverter.DoubleToInt64Bits(b);
        return x < 0 != y < 0 ? long.MaxValue : Math.Abs(x - y);
    }
}
