using System.Buffers;
using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Prediction;

/// <summary>
/// The sums of rows after each round of trees. The leaves of all trees of a block of rows are found at once, by the compiled forms; then
/// the rounds are running sums. The values are added in the order of the trees, so that the last stage has the bits of the whole ensemble.
/// </summary>
internal static class StagedSums
{
    private const int BlockRows = 512;

    // Leaf numbers kept at a time, 64 MB: of a few rows those of all trees, of many rows those of some rounds.
    private const int MaxLeafNumbers = 1 << 24;

    /// <summary>Writes the sums after each round.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="treesPerRound">How many of them are a round.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="stages">Rounds × rows × outputs; every stage begins with the sums before the first round.</param>
    public static void Write(TreeEnsemble ensemble, int treesPerRound, in RowSet rows, Span<double> stages)
    {
        int trees = ensemble.TreeCount;
        int outputs = ensemble.OutputCount;
        int blockRows = Math.Min(rows.Count, BlockRows);
        int[] rented = ArrayPool<int>.Shared.Rent(blockRows * trees);
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<int> leaves = rented.AsSpan(0, count * trees);
            ensemble.FindLeaves(rows.Slice(first, count), leaves);
            for (int round = 0; round < trees / treesPerRound; round++)
            {
                Span<double> sums = stages.Slice(((round * rows.Count) + first) * outputs, count * outputs);
                if (round > 0)
                {
                    stages.Slice((((round - 1) * rows.Count) + first) * outputs, count * outputs).CopyTo(sums);
                }

                for (int t = round * treesPerRound; t < (round + 1) * treesPerRound; t++)
                {
                    AddValues(ensemble.Parts[t], leaves[t..], trees, outputs, sums);
                }
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>The sums of the rows of a table after each round: one array, changed from round to round.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="treesPerRound">How many of them are a round.</param>
    /// <param name="table">The rows, under the schema of the trees.</param>
    /// <param name="sums">Rows × outputs: the sums before the first round.</param>
    public static IEnumerable<double[]> ByRound(TreeEnsemble ensemble, int treesPerRound, FeatureTable table, double[] sums)
    {
        int rows = table.RowCount;
        int window = Math.Max(1, MaxLeafNumbers / rows / treesPerRound) * treesPerRound;
        for (int start = 0; start < ensemble.TreeCount; start += window)
        {
            EnsembleTree[] trees = ensemble.Parts.Slice(start, Math.Min(window, ensemble.TreeCount - start)).ToArray();
            int[] leaves = FindLeaves(new TreeEnsemble(trees, ensemble.OutputCount), table);
            for (int t = 0; t < trees.Length; t++)
            {
                AddValues(trees[t], leaves.AsSpan(t * rows, rows), 1, ensemble.OutputCount, sums);
                if ((t + 1) % treesPerRound == 0)
                {
                    yield return sums;
                }
            }
        }
    }

    /// <summary>The leaves of all rows, tree after tree.</summary>
    private static int[] FindLeaves(TreeEnsemble ensemble, FeatureTable table)
    {
        int rows = table.RowCount;
        int trees = ensemble.TreeCount;
        var leaves = new int[trees * rows];
        ParallelWork.For((rows + BlockRows - 1) / BlockRows, ParallelWork.Resolve(null), CancellationToken.None, block =>
        {
            int first = block * BlockRows;
            int count = Math.Min(BlockRows, rows - first);
            int[] rented = ArrayPool<int>.Shared.Rent(count * trees);
            ensemble.FindLeaves(new RowSet(table, first, count), rented.AsSpan(0, count * trees));
            for (int t = 0; t < trees; t++)
            {
                Span<int> ofTree = leaves.AsSpan((t * rows) + first, count);
                for (int r = 0; r < count; r++)
                {
                    ofTree[r] = rented[(r * trees) + t];
                }
            }

            ArrayPool<int>.Shared.Return(rented);
        });
        return leaves;
    }

    /// <summary>Adds to the sums of rows the values of their leaves in one tree.</summary>
    private static void AddValues(in EnsembleTree tree, ReadOnlySpan<int> leaves, int stride, int outputs, Span<double> sums)
    {
        double[] values = tree.Values;
        int width = tree.Width;
        for (int r = 0, i = 0; i < sums.Length; r += stride, i += outputs)
        {
            for (int k = 0; k < width; k++)
            {
                sums[i + tree.Output + k] += values[(leaves[r] * width) + k];
            }
        }
    }
}
