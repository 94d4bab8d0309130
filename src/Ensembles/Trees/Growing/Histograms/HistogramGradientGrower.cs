using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Grows trees on gradients by histograms: rounds the gradients to whole numbers, grows, and takes the weights of the leaves from the
/// gradients themselves.
/// </summary>
internal sealed class HistogramGradientGrower : IGradientTreeGrower
{
    private readonly int _rowCount;
    private readonly WorkerTeam _team;
    private readonly QuantizedGradients _quantized;
    private readonly GradientTreeGrower _grower;
    private readonly NewtonScore _score;
    private readonly double _pruningGain;
    private readonly List<GradientLeaf> _leaves = [];

    /// <param name="schema">The columns.</param>
    /// <param name="bins">Their bins.</param>
    /// <param name="limits">What a tree may be.</param>
    /// <param name="columns">Which columns a node may split on.</param>
    /// <param name="team">Who works.</param>
    public HistogramGradientGrower(
        FeatureSchema schema,
        HistogramBins bins,
        GradientTreeLimits limits,
        ColumnSampler columns,
        WorkerTeam team)
    {
        _rowCount = bins.RowCount;
        _team = team;
        _score = limits.Score;
        _pruningGain = limits.PruningGain;
        _quantized = new QuantizedGradients(bins.RowCount);
        _grower = new GradientTreeGrower(schema, bins, _quantized, limits, columns, team);
    }

    public (Tree Tree, TreeStatistics Statistics) Grow(
        float[] gradients, float[] hessians, bool[] inSample, ulong treeKey, CancellationToken cancellationToken)
    {
        _quantized.Quantize(gradients, hessians, _team);
        (Tree tree, TreeStatistics statistics) = _grower.Grow(treeKey, inSample, _leaves);
        if (_pruningGain > 0)
        {
            (tree, statistics) = GainPruner.Prune(tree, statistics, _pruningGain, out int[][] grownLeaves);
            GradientLeaf[] grown = [.. _leaves];
            _leaves.Clear();
            _leaves.AddRange(grownLeaves.Select(parts => GradientLeaf.Join(grown, parts)));
        }

        return (tree.WithLeafValues(Weights(gradients, hessians)), statistics);
    }

    public void AddToScores(double[] leafValues, double[] scores) => ForEachPart(leafValues.Length, (block, leaf) =>
    {
        Span<double> blockScores = scores.AsSpan(block * BinBlocks.Size, BinBlocks.RowsIn(block, _rowCount));
        double value = leafValues[leaf];
        foreach (ushort row in _grower.Rows(block, _leaves[leaf].Segments[block]))
        {
            blockScores[row] += value;
        }
    });

    /// <summary>Calls a body for every block and leaf; a block's leaves are dealt to several workers where there are few blocks.</summary>
    private void ForEachPart(int leafCount, Action<int, int> body)
    {
        int blocks = BinBlocks.Count(_rowCount);
        int pieces = _team.Size == 1 ? 1 : Math.Max(1, 8 * _team.Size / blocks);
        _team.ForEach(blocks * pieces, (index, _) =>
        {
            int block = index / pieces;
            for (int leaf = index % pieces; leaf < leafCount; leaf += pieces)
            {
                body(block, leaf);
            }
        });
    }

    /// <summary>The number of rows of a leaf of the tree grown last.</summary>
    public int LeafRowCount(int leaf) => _leaves[leaf].RowCount;

    /// <summary>Writes the rows of a leaf of the tree grown last, rising.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="rows">As many places as it has rows.</param>
    public void CopyLeafRows(int leaf, Span<int> rows)
    {
        int at = 0;
        int last = -1;
        bool isRising = true;
        for (int block = 0; block < _leaves[leaf].Segments.Length; block++)
        {
            foreach (ushort row in _grower.Rows(block, _leaves[leaf].Segments[block]))
            {
                rows[at] = (block * BinBlocks.Size) + row;
                isRising &= rows[at] > last;
                last = rows[at++];
            }
        }

        // A node that became a leaf after its children had been made ahead of time has its rows parted; how many there are of these depends on
        // the number of threads.
        if (!isRising)
        {
            rows.Sort();
        }
    }

    /// <summary>
    /// The weights of the leaves. Packed gradients are rounded to 16 bits, so the sums of a leaf are taken anew from its rows, in whole
    /// numbers of 2⁻⁴⁰ of the largest, which add up to the same in any order.
    /// </summary>
    private double[] Weights(float[] gradients, float[] hessians)
    {
        var weights = new double[_leaves.Count];
        if (!_quantized.IsPacked)
        {
            for (int leaf = 0; leaf < weights.Length; leaf++)
            {
                weights[leaf] = Weight(_leaves[leaf], _leaves[leaf].Gradient, _leaves[leaf].Hessian);
            }

            return weights;
        }

        double gradientScale = _quantized.FineGradientScale;
        double hessianScale = _quantized.FineHessianScale;
        int blocks = BinBlocks.Count(_rowCount);
        var sums = new (long G, long H)[blocks * weights.Length];
        ForEachPart(weights.Length, (block, leaf) =>
        {
            int first = block * BinBlocks.Size;
            long gradient = 0;
            long hessian = 0;
            foreach (ushort row in _grower.Rows(block, _leaves[leaf].Segments[block]))
            {
                gradient += (long)(gradients[first + row] * gradientScale);
                hessian += (long)(hessians[first + row] * hessianScale);
            }

            sums[(block * weights.Length) + leaf] = (gradient, hessian);
        });
        for (int leaf = 0; leaf < weights.Length; leaf++)
        {
            long gradient = 0;
            long hessian = 0;
            for (int block = 0; block < blocks; block++)
            {
                gradient += sums[(block * weights.Length) + leaf].G;
                hessian += sums[(block * weights.Length) + leaf].H;
            }

            weights[leaf] = Weight(_leaves[leaf], gradient / gradientScale, hessian / hessianScale);
        }

        return weights;
    }

    /// <summary>A leaf keeps the bounds that the splits above left to it, which were set by rounded sums.</summary>
    private double Weight(in GradientLeaf leaf, double gradient, double hessian)
    {
        double weight = _score.Weight(gradient, hessian);
        return leaf.Constraints?.Clamp(weight) ?? weight;
    }
}
