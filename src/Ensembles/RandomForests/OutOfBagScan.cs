using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>
/// Predicts each training row by the trees that did not draw it, tree after tree, and follows the error as trees are added. Rows are
/// handed to threads in chunks that depend on their number alone, and each row adds its trees in order, so the result has the same
/// bits at any number of threads.
/// </summary>
internal abstract class OutOfBagScan(int rowCount)
{
    // Each node of a large tree should be read by many rows while it is in cache, and the cells should fit there as well.
    private const int MaxRowsPerBlock = 4096;
    private const int MinRowsPerBlock = 256;
    private const int CellsPerBlock = 1 << 17;
    private const int MaxChunks = 64;

    private readonly int[] _treeCounts = new int[rowCount];
    private readonly double[] _losses = new double[rowCount];

    /// <summary>By row how many trees did not draw it.</summary>
    public int[] TreeCounts => _treeCounts;

    /// <summary>By number of trees, from 1, the mean loss of the rows that have an estimate so far; NaN where none has.</summary>
    public double[] ErrorCurve { get; private set; } = [];

    /// <summary>Adds the value of a leaf to the estimate of a row.</summary>
    protected abstract void Add(int row, ReadOnlySpan<double> leafValue);

    /// <summary>The loss of a row by its estimate so far.</summary>
    /// <param name="row">The row.</param>
    /// <param name="treeCount">How many trees are in the estimate.</param>
    protected abstract double Loss(int row, int treeCount);

    protected void Run(Forest forest, RowSampler sampler, Dataset data, int threads, CancellationToken cancellationToken)
    {
        OutOfBagMarks outOfBag = OutOfBagMarks.Of(sampler, forest.Trees.Count, threads, cancellationToken);
        int chunkSize = Math.Max(MaxRowsPerBlock, (rowCount + MaxChunks - 1) / MaxChunks);
        int chunks = (rowCount + chunkSize - 1) / chunkSize;
        int blockSize = Math.Clamp(CellsPerBlock / data.Schema.Count, MinRowsPerBlock, MaxRowsPerBlock);
        var sums = new (double Loss, double Weight)[chunks][];
        ParallelWork.For(chunks, threads, cancellationToken, chunk =>
        {
            sums[chunk] = new (double, double)[forest.Trees.Count];
            int first = chunk * chunkSize;
            using var blocks = new RowBlocks(data.Features, first, Math.Min(chunkSize, rowCount - first), blockSize);
            while (blocks.MoveNext())
            {
                ScanBlock(forest, outOfBag, data.Weights, blocks, sums[chunk]);
            }
        });

        ErrorCurve = new double[forest.Trees.Count];
        for (int t = 0; t < ErrorCurve.Length; t++)
        {
            double loss = 0;
            double weight = 0;
            foreach ((double Loss, double Weight)[] chunk in sums)
            {
                loss += chunk[t].Loss;
                weight += chunk[t].Weight;
            }

            ErrorCurve[t] = weight > 0 ? loss / weight : double.NaN;
        }
    }

    private void ScanBlock(
        Forest forest, OutOfBagMarks outOfBag, ReadOnlySpan<double> weights, in RowBlocks block, (double Loss, double Weight)[] sums)
    {
        int width = block.Cells.Length / block.Count;
        for (int t = 0; t < forest.Trees.Count; t++)
        {
            Tree tree = forest.Trees[t];
            for (int i = 0; i < block.Count; i++)
            {
                int row = block.FirstRow + i;
                if (outOfBag.Contains(t, row))
                {
                    Add(row, tree.LeafValue(tree.LeafOf(block.Cells.Slice(i * width, width))));
                    _losses[row] = Loss(row, ++_treeCounts[row]);
                }

                if (_treeCounts[row] > 0)
                {
                    double weight = weights.IsEmpty ? 1 : weights[row];
                    sums[t].Loss += weight * _losses[row];
                    sums[t].Weight += weight;
                }
            }
        }
    }
}
