using System.Globalization;
using Ensembles.Data.Reading;

namespace Ensembles.Tests.Data.Reading;

public class NumberParserTests
{
    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("-0", -0.0)]
    [InlineData("+7", 7.0)]
    [InlineData("1.", 1.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5e1", -5.0)]
    [InlineData("1E+3", 1000.0)]
    [InlineData("1e22", 1e22)]
    [InlineData("1e23", 1e23)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("1e-400", 0.0)]
    [InlineData("4.9e-324", double.Epsilon)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("4503599627370496.5", 4503599627370496.0)]
    [InlineData("4503599627370497.5", 4503599627370498.0)]
    [InlineData("4503599627370496.501", 4503599627370497.0)]
    [InlineData("18446744073709551615", 18446744073709551616.0)]
    [InlineData("9999999999999999999", 1e19)]
    [InlineData("0.000000001234567890123456789", 1.234567890123456789e-9)]
    [InlineData("1234567890123456789e-27", 1.234567890123456789e-9)]
    [InlineData("1234567890123456789e-28", 1.234567890123456789e-10)]
    [InlineData("9007199254740993.0000000000000000000001", 9007199254740994.0)]
    [InlineData("0.1000000000000000055511151231257827021181583404541015625", 0.1)]
    [InlineData("00000000000000000000000000000012", 12.0)]
    [InlineData("8.692932128906250000e-01", 8.692932128906250000e-01)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Inf", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("NaN", double.NaN)]
    [InlineData(" 1 ", 1.0)]
    public void Numbers_are_read(string text, double value)
    {
        NumberParser.TryParse(text, out double read).Should().BeTrue();
        BitConverter.DoubleToInt64Bits(read).Should().Be(BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("+-inf")]
    [InlineData("0x10")]
    [InlineData("1f")]
    [InlineData("12abc")]
    public void Other_texts_are_not(string text)
    {
        NumberParser.TryParse(text, out _).Should().BeFalse();
    }

    [Fact]
    public void Every_number_is_the_nearest_double()
    {
        var random = new Random(3);
        string[] formats = ["R", "E16", "E18", "F3", "G9", "F17", "E3"];
        for (int i = 0; i < 200_000; i++)
        {
            double value = (i % 3) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64()),
                1 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-25, 25)),
                _ => random.NextSingle(),
            };
            string text = value.ToString(formats[i % formats.Length], CultureInfo.InvariantCulture);
            double read = Parse(text);
            double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (BitConverter.DoubleToInt64Bits(read) != BitConverter.DoubleToInt64Bits(expected))
            {
                read.Should().Be(expected, "of {0}", text);
            }
        }
    }

    // Any nineteen digits over any power of ten of the fast path, and neighbours of what lies between two doubles.
    [Fact]
    public void Long_decimals_are_rounded_as_the_framework_rounds_them()
    {
        var random = new Random(5);
        for (int i = 0; i < 200_000; i++)
        {
            ulong digits = (ulong)random.NextInt64() << 1;
            string text = i % 2 == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{digits % 10_000_000_000_000_000_000}e-{random.Next(28)}")
                : string.Create(CultureInfo.InvariantCulture, $"{(1UL << 52) + (digits >> 12)}.{random.Next(499, 502)}");
            double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            double read = Parse(text);
            if (read != expected)
            {
                read.Should().Be(expected, "of {0}", text);
            }
        }
    }

    private static double Parse(string text) => NumberParser.TryParse(text, out double value) ? value : double.NaN;
}
