using System.Buffers;
using Ensembles.Learners;

namespace Ensembles.Trees;

/// <summary>How a tree is written as text or as a drawing.</summary>
public sealed record TreeExportOptions
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly int? _maxDepth;
    private readonly int _maxCategories = 6;
    private readonly int _digits = 4;
    private readonly RecipeList<string> _fillColors = new([]);

    /// <summary>What is used where no options are given.</summary>
    public static TreeExportOptions Default { get; } = new();

    /// <summary>
    /// How many splits deep the tree is written, at least 0; below that only the leaves are counted. Null (default) for all of it.
    /// </summary>
    public int? MaxDepth
    {
        get => _maxDepth;
        init => _maxDepth = value is null ? null : Check(value.Value, 0, int.MaxValue, nameof(MaxDepth), "MaxDepth must be at least 0.");
    }

    /// <summary>How many categories of a set are named, at least 1 (default 6); the rest are counted.</summary>
    public int MaxCategories
    {
        get => _maxCategories;
        init => _maxCategories = Check(value, 1, int.MaxValue, nameof(MaxCategories), "MaxCategories must be at least 1.");
    }

    /// <summary>
    /// The significant digits of impurities and predictions, from 1 to 17 (default 4). Thresholds are always written in as many as
    /// it takes to read the same number again.
    /// </summary>
    public int Digits
    {
        get => _digits;
        init => _digits = Check(value, 1, 17, nameof(Digits), "Digits must be from 1 to 17.");
    }

    /// <summary>Whether the side that missing values take is written at each split (default: no).</summary>
    public bool ShowMissing { get; init; }

    /// <summary>
    /// What the boxes of a drawing in the language of Graphviz are filled with: a colour a class, the fuller the surer, or one colour for
    /// numbers, the fuller the greater. Each is <c>#rrggbb</c>; with more classes than colours they begin again. None (default): nothing.
    /// </summary>
    public IReadOnlyList<string> FillColors
    {
        get => _fillColors;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _fillColors = value.All(IsColor)
                ? new RecipeList<string>(value)
                : throw new ArgumentException(
                    $"FillColors must be written as #rrggbb, not '{value.First(color => !IsColor(color))}'.", nameof(value));
        }
    }

    private static bool IsColor(string? color) =>
        color is { Length: 7 } && color[0] == '#' && color.AsSpan(1).IndexOfAnyExcept(HexDigits) < 0;

    private static int Check(int value, int minimum, int maximum, string name, string message) =>
        value >= minimum && value <= maximum ? value : throw new ArgumentOutOfRangeException(name, value, message);
}
