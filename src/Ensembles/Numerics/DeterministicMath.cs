using System.Runtime.CompilerServices;

namespace Ensembles.Numerics;

/// <summary>
/// Exponentials and logarithms that give the same bits on every machine: IEEE additions, multiplications, divisions and bit operations
/// only, no call into the system's mathematical library (whose results differ between operating systems) and no fused multiply-add.
/// </summary>
/// <remarks>
/// <para>
/// Every function reduces its argument, evaluates one polynomial and adds the leading terms as unevaluated pairs of doubles, so that the
/// result carries little more than its last rounding. The largest errors seen, in units in the last place: <see cref="Exp"/> and
/// <see cref="Sigmoid"/> 0.52 (0.75 where the result is subnormal), <see cref="Log"/> 0.60, <see cref="Expm1"/> 0.59,
/// <see cref="Log1p"/> 0.62, <see cref="Log2"/> 0.65. There are no tables and no branches but selections, so that a
/// vector version can follow step by step.
/// </para>
/// <para>
/// The reductions are Cody and Waite's; the expansion of the logarithm in s = f / (2 + f) is the classical one for log(1 + f). The
/// coefficients come from <c>derive_polynomials.py</c> beside the tests: interpolation at Chebyshev nodes in 60 digits.
/// </para>
/// </remarks>
internal static class DeterministicMath
{
    // The upper part has 21 significant bits, so its product with an exponent (11 bits) is exact.
    internal const double Ln2High = 0.6931467056274414;
    internal const double Ln2Low = 4.7493250390316726e-07;
    internal const double InverseLn2 = 1.4426950408889634;
    private const double InverseLn2High = 1.4426946640014648;
    private const double InverseLn2Low = 3.768874985636099e-07;

    // Adding this rounds a double to an integer, which then stands in its low bits.
    internal const double RoundingShift = 6755399441055744.0;

    internal const int MantissaBits = 52;
    internal const long ExponentBias = 1023;
    internal const long SqrtHalfBits = 0x3FE6A09E667F3BCD;
    internal const double SmallestNormal = 2.2250738585072014E-308;
    internal const double TwoTo54 = 18014398509481984.0;

    // Below this, x is the nearest double to e^x - 1.
    private const double TinyArgument = 1.0 / TwoTo54;

    // 2^-30: below this, x - x²/2 + x³/3 is log(1 + x) to far more than 53 bits.
    private const double SmallLogArgument = 1.0 / (1 << 30);

    /// <summary>e to the power <paramref name="x"/>; exactly 1 at 0.</summary>
    public static double Exp(double x)
    {
        // Outside these limits the scaling overflows to infinity or underflows to zero by itself.
        long exponent = ReduceExp(Math.Min(Math.Max(x, -746.0), 710.0), out double r, out double rLow);
        AddExpSeries(1.0, 0.0, r, rLow, out double high, out double low);
        return double.IsNaN(x) ? double.NaN : Scale(high + low, exponent);
    }

    /// <summary>e to the power <paramref name="x"/>, minus 1, accurate for small <paramref name="x"/> too.</summary>
    public static double Expm1(double x)
    {
        // At -38 and below the result is -1.
        long exponent = ReduceExp(Math.Min(Math.Max(x, -38.0), 710.0), out double r, out double rLow);

        // e^x - 1 = 2^k (e^r - 2^-k), so the series starts with 1 - 2^-k in place of 1.
        double shrunkOne = PowerOfTwo(-Math.Min(exponent, 1000));
        double head = TwoSum(1.0, -shrunkOne, out double headLow);
        AddExpSeries(head, headLow, r, rLow, out double high, out double low);
        double result = Scale(high + low, exponent);
        result = Math.Abs(x) < TinyArgument ? x : result;
        return double.IsNaN(x) ? double.NaN : result;
    }

    /// <summary>The logistic function 1 / (1 + e^-x), accurate in both tails.</summary>
    public static double Sigmoid(double x)
    {
        // With t = e^-|x|: 1 / (1 + t) for positive x, t / (1 + t) for negative; t never overflows.
        long exponent = ReduceExp(Math.Max(-Math.Abs(x), -746.0), out double r, out double rLow);
        AddExpSeries(1.0, 0.0, r, rLow, out double high, out double low);
        double sum = high + low;
        low = (high - sum) + low;
        high = sum;

        double denominator = FastTwoSum(1.0, Scale(high, exponent), out double denominatorLow);
        denominatorLow += Scale(low, exponent);
        bool positive = x >= 0;
        double numerator = positive ? 1.0 : high;
        double numeratorLow = positive ? 0.0 : low;

        // One division and a correction by the exact remainder.
        double reciprocal = 1.0 / denominator;
        double quotient = numerator * reciprocal;
        double product = TwoProduct(quotient, denominator, out double productLow);
        double remainder = ((numerator - product) - productLow) + (numeratorLow - (quotient * denominatorLow));
        double result = quotient + (remainder * reciprocal);
        result = Scale(result, positive ? 0 : exponent);
        return double.IsNaN(x) ? double.NaN : result;
    }

    /// <summary>The natural logarithm: −∞ at 0, NaN below, exactly 0 at 1.</summary>
    public static double Log(double x)
    {
        long exponent = ReduceLog(x, out double f);
        AddLogSeries(f, 0.0, out double high, out double low);
        return SelectLogResult(x, AddExponentTimesLn2(exponent, high, low));
    }

    /// <summary>The natural logarithm of 1 + <paramref name="x"/>, accurate near zero too: −∞ at −1, NaN below.</summary>
    public static double Log1p(double x)
    {
        double onePlusX = TwoSum(1.0, x, out double rounding);
        long exponent = ReduceLog(onePlusX, out double f);
        AddLogSeries(f, rounding / onePlusX, out double high, out double low);
        double result = SelectLogResult(onePlusX, AddExponentTimesLn2(exponent, high, low));

        // Close to zero the rounding of 1 + x is no small part of x; there three terms of the series do better.
        double series = x - (x * x * (0.5 - (x * (1.0 / 3.0))));
        return Math.Abs(x) < SmallLogArgument ? series : result;
    }

    /// <summary>The logarithm to base 2: −∞ at 0, NaN below, exactly k at 2^k.</summary>
    public static double Log2(double x)
    {
        long exponent = ReduceLog(x, out double f);
        AddLogSeries(f, 0.0, out double high, out double low);

        // (high + low) / ln 2 as a pair; the head is cut to 21 bits so that its product with the head of 1 / ln 2 is exact.
        double sum = high + low;
        double head = ClearLowBits(sum);
        double tail = (sum - head) + ((high - sum) + low);
        double productLow = (tail * InverseLn2) + (head * InverseLn2Low);
        double result = FastTwoSum(exponent, head * InverseLn2High, out double resultLow);
        return SelectLogResult(x, result + (resultLow + productLow));
    }

    /// <summary>x = k ln 2 + r + rLow with |r| at most ln 2 / 2; returns k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ReduceExp(double x, out double r, out double rLow)
    {
        double shifted = (x * InverseLn2) + RoundingShift;
        double k = shifted - RoundingShift;
        double high = x - (k * Ln2High);
        double low = k * Ln2Low;
        r = high - low;
        rLow = (high - r) - low;
        return BitConverter.DoubleToInt64Bits(shifted) - BitConverter.DoubleToInt64Bits(RoundingShift);
    }

    /// <summary>head + headLow + e^(r + rLow) − 1, as a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddExpSeries(double head, double headLow, double r, double rLow, out double high, out double low)
    {
        // e^r = 1 + r + r²/2 + r³ P(r).
        double r2 = r * r;
        double r4 = r2 * r2;
        double p01 = 0.16666666666666669 + (r * 0.041666666666666664);
        double p23 = 0.008333333333330062 + (r * 0.0013888888888886552);
        double p45 = 0.00019841269863053618 + (r * 2.4801587317144498e-05);
        double p67 = 2.7557268459997064e-06 + (r * 2.755728296954995e-07);
        double p89 = 2.510038549551032e-08 + (r * 2.0911236630261545e-09);
        double polynomial = p01 + (r2 * p23) + (r4 * (p45 + (r2 * p67) + (r4 * p89)));

        HalfSquare(r, out double square, out double squareLow);
        double first = FastTwoSum(head, r, out double firstLow);
        high = FastTwoSum(first, square, out double secondLow);
        double small = (r2 * r * polynomial) + (squareLow + (rLow + (rLow * r)));
        low = secondLow + (firstLow + (headLow + small));
    }

    /// <summary>x = 2^k (1 + f) with 1 + f in [√½, √2); returns k. What comes of zero, negatives, infinity and NaN is not used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ReduceLog(double x, out double f)
    {
        bool subnormal = x < SmallestNormal;
        long bits = BitConverter.DoubleToInt64Bits(subnormal ? x * TwoTo54 : x);
        long exponent = (bits - SqrtHalfBits) >> MantissaBits;
        f = BitConverter.Int64BitsToDouble(bits - (exponent << MantissaBits)) - 1.0;
        return exponent - (subnormal ? 54 : 0);
    }

    /// <summary>log(1 + f) + correction, as a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLogSeries(double f, double correction, out double high, out double low)
    {
        // log(1 + f) = 2 artanh(s) = f - f²/2 + s (f²/2 + R(s²)), s = f / (2 + f).
        double s = f / (2.0 + f);
        double z = s * s;
        double z2 = z * z;
        double r01 = 0.666666666666667 + (z * 0.3999999999989938);
        double r23 = 0.28571428626031065 + (z * 0.2222221112572281);
        double r45 = 0.18182889786191042 + (z * 0.15331699633543858);
        double polynomial = z * (r01 + (z2 * r23) + (z2 * z2 * (r45 + (z2 * 0.14616721179861816))));

        HalfSquare(f, out double square, out double squareLow);
        high = FastTwoSum(f, -square, out double firstLow);
        low = firstLow + ((s * ((0.5 * f * f) + polynomial)) + (correction - squareLow));
    }

    /// <summary>k ln 2 + high + low, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double AddExponentTimesLn2(long exponent, double high, double low)
    {
        double k = exponent;
        double sum = FastTwoSum(k * Ln2High, high, out double sumLow);
        return sum + (sumLow + (low + (k * Ln2Low)));
    }

    /// <summary>The limits of a logarithm at zero, below it and at infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SelectLogResult(double x, double result)
    {
        result = x == double.PositiveInfinity ? x : result;
        result = x == 0 ? double.NegativeInfinity : result;
        return x >= 0 ? result : double.NaN;
    }

    /// <summary>x · 2^k with one rounding at most, for k from −2044 to 2046.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Scale(double x, long k)
    {
        // In two steps because 2^k itself may lie outside the range of doubles; only the second can round.
        long half = k >> 1;
        return x * PowerOfTwo(half) * PowerOfTwo(k - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double PowerOfTwo(long k) => BitConverter.Int64BitsToDouble((k + ExponentBias) << MantissaBits);

    /// <summary>x cut to its 21 leading bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ClearLowBits(double x) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & unchecked((long)0xFFFFFFFF00000000));

    /// <summary>x cut to its 26 leading bits, so that products of two such are exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double LeadingHalf(double x) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & unchecked((long)0xFFFFFFFFF8000000));

    /// <summary>x²/2 as a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void HalfSquare(double x, out double high, out double low)
    {
        double head = LeadingHalf(x);
        high = 0.5 * head * head;
        low = 0.5 * (x - head) * (x + head);
    }

    /// <summary>The rounded sum and its error (Dekker 1971); |a| at least |b|, or a = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double FastTwoSum(double a, double b, out double error)
    {
        double sum = a + b;
        error = (a - sum) + b;
        return sum;
    }

    /// <summary>The rounded sum and its error (Knuth 1969), whichever is larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double TwoSum(double a, double b, out double error)
    {
        double sum = a + b;
        double bPart = sum - a;
        error = (a - (sum - bPart)) + (b - bPart);
        return sum;
    }

    /// <summary>The rounded product and its error (Dekker 1971).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double TwoProduct(double a, double b, out double error)
    {
        double product = a * b;
        double aHigh = LeadingHalf(a);
        double aLow = a - aHigh;
        double bHigh = LeadingHalf(b);
        double bLow = b - bHigh;
        error = ((aHigh * bHigh) - product) + (aHigh * bLow) + (aLow * bHigh) + (aLow * bLow);
        return product;
    }
}
