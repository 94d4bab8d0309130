using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Ensembles.Numerics;

/// <summary>
/// The logistic function and the logarithm of eight doubles at a time: step by step what <see cref="DeterministicMath"/> does with one, so
/// with the same bits. Its constants and explanations hold here.
/// </summary>
internal static class DeterministicVectors
{
    /// <summary>Doubles that are worked on together.</summary>
    public const int Count = 8;

    /// <summary>The logistic function of each number.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="results">As many places; may be the same memory.</param>
    public static void Sigmoid(ReadOnlySpan<double> x, Span<double> results)
    {
        int i = 0;
        for (; i + Count <= x.Length; i += Count)
        {
            Sigmoid(Vector512.Create(x[i..])).CopyTo(results[i..]);
        }

        for (; i < x.Length; i++)
        {
            results[i] = DeterministicMath.Sigmoid(x[i]);
        }
    }

    /// <summary>The natural logarithm of each number.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="results">As many places; may be the same memory.</param>
    public static void Log(ReadOnlySpan<double> x, Span<double> results)
    {
        int i = 0;
        for (; i + Count <= x.Length; i += Count)
        {
            Log(Vector512.Create(x[i..])).CopyTo(results[i..]);
        }

        for (; i < x.Length; i++)
        {
            results[i] = DeterministicMath.Log(x[i]);
        }
    }

    public static Lanes Sigmoid(Lanes x)
    {
        Lanes negative = -Vector512.Abs(x);
        Lanes lowest = Vector512.Create(-746.0);
        negative = Vector512.ConditionalSelect(Vector512.LessThan(negative, lowest), lowest, negative);
        Vector512<long> exponent = ReduceExp(negative, out Lanes r, out Lanes rLow);
        AddExpSeries(r, rLow, out Lanes high, out Lanes low);
        Lanes sum = high + low;
        low = (high - sum) + low;
        high = sum;

        Lanes denominator = FastTwoSum(Lanes.One, Scale(high, exponent), out Lanes denominatorLow);
        denominatorLow += Scale(low, exponent);
        Lanes positive = Vector512.GreaterThanOrEqual(x, Lanes.Zero);
        Lanes numerator = Vector512.ConditionalSelect(positive, Lanes.One, high);
        Lanes numeratorLow = Vector512.ConditionalSelect(positive, Lanes.Zero, low);

        Lanes reciprocal = Lanes.One / denominator;
        Lanes quotient = numerator * reciprocal;
        Lanes product = TwoProduct(quotient, denominator, out Lanes productLow);
        Lanes remainder = ((numerator - product) - productLow) + (numeratorLow - (quotient * denominatorLow));
        Lanes result = quotient + (remainder * reciprocal);
        result = Scale(result, Vector512.ConditionalSelect(positive.AsInt64(), Vector512<long>.Zero, exponent));
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), result, Vector512.Create(double.NaN));
    }

    public static Lanes Log(Lanes x)
    {
        Lanes subnormal = Vector512.LessThan(x, Vector512.Create(DeterministicMath.SmallestNormal));
        Vector512<long> bits = Vector512.ConditionalSelect(subnormal, x * Vector512.Create(DeterministicMath.TwoTo54), x).AsInt64();
        Vector512<long> exponent = (bits - Vector512.Create(DeterministicMath.SqrtHalfBits)) >> DeterministicMath.MantissaBits;
        Lanes f = (bits - (exponent << DeterministicMath.MantissaBits)).AsDouble() - Lanes.One;
        exponent -= subnormal.AsInt64() & Vector512.Create(54L);
        AddLogSeries(f, out Lanes high, out Lanes low);

        Lanes k = Vector512.ConvertToDouble(exponent);
        Lanes sum = FastTwoSum(k * Vector512.Create(DeterministicMath.Ln2High), high, out Lanes sumLow);
        Lanes result = sum + (sumLow + (low + (k * Vector512.Create(DeterministicMath.Ln2Low))));

        Lanes infinity = Vector512.Create(double.PositiveInfinity);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, infinity), x, result);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Lanes.Zero), -infinity, result);
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Lanes.Zero), result, Vector512.Create(double.NaN));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> ReduceExp(Lanes x, out Lanes r, out Lanes rLow)
    {
        Lanes shift = Vector512.Create(DeterministicMath.RoundingShift);
        Lanes shifted = (x * Vector512.Create(DeterministicMath.InverseLn2)) + shift;
        Lanes k = shifted - shift;
        Lanes high = x - (k * Vector512.Create(DeterministicMath.Ln2High));
        Lanes low = k * Vector512.Create(DeterministicMath.Ln2Low);
        r = high - low;
        rLow = (high - r) - low;
        return shifted.AsInt64() - shift.AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddExpSeries(Lanes r, Lanes rLow, out Lanes high, out Lanes low)
    {
        Lanes r2 = r * r;
        Lanes r4 = r2 * r2;
        Lanes p01 = Vector512.Create(0.16666666666666669) + (r * 0.041666666666666664);
        Lanes p23 = Vector512.Create(0.008333333333330062) + (r * 0.0013888888888886552);
        Lanes p45 = Vector512.Create(0.00019841269863053618) + (r * 2.4801587317144498e-05);
        Lanes p67 = Vector512.Create(2.7557268459997064e-06) + (r * 2.755728296954995e-07);
        Lanes p89 = Vector512.Create(2.510038549551032e-08) + (r * 2.0911236630261545e-09);
        Lanes polynomial = p01 + (r2 * p23) + (r4 * (p45 + (r2 * p67) + (r4 * p89)));

        HalfSquare(r, out Lanes square, out Lanes squareLow);
        Lanes first = FastTwoSum(Lanes.One, r, out Lanes firstLow);
        high = FastTwoSum(first, square, out Lanes secondLow);
        Lanes small = (r2 * r * polynomial) + (squareLow + (rLow + (rLow * r)));
        low = secondLow + (firstLow + small);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLogSeries(Lanes f, out Lanes high, out Lanes low)
    {
        Lanes s = f / (Vector512.Create(2.0) + f);
        Lanes z = s * s;
        Lanes z2 = z * z;
        Lanes r01 = Vector512.Create(0.666666666666667) + (z * 0.3999999999989938);
        Lanes r23 = Vector512.Create(0.28571428626031065) + (z * 0.2222221112572281);
        Lanes r45 = Vector512.Create(0.18182889786191042) + (z * 0.15331699633543858);
        Lanes polynomial = z * (r01 + (z2 * r23) + (z2 * z2 * (r45 + (z2 * 0.14616721179861816))));

        HalfSquare(f, out Lanes square, out Lanes squareLow);
        high = FastTwoSum(f, -square, out Lanes firstLow);
        low = firstLow + ((s * ((0.5 * f * f) + polynomial)) + (-squareLow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Scale(Lanes x, Vector512<long> k)
    {
        Vector512<long> half = k >> 1;
        return x * PowerOfTwo(half) * PowerOfTwo(k - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes PowerOfTwo(Vector512<long> k) =>
        ((k + Vector512.Create(DeterministicMath.ExponentBias)) << DeterministicMath.MantissaBits).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes LeadingHalf(Lanes x) => (x.AsInt64() & Vector512.Create(unchecked((long)0xFFFFFFFFF8000000))).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void HalfSquare(Lanes x, out Lanes high, out Lanes low)
    {
        Lanes head = LeadingHalf(x);
        high = 0.5 * head * head;
        low = 0.5 * (x - head) * (x + head);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes FastTwoSum(Lanes a, Lanes b, out Lanes error)
    {
        Lanes sum = a + b;
        error = (a - sum) + b;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes TwoProduct(Lanes a, Lanes b, out Lanes error)
    {
        Lanes product = a * b;
        Lanes aHigh = LeadingHalf(a);
        Lanes aLow = a - aHigh;
        Lanes bHigh = LeadingHalf(b);
        Lanes bLow = b - bHigh;
        error = ((aHigh * bHigh) - product) + (aHigh * bLow) + (aLow * bHigh) + (aLow * bLow);
        return product;
    }
}
