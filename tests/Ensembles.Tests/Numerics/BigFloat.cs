using System.Numerics;

namespace Ensembles.Tests.Numerics;

/// <summary>
/// A slow floating-point number of some 300 bits, mantissa · 2^exponent, with the few functions that serve as reference for
/// <c>DeterministicMath</c>.
/// </summary>
internal readonly struct BigFloat
{
    private const int Precision = 300;
    private static readonly BigFloat One = new(BigInteger.One, 0);

    // log 2 = 2 artanh(1/3).
    private static readonly BigFloat Ln2 = Ldexp(ArTanh(One / FromInteger(3)), 1);

    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private BigFloat(BigInteger mantissa, int exponent)
    {
        int surplus = (int)mantissa.GetBitLength() - Precision;
        if (surplus > 0)
        {
            mantissa >>= surplus;
            exponent += surplus;
        }

        _mantissa = mantissa;
        _exponent = exponent;
    }

    public static BigFloat operator +(BigFloat a, BigFloat b)
    {
        if (a._mantissa.IsZero)
        {
            return b;
        }

        if (b._mantissa.IsZero)
        {
            return a;
        }

        if (a._exponent < b._exponent)
        {
            (a, b) = (b, a);
        }

        // Where b lies wholly below a's last kept bit it cannot matter.
        int shift = a._exponent - b._exponent;
        return shift > 2 * Precision + b._mantissa.GetBitLength()
            ? a
            : new BigFloat((a._mantissa << shift) + b._mantissa, b._exponent);
    }

    public static BigFloat operator -(BigFloat a) => new(-a._mantissa, a._exponent);

    public static BigFloat operator -(BigFloat a, BigFloat b) => a + (-b);

    public static BigFloat operator *(BigFloat a, BigFloat b) => new(a._mantissa * b._mantissa, a._exponent + b._exponent);

    public static BigFloat operator /(BigFloat a, BigFloat b)
    {
        int shift = Precision + (int)b._mantissa.GetBitLength();
        return new BigFloat((a._mantissa << shift) / b._mantissa, a._exponent - b._exponent - shift);
    }

    public static BigFloat FromInteger(long value) => new(value, 0);

    public static BigFloat FromDouble(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        mantissa = exponent == 0 ? mantissa : mantissa | (1L << 52);
        return new BigFloat(bits < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    public static BigFloat Exp(BigFloat x)
    {
        int k = (int)Math.Round((x / Ln2).ToDouble());
        BigFloat r = Ldexp(x - (Ln2 * FromInteger(k)), -10);

        // |r| < 2^-11, so 25 terms give 300 bits.
        BigFloat sum = One;
        for (int i = 28; i > 0; i--)
        {
            sum = One + (sum * r / FromInteger(i));
        }

        for (int i = 0; i < 10; i++)
        {
            sum *= sum;
        }

        return Ldexp(sum, k);
    }

    /// <summary>e^x − 1, without cancellation below 2^-60, where it takes the series.</summary>
    public static BigFloat Expm1(BigFloat x) =>
        x.Magnitude() < -60 ? x + Ldexp(x * x, -1) + (x * x * x / FromInteger(6)) : Exp(x) - One;

    public static BigFloat Sigmoid(BigFloat x) => One / (One + Exp(-x));

    public static BigFloat Log(BigFloat x)
    {
        // x = 2^k m, m in [1/2, 1), or in [1, 2) next to 1 so that nothing cancels there.
        int k = x.Magnitude();
        BigFloat m = Ldexp(x, -k);
        if (m.ToDouble() < 0.75)
        {
            m = Ldexp(m, 1);
            k--;
        }

        return Ldexp(ArTanh((m - One) / (m + One)), 1) + (Ln2 * FromInteger(k));
    }

    public static BigFloat Log1p(BigFloat x) =>
        x.Magnitude() < -60 ? x - Ldexp(x * x, -1) + (x * x * x / FromInteger(3)) : Log(One + x);

    public static BigFloat Log2(BigFloat x) => Log(x) / Ln2;

    /// <summary>How far <paramref name="computed"/> lies from this number, in units of the last place of a double of this size.</summary>
    public double UlpError(double computed)
    {
        int unit = Math.Max(Magnitude() - 53, -1074);
        return Math.Abs(Ldexp(FromDouble(computed) - this, -unit).ToDouble());
    }

    private static BigFloat ArTanh(BigFloat s)
    {
        BigFloat square = s * s;
        BigFloat term = s;
        BigFloat sum = s;
        for (int i = 3; !term._mantissa.IsZero && term.Magnitude() > s.Magnitude() - Precision; i += 2)
        {
            term *= square;
            sum += term / FromInteger(i);
        }

        return sum;
    }

    private static BigFloat Ldexp(BigFloat x, int k) => new(x._mantissa, x._exponent + k);

    /// <summary>The m for which this number lies in [2^(m−1), 2^m).</summary>
    private int Magnitude() => _mantissa.IsZero ? int.MinValue / 2 : (int)BigInteger.Abs(_mantissa).GetBitLength() + _exponent;

    /// <summary>The nearest double, roughly; only for numbers of moderate size.</summary>
    private double ToDouble()
    {
        int shift = Math.Max(0, (int)BigInteger.Abs(_mantissa).GetBitLength() - 60);
        return Math.ScaleB((double)(_mantissa >> shift), _exponent + shift);
    }
}
