using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class DeterministicVectorsTests
{
    private static readonly double[] Special =
    [
        0, -0.0, 1, -1, 0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon,
        double.MaxValue, double.MinValue, 2.2250738585072014E-308, 2.2250738585072009E-308, 1e-320, 36.7, 37, -37, 709.8, -709.8, 745.2,
        -745.2, 746, -746, 747, -747, Math.BitDecrement(1), Math.BitIncrement(1), 1e-15, 1e15,
    ];

    [Fact]
    public void The_logistic_function_has_the_bits_of_one_at_a_time() =>
        Compare(DeterministicVectors.Sigmoid, DeterministicMath.Sigmoid, random => random.NextGaussian() * (random.NextInt(3) == 0 ? 200 : 5));

    [Fact]
    public void The_logarithm_has_the_bits_of_one_at_a_time() =>
        Compare(DeterministicVectors.Log, DeterministicMath.Log, random => BitConverter.UInt64BitsToDouble(random.NextUInt64() >> random.NextInt(3)));

    private static void Compare(Map vectors, Func<double, double> one, Func<RandomStream, double> draw)
    {
        var random = new RandomStream(5);
        double[] x = [.. Special, .. Enumerable.Range(0, 100_003).Select(_ => draw(random))];
        var results = new double[x.Length];

        vectors(x, results);

        string[] wrong = [.. x.Zip(results).Where(pair => !Same(pair.Second, one(pair.First))).Take(5).Select(pair => $"{pair.First:R}: {pair.Second:R}")];
        wrong.Should().BeEmpty();
    }

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private delegate void Map(ReadOnlySpan<double> x, Span<double> results);
}
