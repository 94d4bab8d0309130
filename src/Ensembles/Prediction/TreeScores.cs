using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.Prediction;

/// <summary>Adds trees to scores, one after the other.</summary>
internal static class TreeScores
{
    /// <summary>Adds to one of the scores of each row the value of its leaf.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="output">The score.</param>
    /// <param name="outputCount">The number of scores of a row.</param>
    /// <param name="scores">Rows × outputs.</param>
    /// <param name="threads">The most threads to use.</param>
    public static void Add(Tree tree, RowChunks rows, int output, int outputCount, double[] scores, int threads) =>
        ParallelWork.For(rows.Count, threads, CancellationToken.None, chunk =>
        {
            ReadOnlySpan<double> cells = rows.Cells(chunk);
            int count = rows.RowsOf(chunk);
            int width = cells.Length / count;
            Span<double> chunkScores = scores.AsSpan(RowChunks.FirstRow(chunk) * outputCount, count * outputCount);
            for (int r = 0; r < count; r++)
            {
                chunkScores[(r * outputCount) + output] += tree.LeafValue(tree.LeafOf(cells.Slice(r * width, width)))[0];
            }
        });
}
