using System.Globalization;
using System.Numerics;

namespace Ensembles.Data.Reading;

/// <summary>Reads numbers from text with the invariant culture, every one to the nearest double.</summary>
internal static class NumberParser
{
    // Nineteen decimal digits always fit 64 bits.
    private const int MaxFastDigits = 19;

    // Integers up to here are doubles without rounding.
    private const ulong MaxExactInteger = 1UL << 53;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private static readonly PowerOfFive[] PowersOfFive = [.. Enumerable.Range(0, 28).Select(PowerOfFive.Of)];

    /// <summary>Whether the whole text is a number: a decimal with or without an exponent, an infinity or a NaN.</summary>
    /// <remarks>
    /// Clinger 1990: if the digits make an integer up to 2⁵³ and the power of ten is at most 10²², both are exact as doubles, so their
    /// one product or quotient is the nearest double. Up to nineteen digits over at most 10²⁷ are divided as integers, whose remainder
    /// says how to round. All other texts go to <see cref="double"/>, which rounds correctly as well.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        int i = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative || (text.Length > 0 && text[0] == '+'))
        {
            i = 1;
        }

        ulong digits = 0;
        int first = i;
        i = ReadDigits(text, i, ref digits);
        int digitCount = i - first;
        int power = 0;
        if (i < text.Length && text[i] == '.')
        {
            first = ++i;
            i = ReadDigits(text, i, ref digits);
            digitCount += i - first;
            power = first - i;
        }

        if (digitCount > MaxFastDigits)
        {
            digitCount -= LeadingZeros(text);
        }

        if (digitCount is 0 or > MaxFastDigits || (i < text.Length && !TryReadExponent(text, i, ref power)))
        {
            return TryParseAny(text, out value);
        }

        // Digits written out to a fixed length end in zeros that only keep the number from the fast path.
        while (digits > MaxExactInteger && digits % 10 == 0)
        {
            digits /= 10;
            power++;
        }

        if (digits <= MaxExactInteger && Math.Abs(power) < PowersOfTen.Length)
        {
            value = power < 0 ? digits / PowersOfTen[-power] : digits * PowersOfTen[power];
        }
        else if (digits > 0 && power <= 0 && -power < PowersOfFive.Length)
        {
            value = Divide(digits, -power);
        }
        else
        {
            return TryParseAny(text, out value);
        }

        value = negative ? -value : value;
        return true;
    }

    /// <summary>The double nearest to a positive integer over 10ᵏ; of two, the even one.</summary>
    private static double Divide(ulong digits, int k)
    {
        // Both shifted up to the top bit: digits / 5ᵏ = (quotient + remainder / divisor) · 2^(…), the quotient of 63 or 64 bits.
        PowerOfFive power = PowersOfFive[k];
        int shift = BitOperations.LeadingZeroCount(digits);
        digits <<= shift;
        ulong quotient = power.Divide(digits >> 1, digits << 63, out ulong remainder);
        int exponent = power.Shift - shift - k - 63;

        int excess = 11 - BitOperations.LeadingZeroCount(quotient);
        ulong rest = quotient & ((1UL << excess) - 1);
        ulong half = 1UL << (excess - 1);
        ulong significand = quotient >> excess;
        if (rest > half || (rest == half && (remainder != 0 || (significand & 1) != 0)))
        {
            significand++;
        }

        // Both factors and the product are exact: the result lies between 10⁻²⁷ and 10²⁰.
        return significand * BitConverter.UInt64BitsToDouble((ulong)(1023 + exponent + excess) << 52);
    }

    private static int LeadingZeros(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (char c in text.TrimStart("+-"))
        {
            if (c == '0')
            {
                count++;
            }
            else if (c != '.')
            {
                break;
            }
        }

        return count;
    }

    private static int ReadDigits(ReadOnlySpan<char> text, int i, ref ulong digits)
    {
        for (; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit > 9)
            {
                break;
            }

            // Wraps around beyond nineteen digits; the result is then not used.
            digits = unchecked((digits * 10) + digit);
        }

        return i;
    }

    /// <summary>Adds an exponent of at most three digits that ends the text.</summary>
    private static bool TryReadExponent(ReadOnlySpan<char> text, int i, ref int power)
    {
        if ((text[i] | 0x20) != 'e')
        {
            return false;
        }

        i++;
        bool negative = i < text.Length && text[i] == '-';
        if (negative || (i < text.Length && text[i] == '+'))
        {
            i++;
        }

        ulong exponent = 0;
        int end = ReadDigits(text, i, ref exponent);
        if (end != text.Length || end - i is 0 or > 3)
        {
            return false;
        }

        power += negative ? -(int)exponent : (int)exponent;
        return true;
    }

    /// <summary>5ᵏ shifted up to the top bit, with what makes a division by it two multiplications.</summary>
    /// <param name="Divisor">5ᵏ · 2^Shift, at least 2⁶³.</param>
    /// <param name="Shift">How far it was shifted.</param>
    /// <param name="Reciprocal">⌊(2¹²⁸ − 1) / Divisor⌋ − 2⁶⁴.</param>
    private readonly record struct PowerOfFive(ulong Divisor, int Shift, ulong Reciprocal)
    {
        public static PowerOfFive Of(int k)
        {
            ulong power = 1;
            for (int i = 0; i < k; i++)
            {
                power *= 5;
            }

            int shift = BitOperations.LeadingZeroCount(power);
            ulong divisor = power << shift;
            return new PowerOfFive(divisor, shift, (ulong)((UInt128.MaxValue / divisor) - (UInt128.One << 64)));
        }

        /// <summary>Divides high · 2⁶⁴ + low, high below the divisor (Möller and Granlund 2011, algorithm 4).</summary>
        public ulong Divide(ulong high, ulong low, out ulong remainder)
        {
            unchecked
            {
                ulong quotient = Math.BigMul(Reciprocal, high, out ulong fraction);
                fraction += low;
                quotient += high + (fraction < low ? 1UL : 0UL) + 1;
                remainder = low - (quotient * Divisor);
                if (remainder > fraction)
                {
                    quotient--;
                    remainder += Divisor;
                }

                if (remainder >= Divisor)
                {
                    quotient++;
                    remainder -= Divisor;
                }

                return quotient;
            }
        }
    }

    private static bool TryParseAny(ReadOnlySpan<char> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        // What C and Python write for an infinity.
        ReadOnlySpan<char> name = text.TrimStart("+-");
        if (text.Length - name.Length <= 1 && name.Equals("inf", StringComparison.OrdinalIgnoreCase))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return false;
    }
}
