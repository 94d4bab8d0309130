using System.Globalization;
using System.Runtime.InteropServices;

namespace Ensembles.Data.Reading;

/// <summary>A numeric target: present and finite in every row.</summary>
internal sealed class NumericTargetCollector : ColumnCollector
{
    private readonly List<double> _values = [];

    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    public override string? AddText(ReadOnlySpan<char> text) =>
        NumberParser.TryParse(text, out double value) ? AddNumber(value) : NotANumber(text);

    public override string? AddNumber(double value)
    {
        _values.Add(value);
        return double.IsFinite(value)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the target is {value}; it must be finite.");
    }

    public override string? AddMissing() => "the target is missing.";
}

/// <summary>Row weights: present, finite and not negative in every row, and not all zero.</summary>
internal sealed class WeightCollector : ColumnCollector
{
    private readonly List<double> _values = [];

    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    public override string? AddText(ReadOnlySpan<char> text) =>
        NumberParser.TryParse(text, out double value) ? AddNumber(value) : NotANumber(text);

    public override string? AddNumber(double value)
    {
        _values.Add(value);
        return double.IsFinite(value) && value >= 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the weight is {value}; it must be finite and not negative.");
    }

    public override string? AddMissing() => "the weight is missing.";

    /// <summary>What is wrong with the weights as a whole, or null.</summary>
    public string? Check() => _values.Count == 0 || _values.Exists(w => w > 0) ? null : "all weights are zero.";
}

/// <summary>A target of classes: those that occur, or known ones only.</summary>
internal sealed class LabelCollector(ClassLabels? known, int maxClasses) : ColumnCollector
{
    private readonly CategoryColumnBuilder _cells = new();
    private readonly List<int> _indices = [];

    public override string? AddText(ReadOnlySpan<char> text)
    {
        if (known is null)
        {
            _cells.Add(text);
            return _cells.DistinctCount > maxClasses
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"the target has more than {maxClasses} classes; is this a regression? Otherwise raise MaxCategories.")
                : null;
        }

        int index = known.IndexOf(text.ToString());
        _indices.Add(index);
        return index < 0 ? $"the label {DataFormatException.Show(text)} is none of the classes {known}." : null;
    }

    public override string? AddNumber(double value) => AddText(value.ToString(CultureInfo.InvariantCulture));

    public override string? AddFlag(bool value) => AddText(value ? bool.TrueString : bool.FalseString);

    public override string? AddMissing() => "the target is missing.";

    /// <summary>The classes and the class index of each row.</summary>
    public (ClassLabels Classes, int[] Indices) ToLabels()
    {
        if (known is not null)
        {
            return (known, [.. _indices]);
        }

        IComparer<string> order = _cells.Names.All(name => IntegerOf(name) is not null)
            ? Comparer<string>.Create(CompareAsIntegers)
            : StringComparer.Ordinal;
        (string[] names, int[] indices) = _cells.ToOrdered(order);
        return (new ClassLabels(names), indices);
    }

    private static int CompareAsIntegers(string a, string b)
    {
        int order = Nullable.Compare(IntegerOf(a), IntegerOf(b));
        return order != 0 ? order : string.CompareOrdinal(a, b);
    }

    private static long? IntegerOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
}
