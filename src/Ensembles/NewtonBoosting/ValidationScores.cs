using Ensembles.Data;
using Ensembles.Losses;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>The scores of a validation set, kept up to date tree by tree, and their loss.</summary>
/// <param name="table">The rows, under the schema of the training set.</param>
/// <param name="outputs">The number of scores of a row.</param>
/// <param name="link">How scores become predictions.</param>
/// <param name="predictionWidth">The number of values predicted for a row.</param>
/// <param name="loss">The loss of all predictions, row after row.</param>
internal sealed class ValidationScores(FeatureTable table, int outputs, Link link, int predictionWidth, Func<double[], double> loss)
{
    private readonly double[] _rows = ToRowMajor(table);
    private readonly double[] _scores = new double[table.RowCount * outputs];
    private readonly double[] _predictions = new double[table.RowCount * predictionWidth];

    public void Begin(double[] baseScores)
    {
        for (int i = 0; i < _scores.Length; i++)
        {
            _scores[i] = baseScores[i % outputs];
        }
    }

    public void Add(Tree tree, int output)
    {
        int width = table.ColumnCount;
        for (int r = 0; r < table.RowCount; r++)
        {
            _scores[(r * outputs) + output] += tree.LeafValue(tree.LeafOf(_rows.AsSpan(r * width, width)))[0];
        }
    }

    public double Loss()
    {
        for (int r = 0; r < table.RowCount; r++)
        {
            link.Apply(_scores.AsSpan(r * outputs, outputs), _predictions.AsSpan(r * predictionWidth, predictionWidth));
        }

        return loss(_predictions);
    }

    private static double[] ToRowMajor(FeatureTable table)
    {
        var rows = new double[table.RowCount * table.ColumnCount];
        for (int c = 0; c < table.ColumnCount; c++)
        {
            table.GatherColumn(c, 0, table.RowCount, rows.AsSpan(c), table.ColumnCount);
        }

        return rows;
    }
}
