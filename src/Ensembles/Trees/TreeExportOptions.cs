namespace Ensembles.Trees;

/// <summary>How a tree is written as text or as a drawing.</summary>
public sealed record TreeExportOptions
{
    private readonly int? _maxDepth;
    private readonly int _maxCategories = 6;
    private readonly int _digits = 4;

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

    private static int Check(int value, int minimum, int maximum, string name, string message) =>
        value >= minimum && value <= maximum ? value : throw new ArgumentOutOfRangeException(name, value, message);
}
