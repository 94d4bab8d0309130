namespace Ensembles.Data.Reading;

/// <summary>Takes the cells of one column, top to bottom, as they are read.</summary>
/// <remarks>
/// Each method returns null, or what is wrong with the cell: a sentence to which the reader, who knows the place, adds it.
/// </remarks>
internal abstract class ColumnCollector
{
    /// <summary>Adds a present cell given as text.</summary>
    public abstract string? AddText(ReadOnlySpan<char> text);

    /// <summary>Adds a present cell given as a number.</summary>
    public abstract string? AddNumber(double value);

    /// <summary>Adds a present cell given as true or false.</summary>
    public virtual string? AddFlag(bool value) => AddNumber(value ? 1 : 0);

    /// <summary>Adds a missing cell.</summary>
    public abstract string? AddMissing();

    protected static string NotANumber(ReadOnlySpan<char> text) => $"{DataFormatException.Show(text)} is not a number.";
}

/// <summary>Takes the cells of a feature.</summary>
internal abstract class FeatureCollector : ColumnCollector
{
    /// <summary>The feature and its cells, after the last of them.</summary>
    /// <param name="name">The name of the feature.</param>
    public abstract (Feature Feature, ColumnData Cells) ToColumn(string name);
}
