using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.LinearBoosting;

/// <summary>Scores the rows of a table in chunks, with the bits that the model predicts.</summary>
/// <param name="table">The rows.</param>
/// <param name="team">Who works on them.</param>
internal class LinearScorer(FeatureTable table, WorkerTeam team)
{
    private protected const int RowsPerChunk = 8192;

    /// <summary>The scores of all rows.</summary>
    /// <param name="model">The coefficients.</param>
    /// <param name="scores">By output, then by row.</param>
    public void Score(LinearModel model, double[][] scores) => ForEachChunk(table.RowCount, (first, end) =>
    {
        var cells = new double[end - first];
        for (int k = 0; k < scores.Length; k++)
        {
            scores[k].AsSpan(first..end).Fill(model.Intercepts[k]);
        }

        for (int f = 0; f < table.ColumnCount; f++)
        {
            bool isCategorical = table.Schema[f].IsCategorical;
            table.GatherColumn(f, first, end - first, cells, stride: 1);
            for (int k = 0; k < scores.Length; k++)
            {
                for (int i = 0; i < cells.Length; i++)
                {
                    scores[k][first + i] += model.Contribution(k, f, isCategorical, cells[i]);
                }
            }
        }
    });

    /// <summary>Calls a body for chunks of rows, given the first row and the one behind the last.</summary>
    public void ForEachChunk(int count, Action<int, int> body) => team.ForEach(
        ChunksOf(count), (chunk, _) => body(chunk * RowsPerChunk, Math.Min(count, (chunk + 1) * RowsPerChunk)));

    private protected static int ChunksOf(int count) => (count + RowsPerChunk - 1) / RowsPerChunk;
}
