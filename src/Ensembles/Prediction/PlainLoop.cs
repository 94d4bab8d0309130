using System.Buffers;
using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.Prediction;

/// <summary>
/// The reference: every row goes through every tree from node to node, and the values of its leaves are added in the order of the trees.
/// </summary>
internal static class PlainLoop
{
    // Rows that pass a tree together: many, so that a node of a large tree is read by many rows while it is in cache, but no more cells
    // than fit there as well.
    private const int CellsPerBlock = 1 << 15;
    private const int MinRowsPerBlock = 64;
    private const int MaxRowsPerBlock = 1024;
    private const int StackCells = 256;

    /// <summary>Adds to the sums of each row the values of its leaves.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="outputCount">The number of sums of a row.</param>
    /// <param name="sums">Rows × outputs.</param>
    public static void Add(EnsembleTree[] trees, in RowSet rows, int outputCount, Span<double> sums)
    {
        int width = rows.Width;
        int blockRows = BlockRows(rows);
        double[]? rented = Rent(rows, blockRows);
        Span<double> scratch = rented is null ? stackalloc double[StackCells] : rented;
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            ReadOnlySpan<double> cells = Cells(rows.Slice(first, count), scratch);
            foreach (EnsembleTree tree in trees)
            {
                int treeWidth = tree.Width;
                for (int r = 0; r < count; r++)
                {
                    int leaf = tree.Tree.LeafOf(cells.Slice(r * width, width));
                    Span<double> sum = sums.Slice(((first + r) * outputCount) + tree.Output, treeWidth);
                    for (int k = 0; k < sum.Length; k++)
                    {
                        sum[k] += tree.Values[(leaf * treeWidth) + k];
                    }
                }
            }
        }

        Return(rented);
    }

    /// <summary>Writes for each row the leaf that it reaches in each tree.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="leaves">Rows × trees.</param>
    public static void FindLeaves(EnsembleTree[] trees, in RowSet rows, Span<int> leaves)
    {
        int width = rows.Width;
        int blockRows = BlockRows(rows);
        double[]? rented = Rent(rows, blockRows);
        Span<double> scratch = rented is null ? stackalloc double[StackCells] : rented;
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            ReadOnlySpan<double> cells = Cells(rows.Slice(first, count), scratch);
            for (int t = 0; t < trees.Length; t++)
            {
                Tree tree = trees[t].Tree;
                for (int r = 0; r < count; r++)
                {
                    leaves[((first + r) * trees.Length) + t] = tree.LeafOf(cells.Slice(r * width, width));
                }
            }
        }

        Return(rented);
    }

    private static int BlockRows(in RowSet rows) =>
        Math.Min(rows.Count, Math.Clamp(CellsPerBlock / rows.Width, MinRowsPerBlock, MaxRowsPerBlock));

    private static double[]? Rent(in RowSet rows, int blockRows) =>
        rows.TryGetDoubles(out _) || blockRows * rows.Width <= StackCells ? null : ArrayPool<double>.Shared.Rent(blockRows * rows.Width);

    private static void Return(double[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static ReadOnlySpan<double> Cells(in RowSet rows, Span<double> scratch)
    {
        if (rows.TryGetDoubles(out ReadOnlySpan<double> cells))
        {
            return cells;
        }

        scratch = scratch[..(rows.Count * rows.Width)];
        rows.CopyRows(scratch);
        return scratch;
    }
}
