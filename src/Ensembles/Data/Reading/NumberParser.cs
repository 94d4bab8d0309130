using System.Globalization;

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

    /// <summary>Whether the whole text is a number: a decimal with or without an exponent, an infinity or a NaN.</summary>
    /// <remarks>
    /// Clinger 1990: if the digits make an integer up to 2⁵³ and the power of ten is at most 10²², both are exact as doubles, so their
    /// one product or quotient is the nearest double. All other texts go to <see cref="double"/>, which rounds correctly as well.
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

        if (digits > MaxExactInteger || Math.Abs(power) >= PowersOfTen.Length)
        {
            return TryParseAny(text, out value);
        }

        value = power < 0 ? digits / PowersOfTen[-power] : digits * PowersOfTen[power];
        value = negative ? -value : value;
        return true;
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
