using Ensembles.Data;
using Ensembles.Losses;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.GradientBoosting;

/// <summary>The scores of a validation set, kept up to date tree by tree.</summary>
/// <param name="table">The rows, under the schema of the training set.</param>
/// <param name="loss">The loss.</param>
/// <param name="threads">The most threads to use.</param>
internal sealed class ValidationRows(FeatureTable table, ILoss loss, int threads)
{
    private readonly RowChunks _rows = new(table);
    private readonly double[] _scores = new double[table.RowCount * loss.OutputCount];

    /// <summary>The scores before the first round of this fit.</summary>
    /// <param name="start">The scores before the first tree.</param>
    /// <param name="before">The trees so far, or null.</param>
    public void Begin(StartingScores start, TreeEnsemble? before)
    {
        var rows = new RowSet(table, 0, table.RowCount);
        start.Write(rows, _scores);
        before?.Add(rows, _scores);
    }

    public void Add(Tree tree, int output) => TreeScores.Add(tree, _rows, output, loss.OutputCount, _scores, threads);

    /// <summary>Writes what is predicted for the rows, row after row.</summary>
    public void Predict(double[] predictions)
    {
        int outputs = loss.OutputCount;
        int width = predictions.Length / table.RowCount;
        for (int r = 0; r < table.RowCount; r++)
        {
            loss.Link.Apply(_scores.AsSpan(r * outputs, outputs), predictions.AsSpan(r * width, width));
        }
    }
}
