using System.Globalization;

namespace Ensembles.Trees;

/// <summary>A number of training rows: a count, or a fraction of all rows of weight above 0. An integer converts to a count.</summary>
public readonly record struct SampleCount
{
    private readonly int _count;
    private readonly double _fraction;

    private SampleCount(int count, double fraction)
    {
        _count = count;
        _fraction = fraction;
    }

    /// <summary>The fraction that was given; null for a count.</summary>
    internal double? GivenFraction => _fraction > 0 ? _fraction : null;

    /// <summary>The count that was given, of no use with a fraction.</summary>
    internal int GivenCount => Math.Max(1, _count);

    /// <summary>This many rows.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public static implicit operator SampleCount(int count) => FromInt32(count);

    /// <summary>This many rows.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public static SampleCount FromInt32(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new SampleCount(count, 0);
    }

    /// <summary>⌈fraction · n⌉ of n rows.</summary>
    /// <param name="fraction">In (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1].</exception>
    public static SampleCount Fraction(double fraction)
    {
        if (!(fraction > 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction of the rows must lie in (0, 1].");
        }

        return new SampleCount(0, fraction);
    }

    /// <summary>The number for n rows, at least 1.</summary>
    /// <param name="rowCount">n.</param>
    public int Of(int rowCount) => Math.Max(1, _fraction > 0 ? (int)Math.Ceiling(_fraction * rowCount) : _count);

    /// <inheritdoc/>
    public override string ToString() => _fraction > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{_fraction:R} of all")
        : Math.Max(1, _count).ToString(CultureInfo.InvariantCulture);
}
