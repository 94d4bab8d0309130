using System.Globalization;

namespace Ensembles.Data.Reading;

/// <summary>A feature that must be numeric.</summary>
internal sealed class NumericCollector : FeatureCollector
{
    private readonly NumericColumnBuilder _cells = new();

    public override string? AddText(ReadOnlySpan<char> text)
    {
        if (!NumberParser.TryParse(text, out double value))
        {
            return NotANumber(text);
        }

        _cells.Add(value);
        return null;
    }

    public override string? AddNumber(double value)
    {
        _cells.Add(value);
        return null;
    }

    public override string? AddMissing()
    {
        _cells.Add(double.NaN);
        return null;
    }

    public override (Feature Feature, ColumnData Cells) ToColumn(string name) => (Feature.Numeric(name), _cells.ToColumn());
}

/// <summary>A feature that must be categorical, its categories those that occur.</summary>
internal sealed class CategoryCollector(int maxCategories) : FeatureCollector
{
    private readonly CategoryColumnBuilder _cells = new();

    public override string? AddText(ReadOnlySpan<char> text)
    {
        _cells.Add(text);
        return _cells.DistinctCount > maxCategories ? TooMany(maxCategories) : null;
    }

    public override string? AddNumber(double value) => AddText(value.ToString(CultureInfo.InvariantCulture));

    public override string? AddFlag(bool value) => AddText(value ? bool.TrueString : bool.FalseString);

    public override string? AddMissing()
    {
        _cells.AddMissing();
        return null;
    }

    public override (Feature Feature, ColumnData Cells) ToColumn(string name) => _cells.ToColumn(name);

    public static string TooMany(int maxCategories) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"the column has more than {maxCategories} categories; ignore it if it holds keys or free text, or raise MaxCategories.");
}

/// <summary>A categorical feature whose categories are known: others read as missing.</summary>
internal sealed class KnownCategoryCollector(Feature known) : FeatureCollector
{
    private readonly List<int> _codes = [];

    public override string? AddText(ReadOnlySpan<char> text)
    {
        _codes.Add(known.CodeOf(text));
        return null;
    }

    public override string? AddNumber(double value) => AddText(value.ToString(CultureInfo.InvariantCulture));

    public override string? AddFlag(bool value) => AddText(value ? bool.TrueString : bool.FalseString);

    public override string? AddMissing()
    {
        _codes.Add(-1);
        return null;
    }

    public override (Feature Feature, ColumnData Cells) ToColumn(string name) => (known, new CategoryColumn([.. _codes]));
}

/// <summary>
/// A feature of text whose kind its cells decide: numeric if every present one is a number, otherwise categorical.
/// </summary>
/// <remarks>
/// One pass decides it, though the text of earlier cells is needed when the first that is no number comes late: as long as the distinct
/// texts could all be categories, the column is held as their codes. With more it can only be numeric, and is held as numbers.
/// </remarks>
internal sealed class InferredTextCollector(int maxCategories) : FeatureCollector
{
    private readonly List<double> _numberOfCode = [];
    private CategoryColumnBuilder? _texts = new();
    private NumericColumnBuilder? _numbers;
    private bool _onlyNumbers = true;

    public override string? AddText(ReadOnlySpan<char> text)
    {
        if (_texts is null)
        {
            return AddDecided(text);
        }

        int code = _texts.Add(text);
        if (code < _numberOfCode.Count)
        {
            return null;
        }

        _onlyNumbers &= NumberParser.TryParse(text, out double number);
        _numberOfCode.Add(number);
        if (_texts.DistinctCount > maxCategories)
        {
            if (!_onlyNumbers)
            {
                return CategoryCollector.TooMany(maxCategories);
            }

            _numbers = ToNumbers(_texts);
            _texts = null;
        }

        return null;
    }

    public override string? AddNumber(double value) => AddText(value.ToString(CultureInfo.InvariantCulture));

    public override string? AddMissing()
    {
        _texts?.AddMissing();
        _numbers?.Add(double.NaN);
        return null;
    }

    public override (Feature Feature, ColumnData Cells) ToColumn(string name)
    {
        if (_texts is not null && !_onlyNumbers)
        {
            return _texts.ToColumn(name);
        }

        _numbers ??= ToNumbers(_texts!);
        return (Feature.Numeric(name), _numbers.ToColumn());
    }

    private string? AddDecided(ReadOnlySpan<char> text)
    {
        if (!NumberParser.TryParse(text, out double value))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{DataFormatException.Show(text)} is not a number, and the column has more than {maxCategories} different numbers "
                + $"before it.");
        }

        _numbers!.Add(value);
        return null;
    }

    private NumericColumnBuilder ToNumbers(CategoryColumnBuilder texts)
    {
        var numbers = new NumericColumnBuilder();
        foreach (int code in texts.Codes)
        {
            numbers.Add(code < 0 ? double.NaN : _numberOfCode[code]);
        }

        return numbers;
    }
}

/// <summary>A feature of typed cells (a database's): the first present one decides whether it is numeric or categorical.</summary>
internal sealed class InferredTypeCollector(int maxCategories) : FeatureCollector
{
    private FeatureCollector? _decided;
    private int _missing;

    public override string? AddText(ReadOnlySpan<char> text)
    {
        _decided ??= AfterMissing(new CategoryCollector(maxCategories));
        return _decided is CategoryCollector
            ? _decided.AddText(text)
            : $"{DataFormatException.Show(text)} is text, but the values before it are numbers.";
    }

    public override string? AddNumber(double value)
    {
        _decided ??= AfterMissing(new NumericCollector());
        return _decided is NumericCollector
            ? _decided.AddNumber(value)
            : string.Create(CultureInfo.InvariantCulture, $"{value} is a number, but the values before it are text.");
    }

    public override string? AddMissing()
    {
        if (_decided is not null)
        {
            return _decided.AddMissing();
        }

        _missing++;
        return null;
    }

    public override (Feature Feature, ColumnData Cells) ToColumn(string name)
    {
        // A column without any value is numeric, as it is in a file.
        _decided ??= AfterMissing(new NumericCollector());
        return _decided.ToColumn(name);
    }

    private FeatureCollector AfterMissing(FeatureCollector cells)
    {
        for (; _missing > 0; _missing--)
        {
            cells.AddMissing();
        }

        return cells;
    }
}
