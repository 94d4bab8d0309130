using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Explanation.Dependence;

/// <summary>The mean of what a model predicts for the rows of a table with some features changed.</summary>
/// <param name="model">The model.</param>
/// <param name="table">The rows, under the schema of the model.</param>
internal sealed class RowResponse(Model model, FeatureTable table) : IMeanResponse
{
    private readonly RowChunks _rows = new(table);

    public string[] OutputNames { get; } = model is ClassificationModel classifier ? [.. classifier.Classes] : ["value"];

    public ExplainedScale Scale => ExplainedScale.Prediction;

    public void At(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, Span<double> means)
    {
        var all = new double[checked(_rows.RowCount * means.Length)];
        Predict(columns, values, all);
        means.Clear();
        for (int i = 0; i < all.Length; i++)
        {
            means[i % means.Length] += all[i];
        }

        foreach (ref double mean in means)
        {
            mean /= _rows.RowCount;
        }
    }

    /// <summary>What the model predicts for each row.</summary>
    /// <param name="columns">The features.</param>
    /// <param name="values">One a feature.</param>
    /// <param name="predictions">Rows × outputs.</param>
    public void Predict(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, Span<double> predictions)
    {
        int width = table.ColumnCount;
        int outputs = OutputNames.Length;
        double[] changed = [];
        for (int chunk = 0; chunk < _rows.Count; chunk++)
        {
            ReadOnlySpan<double> cells = _rows.Cells(chunk);
            if (changed.Length < cells.Length)
            {
                changed = new double[cells.Length];
            }

            cells.CopyTo(changed);
            int count = _rows.RowsOf(chunk);
            for (int c = 0; c < columns.Length; c++)
            {
                for (int r = 0; r < count; r++)
                {
                    changed[(r * width) + columns[c]] = values[c];
                }
            }

            model.PredictBlock(
                new RowSet(changed.AsSpan(0, cells.Length), width),
                predictions.Slice(RowChunks.FirstRow(chunk) * outputs, count * outputs));
        }
    }
}
