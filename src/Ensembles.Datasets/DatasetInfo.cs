namespace Ensembles.Datasets;

/// <summary>What a bundled data set is, where it comes from and on which terms.</summary>
public sealed record DatasetInfo
{
    /// <summary>The name of the set, and of the method of <see cref="SampleData"/> that gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of columns of the published table, the target included.</summary>
    public required int Columns { get; init; }

    /// <summary>The number of features that are categories.</summary>
    public int CategoricalFeatures { get; init; }

    /// <summary>The number of missing cells.</summary>
    public int MissingCells { get; init; }

    /// <summary>Whether the target is a class or a number.</summary>
    public required DatasetTask Task { get; init; }

    /// <summary>The number of classes; 0 for a regression.</summary>
    public int Classes { get; init; }

    /// <summary>The name of the target column.</summary>
    public required string Target { get; init; }

    /// <summary>The package and the object in it that the cells were read from.</summary>
    public required string Source { get; init; }

    /// <summary>The terms, as the source states them.</summary>
    public required string Licence { get; init; }

    /// <summary>Who collected or first published the data.</summary>
    public required string Citation { get; init; }

    /// <summary>The number of features: all columns but the target.</summary>
    public int Features => Columns - 1;
}
