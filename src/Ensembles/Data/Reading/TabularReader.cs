namespace Ensembles.Data.Reading;

/// <summary>Reads named columns row by row into a table or a dataset, whatever the source.</summary>
internal abstract class TabularReader(ReadOptions options)
{
    /// <summary>Reads the features only.</summary>
    public FeatureTable ReadTable(FeatureSchema? schema) =>
        Read(new ColumnRoles(schema, Target: null, TargetCells: null, WeightCells: null)).ToTable();

    /// <summary>Reads features, a class a row and, where the options name a column for them, weights.</summary>
    public ClassificationDataset ReadClassification(string target, FeatureSchema? schema, ClassLabels? classes)
    {
        ArgumentNullException.ThrowIfNull(target);
        var labels = new LabelCollector(classes, options.MaxCategories);
        (FeatureTable table, WeightCollector weights) = Read(target, schema, labels);
        (ClassLabels found, int[] indices) = labels.ToLabels();
        return ClassificationDataset.FromIndices(table, found, indices, weights.Values);
    }

    /// <summary>Reads features, a number a row and, where the options name a column for them, weights.</summary>
    public RegressionDataset ReadRegression(string target, FeatureSchema? schema)
    {
        ArgumentNullException.ThrowIfNull(target);
        var targets = new NumericTargetCollector();
        (FeatureTable table, WeightCollector weights) = Read(target, schema, targets);
        return RegressionDataset.Create(table, targets.Values, weights.Values);
    }

    /// <summary>Reads all rows, at least one, into the collectors.</summary>
    protected abstract ColumnPlan Read(ColumnRoles roles);

    /// <summary>An exception about a whole column.</summary>
    protected abstract DataFormatException Error(string problem, string? column);

    private (FeatureTable Table, WeightCollector Weights) Read(string target, FeatureSchema? schema, ColumnCollector targetCells)
    {
        var weights = new WeightCollector();
        FeatureTable table = Read(new ColumnRoles(schema, target, targetCells, weights)).ToTable();
        return weights.Check() is { } problem ? throw Error(problem, options.WeightColumn) : (table, weights);
    }
}
