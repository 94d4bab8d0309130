namespace Ensembles.Data;

/// <summary>What the columns of a table that is read stand for, whatever it is read from.</summary>
/// <remarks>
/// A name given here that the source does not have is an error. Where the rows are read with the schema of other data, the schema
/// decides which columns are features and of which kind; then names that the source does not have are allowed, but a contradiction to
/// the schema is not.
/// </remarks>
public record ReadOptions
{
    /// <summary>Columns that are left out (default: none).</summary>
    public IReadOnlyCollection<string> IgnoredColumns { get; init; } = [];

    /// <summary>Columns that are categorical even if every cell is a number (default: none).</summary>
    public IReadOnlyCollection<string> CategoricalColumns { get; init; } = [];

    /// <summary>Columns that must be numbers: any other text is an error and not a category (default: none).</summary>
    public IReadOnlyCollection<string> NumericColumns { get; init; } = [];

    /// <summary>
    /// The column of the row weights, which is then no feature; null (the default) where every row weighs 1. A table without a target
    /// leaves the column out.
    /// </summary>
    public string? WeightColumn { get; init; }

    /// <summary>
    /// The most distinct values that a categorical column, or a target of classes, may have (default 4096, from 1). More are an error,
    /// since they are mostly a column of keys or of free text, or a number with a slip in one cell.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxCategories
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxCategories));
            field = value;
        }
    }
    = 4096;
}
