using System.Collections;
using System.Numerics;

namespace Ensembles.Trees;

/// <summary>A set of categories of one feature, by their codes: one bit for each category of the schema.</summary>
public sealed class CategorySet : IEnumerable<int>, IEquatable<CategorySet>
{
    private readonly ulong[] _bits;

    internal CategorySet(int categoryCount, ReadOnlySpan<bool> members)
    {
        CategoryCount = categoryCount;
        _bits = new ulong[(categoryCount + 63) / 64];
        for (int code = 0; code < categoryCount; code++)
        {
            if (members[code])
            {
                _bits[code >> 6] |= 1UL << (code & 63);
            }
        }
    }

    /// <param name="categoryCount">The number of categories of the feature.</param>
    /// <param name="bits">A bit a category, taken over; those past the last category are cleared.</param>
    internal CategorySet(int categoryCount, ulong[] bits)
    {
        if ((categoryCount & 63) != 0)
        {
            bits[^1] &= (1UL << (categoryCount & 63)) - 1;
        }

        CategoryCount = categoryCount;
        _bits = bits;
    }

    /// <summary>The number of categories in the set.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in _bits)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>The number of categories that the feature has, in the set or not.</summary>
    public int CategoryCount { get; }

    /// <summary>Whether the set has a category.</summary>
    /// <param name="code">The code of the category; no set has a code that the feature has not.</param>
    public bool Contains(int code) => (uint)code < (uint)CategoryCount && ((_bits[code >> 6] >> (code & 63)) & 1) != 0;

    /// <summary>The codes in the set, rising.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        for (int code = 0; code < CategoryCount; code++)
        {
            if (Contains(code))
            {
                yield return code;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(CategorySet? other) =>
        other is not null && CategoryCount == other.CategoryCount && _bits.AsSpan().SequenceEqual(other._bits);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CategorySet);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(CategoryCount, _bits.Length > 0 ? _bits[0] : 0);

    /// <inheritdoc/>
    public override string ToString() => $"{{{string.Join(", ", this)}}}";

    /// <summary>The categories of the feature that are not in the set.</summary>
    internal CategorySet Complement()
    {
        ulong[] bits = Array.ConvertAll(_bits, word => ~word);
        return new CategorySet(CategoryCount, bits);
    }

    /// <summary>The categories that both sets of the same feature have.</summary>
    internal CategorySet Intersect(CategorySet other)
    {
        var bits = new ulong[_bits.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = _bits[i] & other._bits[i];
        }

        return new CategorySet(CategoryCount, bits);
    }

    /// <summary>The code that a cell stands for; false where it is missing or no category of the feature.</summary>
    internal bool TryGetCode(double value, out int code)
    {
        // Comparisons with NaN are false, so a missing cell has no code.
        if (value >= 0 && value < CategoryCount)
        {
            code = (int)value;
            return code == value;
        }

        code = -1;
        return false;
    }
}
