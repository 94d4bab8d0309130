using System.Collections;
using System.Collections.Frozen;
using System.Globalization;

namespace Ensembles.Data;

/// <summary>
/// The classes of a classification problem: their names in the order of their indices 0, 1, 2 … Integers and enum members
/// are ordered by value, <c>false</c> comes before <c>true</c>, strings are in ordinal order.
/// </summary>
public sealed class ClassLabels : IReadOnlyList<string>, IEquatable<ClassLabels>
{
    private readonly string[] _names;
    private readonly FrozenDictionary<string, int> _indices;

    /// <summary>Classes with these names, in this order.</summary>
    /// <param name="names">At least one name; none twice (ordinal comparison).</param>
    /// <exception cref="ArgumentException">There is no name, or a name is null or appears twice.</exception>
    public ClassLabels(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = [.. names];
        if (_names.Length == 0)
        {
            throw new ArgumentException("There are no classes.", nameof(names));
        }

        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < _names.Length; i++)
        {
            if (_names[i] is null || !indices.TryAdd(_names[i], i))
            {
                throw new ArgumentException($"Class name {i} ('{_names[i]}') is null or appears twice.", nameof(names));
            }
        }

        _indices = indices.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The number of classes.</summary>
    public int Count => _names.Length;

    /// <summary>The name of a class.</summary>
    /// <param name="index">The class, from 0.</param>
    public string this[int index] => _names[index];

    /// <summary>The index of the class with this name, or −1.</summary>
    /// <param name="name">The name to look for (ordinal comparison).</param>
    public int IndexOf(string name) => _indices.TryGetValue(name, out int index) ? index : -1;

    /// <summary>A class as the value it was made from: an int, long, bool, string or a member of an enum.</summary>
    /// <typeparam name="TLabel">The type the labels were given in.</typeparam>
    /// <param name="index">The class, from 0.</param>
    /// <exception cref="FormatException">The name of the class is not a value of that type.</exception>
    public TLabel As<TLabel>(int index)
        where TLabel : notnull
    {
        string name = _names[index];
        object? value = default(TLabel) switch
        {
            int => int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null,
            long => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null,
            bool => bool.TryParse(name, out bool flag) ? flag : null,
            Enum => Enum.TryParse(typeof(TLabel), name, out object? member) ? member : null,
            null when typeof(TLabel) == typeof(string) => name,
            _ => null,
        };
        return value is TLabel label
            ? label
            : throw new FormatException($"Class {index} ('{name}') is not a value of {typeof(TLabel).Name}.");
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ClassLabels? other) => other is not null && _names.AsSpan().SequenceEqual(other._names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClassLabels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, StringComparer.Ordinal.GetHashCode(_names[0]));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _names);

    /// <summary>The classes found in a list of labels, and the class index of each label.</summary>
    internal static (ClassLabels Classes, int[] Indices) Encode<TLabel>(ReadOnlySpan<TLabel> labels)
        where TLabel : notnull
    {
        if (default(TLabel) is not (int or long or bool or Enum) && typeof(TLabel) != typeof(string))
        {
            throw new ArgumentException($"Labels are int, long, bool, string or an enum, not {typeof(TLabel).Name}.", nameof(labels));
        }

        var distinct = new HashSet<TLabel>();
        for (int r = 0; r < labels.Length; r++)
        {
            if (labels[r] is null)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Row {r}: the label is null."), nameof(labels));
            }

            distinct.Add(labels[r]);
        }

        TLabel[] ordered = [.. distinct];
        if (ordered is string[] names)
        {
            Array.Sort(names, StringComparer.Ordinal);
        }
        else
        {
            Array.Sort(ordered);
        }

        var codes = new Dictionary<TLabel, int>();
        for (int i = 0; i < ordered.Length; i++)
        {
            codes.Add(ordered[i], i);
        }

        var indices = new int[labels.Length];
        for (int r = 0; r < indices.Length; r++)
        {
            indices[r] = codes[labels[r]];
        }

        return (new ClassLabels(ordered.Select(label => Convert.ToString(label, CultureInfo.InvariantCulture)!)), indices);
    }
}
