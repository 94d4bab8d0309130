using System.Globalization;
using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.RandomForests;

/// <summary>
/// What a forest remembers of its training set, so that it notices when it is given another one where only the same can work: the
/// rows of each tree are drawn again by their numbers.
/// </summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Hash">A hash of the targets and weights in their order.</param>
internal readonly record struct TrainingMark(int RowCount, ulong Hash)
{
    public static TrainingMark Of(ClassificationDataset data)
    {
        ulong hash = HashOf(data.Weights);
        foreach (int label in data.Labels)
        {
            hash = KeyedRandom.Mix(hash, (ulong)label);
        }

        return new TrainingMark(data.RowCount, hash);
    }

    public static TrainingMark Of(RegressionDataset data) =>
        new(data.RowCount, KeyedRandom.Mix(HashOf(data.Weights), HashOf(data.Targets)));

    /// <exception cref="ArgumentException">The columns, the rows or the targets are others.</exception>
    public void Check(ClassificationDataset data, FeatureSchema schema, ClassLabels classes)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.Classes.Equals(classes))
        {
            throw Other($"classes: {data.Classes} and not {classes}");
        }

        CheckColumns(data, schema);
        CheckRows(Of(data));
    }

    /// <exception cref="ArgumentException">The columns, the rows or the targets are others.</exception>
    public void Check(RegressionDataset data, FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckColumns(data, schema);
        CheckRows(Of(data));
    }

    private static ulong HashOf(ReadOnlySpan<double> values)
    {
        ulong hash = (ulong)values.Length;
        foreach (double value in values)
        {
            hash = KeyedRandom.Mix(hash, BitConverter.DoubleToUInt64Bits(value));
        }

        return hash;
    }

    private static void CheckColumns(Dataset data, FeatureSchema schema)
    {
        if (!data.Schema.Equals(schema))
        {
            throw Other("columns");
        }
    }

    private static ArgumentException Other(string what) =>
        new($"This needs the data that the forest was trained on, in the same order; these have other {what}.", "data");

    private void CheckRows(TrainingMark other)
    {
        if (other.RowCount != RowCount)
        {
            throw Other(string.Create(CultureInfo.InvariantCulture, $"rows: {other.RowCount} and not {RowCount}"));
        }

        if (other.Hash != Hash)
        {
            throw Other("targets or weights");
        }
    }
}
