using System.Globalization;
using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Learners;

/// <summary>
/// What an ensemble remembers of its training set, so that it notices when it is given another one where only the same can work: the
/// rows of each member are drawn again by their numbers.
/// </summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Hash">A hash of the targets and weights in their order; 0 where there are none.</param>
internal readonly record struct TrainingMark(int RowCount, ulong Hash)
{
    public static TrainingMark Of(FeatureTable table) => new(table.RowCount, 0);

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

        Check(Of(data), data.Schema, schema);
    }

    /// <exception cref="ArgumentException">The columns, the rows or the targets are others.</exception>
    public void Check(RegressionDataset data, FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(data);
        Check(Of(data), data.Schema, schema);
    }

    /// <exception cref="ArgumentException">The columns or the number of rows are others.</exception>
    public void Check(FeatureTable table, FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(table);
        Check(Of(table), table.Schema, schema);
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

    private static ArgumentException Other(string what) =>
        new($"This needs the data that the model was trained on, in the same order; these have other {what}.", "data");

    private void Check(TrainingMark other, FeatureSchema given, FeatureSchema schema)
    {
        if (!given.Equals(schema))
        {
            throw Other("columns");
        }

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
