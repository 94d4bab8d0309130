namespace Ensembles.Data;

/// <summary>Collects the texts of a column as codes in the order of first sight; puts the categories in order at the end.</summary>
internal sealed class CategoryColumnBuilder
{
    private const int FirstCapacity = 256;

    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _codeOfSpan;
    private readonly List<string> _names = [];
    private int[] _codes = new int[FirstCapacity];
    private int _count;

    public CategoryColumnBuilder()
    {
        _codeOfSpan = _codeOf.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The codes of the cells so far; −1 is missing.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, _count);

    /// <summary>The distinct texts so far, in the order of first sight.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of distinct texts so far.</summary>
    public int DistinctCount => _names.Count;

    /// <summary>Adds a cell.</summary>
    /// <returns>The code of the text; the former <see cref="DistinctCount"/> where the text is new.</returns>
    public int Add(ReadOnlySpan<char> text)
    {
        if (!_codeOfSpan.TryGetValue(text, out int code))
        {
            code = _names.Count;
            string name = text.ToString();
            _names.Add(name);
            _codeOf.Add(name, code);
        }

        AddCode(code);
        return code;
    }

    /// <summary>Adds a missing cell.</summary>
    public void AddMissing() => AddCode(-1);

    /// <summary>The distinct texts in the given order, and the code of each cell in that order.</summary>
    public (string[] Names, int[] Codes) ToOrdered(IComparer<string> order)
    {
        string[] names = [.. _names];
        var places = new int[names.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(names, places, order);
        var newCode = new int[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            newCode[places[i]] = i;
        }

        int[] codes = Array.ConvertAll(Codes.ToArray(), code => code < 0 ? -1 : newCode[code]);
        return (names, codes);
    }

    /// <summary>The column, its categories in ordinal order.</summary>
    /// <param name="name">The name of the feature.</param>
    public (Feature Feature, ColumnData Cells) ToColumn(string name)
    {
        (string[] names, int[] codes) = ToOrdered(StringComparer.Ordinal);
        return (Feature.Categorical(name, names), new CategoryColumn(codes));
    }

    private void AddCode(int code)
    {
        if (_count == _codes.Length)
        {
            Array.Resize(ref _codes, NumericColumnBuilder.NextCapacity(_count));
        }

        _codes[_count++] = code;
    }
}
