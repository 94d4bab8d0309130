using Ensembles.Trees;

namespace Ensembles.Prediction;

/// <summary>A tree as a part of an ensemble: what its leaves add, and to which sums.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Output">The sum that the first value of a leaf is added to; the other values follow.</param>
/// <param name="Values">Leaves × the tree's width: what each leaf adds.</param>
internal readonly record struct EnsembleTree(Tree Tree, int Output, double[] Values)
{
    /// <summary>How many sums a leaf adds to.</summary>
    public int Width => Values.Length / Tree.LeafCount;
}
