using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees;
using Ensembles.Trees.Growing.Gradients;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.GradientBoosting;

/// <summary>
/// Regression trees on residuals by the histogram engine on gradients: with g = −w·ỹ, h = w and no penalty its objective G²/H is what a
/// split takes off the weighted sum of squares.
/// </summary>
internal sealed class HistogramResidualTrees : IResidualTrees
{
    // A node of equal residuals gains nothing; rounding may leave this share of its score.
    private const double GainTolerance = 1e-13;

    private readonly HistogramGradientGrower _grower;
    private readonly WorkerTeam _team;
    private readonly float[] _gradients;
    private readonly float[] _hessians;
    private readonly bool[] _inTree;
    private readonly int[] _rows;
    private int[] _starts = [];

    private HistogramResidualTrees(HistogramGradientGrower grower, int rowCount, WorkerTeam team)
    {
        _grower = grower;
        _team = team;
        _gradients = new float[rowCount];
        _hessians = new float[rowCount];
        _inTree = new bool[rowCount];
        _rows = new int[rowCount];
    }

    /// <summary>Bins the table; what remains needs the team of the fit.</summary>
    /// <param name="plan">The recipe and the rows.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    public static Func<WorkerTeam, HistogramResidualTrees> Prepare(BoostingPlan plan, int threads, CancellationToken cancellationToken)
    {
        FeatureTable table = plan.Table;
        (int rowCount, double weight) = plan.Present();
        var limits = new GradientTreeLimits
        {
            MaxDepth = plan.Tree.MaxDepth ?? int.MaxValue,
            MaxLeaves = plan.Tree.MaxLeaves ?? int.MaxValue,
            LeafWise = plan.Tree.MaxLeaves is not null,
            MinSamplesSplit = plan.Tree.MinSamplesSplit.Of(rowCount),
            MinSamplesLeaf = plan.Tree.MinSamplesLeaf.Of(rowCount),
            MinChildWeight = plan.Tree.MinWeightFractionLeaf * weight,
            MinCategoryWeight = plan.MinCategoryWeight,
            MinGain = plan.Tree.MinImpurityDecrease * weight,
            GainTolerance = GainTolerance,
        };
        BinnedTable binned = table.Binned(plan.Tree.MaxBins, threads, cancellationToken);
        HistogramBins bins = HistogramBins.Build(binned, table.RowCount, threads, cancellationToken);
        return team => new HistogramResidualTrees(
            new HistogramGradientGrower(table.Schema, bins, limits, plan.Columns(), team),
            table.RowCount,
            team);
    }

    public (Tree Tree, TreeStatistics Statistics) Grow(
        double[] residuals, double[] weights, ulong treeKey, CancellationToken cancellationToken)
    {
        bool all = !weights.AsSpan().Contains(0);
        _team.ForEach(BinBlocks.Count(residuals.Length), (block, _) =>
        {
            int first = block * BinBlocks.Size;
            int end = first + BinBlocks.RowsIn(block, residuals.Length);
            for (int r = first; r < end; r++)
            {
                _gradients[r] = (float)(-residuals[r] * weights[r]);
                _hessians[r] = (float)weights[r];
                _inTree[r] = weights[r] > 0;
            }
        });
        (Tree tree, TreeStatistics statistics) = _grower.Grow(_gradients, _hessians, all ? [] : _inTree, treeKey, cancellationToken);
        _starts = new int[tree.LeafCount + 1];
        for (int leaf = 0; leaf < tree.LeafCount; leaf++)
        {
            _starts[leaf + 1] = _starts[leaf] + _grower.LeafRowCount(leaf);
        }

        _team.ForEach(
            tree.LeafCount,
            (leaf, _) => _grower.CopyLeafRows(leaf, _rows.AsSpan(_starts[leaf], _starts[leaf + 1] - _starts[leaf])));
        return (tree, statistics);
    }

    public ReadOnlySpan<int> LeafRows(int leaf) => _rows.AsSpan(_starts[leaf], _starts[leaf + 1] - _starts[leaf]);
}
