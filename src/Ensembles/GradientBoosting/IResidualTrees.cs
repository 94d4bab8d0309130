using Ensembles.Trees;

namespace Ensembles.GradientBoosting;

/// <summary>Grows regression trees on residuals, one after the other, and keeps the rows of the leaves of the tree grown last.</summary>
internal interface IResidualTrees
{
    /// <summary>Grows a tree of least squares.</summary>
    /// <param name="residuals">One a row.</param>
    /// <param name="weights">One a row; rows of weight 0 are not in the tree.</param>
    /// <param name="treeKey">The source of random decisions.</param>
    /// <param name="cancellationToken">Ends the growth.</param>
    (Tree Tree, TreeStatistics Statistics) Grow(double[] residuals, double[] weights, ulong treeKey, CancellationToken cancellationToken);

    /// <summary>The rows of a leaf, rising.</summary>
    ReadOnlySpan<int> LeafRows(int leaf);
}
