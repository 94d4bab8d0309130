namespace Ensembles.Data.Reading;

/// <summary>What the columns of a source are read into, as far as it is known before their names are.</summary>
/// <param name="Schema">The features to read, or null for those of the source.</param>
/// <param name="Target">The name of the target, or null where there is none.</param>
/// <param name="TargetCells">Where the target goes; null only where there is none.</param>
/// <param name="WeightCells">Where the weights go; null only where they are not wanted.</param>
internal sealed record ColumnRoles(FeatureSchema? Schema, string? Target, ColumnCollector? TargetCells, ColumnCollector? WeightCells);
