namespace Ensembles.Numerics;

/// <summary>
/// sin(πx), cos(πx) and atan(x) with the same bits on every machine: only IEEE additions, products and quotients in a fixed
/// order, no call of the platform's library. The error stays below one unit in the last place (for arctangents, barely above
/// half of one).
/// </summary>
/// <remarks>
/// The angle is counted in half turns because such angles reduce without any error, however large they are; π is multiplied in
/// afterwards, with its rounding error carried along.
/// </remarks>
internal static class DeterministicTrigonometry
{
    // π and π/2 as unevaluated sums: the nearest double and the double nearest to what it leaves.
    private const double PiHigh = 3.141592653589793;
    private const double PiLow = 1.2246467991473532e-16;
    private const double HalfPiHigh = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;

    // Above it the quotient 1/x no longer changes the rounding of π/2.
    private const double AtanSaturation = 1e17;

    /// <summary>sin(πx), exact at every multiple of 1/2; NaN where x is not finite.</summary>
    public static double SinPi(double x)
    {
        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        double sine = ReduceHalfTurns(Math.Abs(x), out double rest) switch
        {
            0 => SineKernel(rest),
            1 => CosineKernel(rest),
            2 => -SineKernel(rest),
            _ => -CosineKernel(rest),
        };
        return double.IsNegative(x) ? -sine : sine;
    }

    /// <summary>cos(πx), exact at every multiple of 1/2; NaN where x is not finite.</summary>
    public static double CosPi(double x)
    {
        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        return ReduceHalfTurns(Math.Abs(x), out double rest) switch
        {
            0 => CosineKernel(rest),
            1 => -SineKernel(rest),
            2 => -CosineKernel(rest),
            _ => SineKernel(rest),
        };
    }

    /// <summary>The angle in (−π/2, π/2) whose tangent is x; ±π/2 (rounded) at the infinities.</summary>
    public static double Atan(double x)
    {
        double a = Math.Abs(x);
        if (double.IsNaN(a))
        {
            return x;
        }

        if (a > AtanSaturation)
        {
            return Math.CopySign(HalfPiHigh, x);
        }

        // With the nearest eighth c:  atan a = atan c + atan q,  q = (a − c)/(1 + ca),      for a ≤ 1,
        //                             atan a = π/2 − atan c + atan q,  q = (ca − 1)/(a + c),  for a > 1 (c nearest to 1/a).
        double baseHigh, baseLow, top, topLow, bottom, bottomLow;
        if (a <= 1)
        {
            int k = (int)Math.Floor((8 * a) + 0.5);
            double c = k / 8.0;
            (baseHigh, baseLow) = (AtanHigh[k], AtanLow[k]);
            (top, topLow) = (a - c, 0);
            double product = DeterministicMath.TwoProduct(c, a, out double productLow);
            bottom = DeterministicMath.TwoSum(1, product, out bottomLow);
            bottomLow += productLow;
        }
        else
        {
            int k = (int)Math.Floor((8 / a) + 0.5);
            double c = k / 8.0;
            baseHigh = DeterministicMath.TwoSum(HalfPiHigh, -AtanHigh[k], out baseLow);
            baseLow += HalfPiLow - AtanLow[k];
            double product = DeterministicMath.TwoProduct(c, a, out double productLow);
            top = DeterministicMath.TwoSum(product, -1, out topLow);
            topLow += productLow;
            bottom = DeterministicMath.TwoSum(a, c, out bottomLow);
        }

        double q = top / bottom;
        double back = DeterministicMath.TwoProduct(q, bottom, out double backLow);
        double qLow = ((top - back) - backLow + topLow - (q * bottomLow)) / bottom;

        // atan q = q − q³/3 + q⁵/5 − …, |q| ≤ 1/16.
        double series = Horner(q * q, AtanSeries);
        double sum = DeterministicMath.TwoSum(baseHigh, q, out double sumLow);
        return Math.CopySign(sum + (sumLow + (baseLow + qLow + (q * series))), x);
    }

    // The Taylor coefficients after the first term, as many as the reduced range needs to fall below 2⁻⁶⁰ of the result.
    private static ReadOnlySpan<double> AtanSeries => [-1 / 3.0, 1 / 5.0, -1 / 7.0, 1 / 9.0, -1 / 11.0, 1 / 13.0];

    private static ReadOnlySpan<double> SineSeries =>
    [
        -1 / 6.0, 1 / 120.0, -1 / 5040.0, 1 / 362880.0, -1 / 39916800.0, 1 / 6227020800.0, -1 / 1307674368000.0, 1 / 355687428096000.0,
    ];

    private static ReadOnlySpan<double> CosineSeries =>
    [
        1 / 24.0, -1 / 720.0, 1 / 40320.0, -1 / 3628800.0, 1 / 479001600.0, -1 / 87178291200.0, 1 / 20922789888000.0,
        -1 / 6402373705728000.0,
    ];

    // atan(k/8) for k = 0 … 8 as unevaluated sums.
    private static ReadOnlySpan<double> AtanHigh =>
    [
        0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225, 0.4636476090008061,
        0.5585993153435624, 0.6435011087932844, 0.7188299996216245, 0.7853981633974483,
    ];

    private static ReadOnlySpan<double> AtanLow =>
    [
        0, -3.1253241424539383e-18, 1.0698755618734451e-17, -2.4623815582638635e-17, 2.2698777452961687e-17,
        -5.4556305485916264e-18, 1.5834785051444286e-17, -2.1478388444456983e-17, 3.061616997868383e-17,
    ];

    /// <summary>Takes x ≥ 0 apart: x = 2m + quadrant/2 + rest with |rest| ≤ 1/4, without error.</summary>
    private static int ReduceHalfTurns(double x, out double rest)
    {
        // From 2⁵³ on every double is an even integer; below, x − 2⌊x/2⌋ has no more bits than x.
        double turn = x - (2 * Math.Floor(x / 2));
        double quadrant = Math.Floor((2 * turn) + 0.5);
        rest = turn - (quadrant / 2);
        return (int)quadrant & 3;
    }

    // sin(πr) for |r| ≤ 1/4, from y + low = πr:  y − y³/3! + y⁵/5! − …
    private static double SineKernel(double r)
    {
        (double y, double low) = TimesPi(r);
        double s = y * y;
        return y + ((y * Horner(s, SineSeries)) + (low * (1 - (0.5 * s))));
    }

    // cos(πr) for |r| ≤ 1/4:  1 − y²/2 + y⁴/4! − …, where 1 − y²/2 is kept with its rounding error.
    private static double CosineKernel(double r)
    {
        (double y, double low) = TimesPi(r);
        double s = y * y;
        double half = 0.5 * s;
        double head = 1 - half;
        return head + (((1 - head) - half) + ((s * Horner(s, CosineSeries)) - (y * low)));
    }

    /// <summary>c₀s + c₁s² + c₂s³ + …</summary>
    private static double Horner(double s, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = (sum + coefficients[i]) * s;
        }

        return sum;
    }

    private static (double High, double Low) TimesPi(double r)
    {
        double high = DeterministicMath.TwoProduct(r, PiHigh, out double low);
        return (high, low + (r * PiLow));
    }
}
