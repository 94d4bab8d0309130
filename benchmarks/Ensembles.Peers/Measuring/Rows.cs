using Ensembles.Data;

namespace Ensembles.Peers.Measuring;

/// <summary>What is learned: columns of floats and a target a row, a class index where there are classes.</summary>
/// <param name="Cells">The columns.</param>
/// <param name="Target">One number a row.</param>
/// <param name="Classes">The number of classes; 0 where the target is a number.</param>
internal sealed record Rows(float[][] Cells, double[] Target, int Classes)
{
    public int Count => Target.Length;

    public int[] Labels => Array.ConvertAll(Target, value => (int)value);

    /// <summary>A new table each time, so that nothing derived from it is known.</summary>
    public FeatureTable Table() => FeatureTable.FromColumns(Cells);

    public ClassificationDataset Classification(FeatureTable table) =>
        ClassificationDataset.FromIndices(table, new ClassLabels(Enumerable.Range(0, Classes).Select(k => ResultStore.Text(k))), Labels);

    public RegressionDataset Regression(FeatureTable table) => RegressionDataset.Create(table, Target);

    public Rows Slice(int start, int count) =>
        new([.. Cells.Select(column => column.AsSpan(start, count).ToArray())], Target.AsSpan(start, count).ToArray(), Classes);

    public static Rows Of(ClassificationDataset data) => new(
        [.. Enumerable.Range(0, data.Features.ColumnCount).Select(c => Floats(data.Features, c))],
        Array.ConvertAll(data.Labels.ToArray(), label => (double)label),
        data.ClassCount);

    public static Rows Of(RegressionDataset data) => new(
        [.. Enumerable.Range(0, data.Features.ColumnCount).Select(c => Floats(data.Features, c))], data.Targets.ToArray(), 0);

    private static float[] Floats(FeatureTable table, int column) =>
        Array.ConvertAll(table.Column(column).AsSpan().ToArray(), value => (float)value);
}
