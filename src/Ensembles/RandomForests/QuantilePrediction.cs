using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Prediction;

namespace Ensembles.RandomForests;

/// <summary>
/// Predicts quantiles of the target by a forest that keeps the training rows of its leaves (Meinshausen 2006). A new row x gives
/// each training row i the weight w_i(x), the mean over the trees of its share in the leaf that x reaches; then
/// F(y | x) = Σ w_i(x)·1{y_i ≤ y}, and the quantile of α is the least target y with F(y | x) ≥ α.
/// </summary>
/// <remarks>
/// A row that a tree drew k times has k shares in it, and its sample weight multiplies them: so Σ w_i(x)·y_i is what a forest of
/// means predicts.
/// </remarks>
internal sealed class QuantilePrediction
{
    private const int RowsPerChunk = 256;

    // A sum of weights may fall short of a quantile that it exactly meets by a rounding error.
    private const double Tolerance = 1e-12;

    private readonly TreeEnsemble _ensemble;
    private readonly LeafSamples[] _samples;
    private readonly int[] _rank;
    private readonly double[] _sortedTargets;

    /// <param name="ensemble">The trees.</param>
    /// <param name="samples">The training rows of their leaves, one a tree.</param>
    /// <param name="targets">The targets of the training rows.</param>
    public QuantilePrediction(TreeEnsemble ensemble, LeafSamples[] samples, ReadOnlySpan<double> targets)
    {
        _ensemble = ensemble;
        _samples = samples;
        var order = new int[targets.Length];
        RadixSort.SortIndices(targets, order);
        _rank = new int[targets.Length];
        _sortedTargets = new double[targets.Length];
        for (int i = 0; i < order.Length; i++)
        {
            _rank[order[i]] = i;
            _sortedTargets[i] = targets[order[i]];
        }
    }

    /// <summary>The targets of the training rows, in their order.</summary>
    public double[] Targets() => Array.ConvertAll(_rank, rank => _sortedTargets[rank]);

    /// <summary>The quantiles of every row.</summary>
    /// <param name="table">The rows, under the schema of the model.</param>
    /// <param name="quantiles">Numbers from 0 to 1.</param>
    public double[,] Predict(FeatureTable table, double[] quantiles)
    {
        var result = new double[table.RowCount, quantiles.Length];
        int chunks = (table.RowCount + RowsPerChunk - 1) / RowsPerChunk;
        ParallelWork.For(
            chunks,
            ParallelWork.Resolve(null),
            CancellationToken.None,
            () => new Scratch(_rank.Length, _ensemble.Trees.Length),
            (chunk, scratch) =>
            {
                int first = chunk * RowsPerChunk;
                using var blocks = new RowBlocks(table, first, Math.Min(RowsPerChunk, table.RowCount - first), 1);
                while (blocks.MoveNext())
                {
                    Weigh(blocks.Cells, scratch);
                    for (int q = 0; q < quantiles.Length; q++)
                    {
                        result[blocks.FirstRow, q] = Quantile(scratch, quantiles[q]);
                    }
                }
            });
        return result;
    }

    /// <summary>Leaves in the scratch the ranks that have weight, rising, and the weight up to and with each.</summary>
    private void Weigh(ReadOnlySpan<double> row, Scratch scratch)
    {
        scratch.Ranks.Clear();
        scratch.Cumulative.Clear();
        _ensemble.FindLeaves(new RowSet(row, row.Length), scratch.Leaves);
        for (int t = 0; t < _samples.Length; t++)
        {
            ReadOnlySpan<int> rows = _samples[t].Rows(scratch.Leaves[t]);
            ReadOnlySpan<double> shares = _samples[t].Shares(scratch.Leaves[t]);
            for (int i = 0; i < rows.Length; i++)
            {
                ref double weight = ref scratch.Weights[_rank[rows[i]]];
                if (weight == 0)
                {
                    scratch.Ranks.Add(_rank[rows[i]]);
                }

                weight += shares[i];
            }
        }

        scratch.Ranks.Sort();
        double sum = 0;
        foreach (int rank in scratch.Ranks)
        {
            sum += scratch.Weights[rank];
            scratch.Weights[rank] = 0;
            scratch.Cumulative.Add(sum);
        }
    }

    private double Quantile(Scratch scratch, double alpha)
    {
        double total = scratch.Cumulative[^1];
        double wanted = (alpha * total) - (Tolerance * total);
        int low = 0;
        int high = scratch.Cumulative.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (scratch.Cumulative[middle] >= wanted)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return _sortedTargets[scratch.Ranks[low]];
    }

    /// <summary>What a thread needs of its own.</summary>
    private sealed class Scratch(int rowCount, int treeCount)
    {
        /// <summary>By rank of the target; 0 between two rows.</summary>
        public double[] Weights { get; } = new double[rowCount];

        public int[] Leaves { get; } = new int[treeCount];

        public List<int> Ranks { get; } = [];

        public List<double> Cumulative { get; } = [];
    }
}
