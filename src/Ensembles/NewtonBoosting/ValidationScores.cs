using Ensembles.Data;
using Ensembles.Losses;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>The scores of a validation set, kept up to date tree by tree.</summary>
/// <param name="table">The rows, under the schema of the training set.</param>
/// <param name="outputs">The number of scores of a row.</param>
/// <param name="team">Who works on the rows.</param>
internal sealed class ValidationScores(FeatureTable table, int outputs, WorkerTeam team)
{
    private const int RowsPerChunk = 2048;

    private readonly double[] _rows = ToRowMajor(table);
    private readonly double[] _scores = new double[table.RowCount * outputs];

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
        ForEachChunk((first, end) =>
        {
            for (int r = first; r < end; r++)
            {
                _scores[(r * outputs) + output] += tree.LeafValue(tree.LeafOf(_rows.AsSpan(r * width, width)))[0];
            }
        });
    }

    /// <summary>Writes what is predicted for the rows, row after row.</summary>
    public void Predict(Link link, double[] predictions)
    {
        int width = predictions.Length / table.RowCount;
        ForEachChunk((first, end) =>
        {
            for (int r = first; r < end; r++)
            {
                link.Apply(_scores.AsSpan(r * outputs, outputs), predictions.AsSpan(r * width, width));
            }
        });
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

    private void ForEachChunk(Action<int, int> body) => team.ForEach(
        (table.RowCount + RowsPerChunk - 1) / RowsPerChunk,
        (chunk, _) => body(chunk * RowsPerChunk, Math.Min(table.RowCount, (chunk + 1) * RowsPerChunk)));
}
