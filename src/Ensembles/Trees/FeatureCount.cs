using System.Globalization;
using Ensembles.Numerics;

namespace Ensembles.Trees;

/// <summary>How many of d features a node or a tree draws.</summary>
public readonly record struct FeatureCount
{
    private readonly Rule _rule;
    private readonly double _value;

    private FeatureCount(Rule rule, double value = 0)
    {
        _rule = rule;
        _value = value;
    }

    private enum Rule
    {
        All,
        Sqrt,
        Log2,
        Fraction,
        Count,
    }

    /// <summary>The fraction that was given; null for a rule or a count.</summary>
    internal double? GivenFraction => _rule == Rule.Fraction ? _value : null;

    /// <summary>The count that was given; null for a rule or a fraction.</summary>
    internal int? GivenCount => _rule == Rule.Count ? (int)_value : null;

    /// <summary>All d features: nothing is drawn.</summary>
    public static FeatureCount All => default;

    /// <summary>max(1, ⌊√d⌋).</summary>
    public static FeatureCount Sqrt => new(Rule.Sqrt);

    /// <summary>max(1, ⌊log₂ d⌋).</summary>
    public static FeatureCount Log2 => new(Rule.Log2);

    /// <summary>max(1, ⌊fraction · d⌋).</summary>
    /// <param name="fraction">In (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1].</exception>
    public static FeatureCount Fraction(double fraction)
    {
        if (!(fraction > 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction of the features must lie in (0, 1].");
        }

        return new FeatureCount(Rule.Fraction, fraction);
    }

    /// <summary>This many features, or all where there are fewer.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public static FeatureCount Exactly(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new FeatureCount(Rule.Count, count);
    }

    /// <summary>The number for d features, from 1 to d.</summary>
    /// <param name="featureCount">d, at least 1.</param>
    public int Of(int featureCount) => Math.Clamp(
        _rule switch
        {
            Rule.Sqrt => (int)Math.Sqrt(featureCount),
            Rule.Log2 => System.Numerics.BitOperations.Log2((uint)featureCount),
            Rule.Fraction => (int)Math.Floor(_value * featureCount),
            Rule.Count => (int)Math.Min(_value, featureCount),
            _ => featureCount,
        },
        1,
        featureCount);

    /// <summary>The features that one member of an ensemble is limited to, rising, none twice; null for all.</summary>
    /// <param name="featureCount">d, at least 1.</param>
    /// <param name="key">The source of the draw.</param>
    internal int[]? Draw(int featureCount, ulong key)
    {
        int wanted = Of(featureCount);
        if (wanted == featureCount)
        {
            return null;
        }

        var features = new int[wanted];
        new RandomStream(key).SampleWithoutReplacement(featureCount, features);

        // Rising, so that of equal gains the lowest feature still wins.
        Array.Sort(features);
        return features;
    }

    /// <inheritdoc/>
    public override string ToString() => _rule switch
    {
        Rule.Fraction => string.Create(CultureInfo.InvariantCulture, $"{_value:R} of all"),
        Rule.Count => _value.ToString(CultureInfo.InvariantCulture),
        _ => _rule.ToString(),
    };
}
