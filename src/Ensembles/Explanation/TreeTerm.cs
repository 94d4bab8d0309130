using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.Explanation;

/// <summary>A tree as a part of a sum, and how many training rows went which way.</summary>
/// <param name="Part">The tree, and what its leaves add to which sums.</param>
/// <param name="Statistics">What training knew of its nodes.</param>
internal readonly record struct TreeTerm(EnsembleTree Part, TreeStatistics Statistics)
{
    /// <summary>By inner node the share of the training weight that went left; half where none came.</summary>
    public double[] Shares()
    {
        Tree tree = Part.Tree;
        var shares = new double[tree.InnerCount];
        for (int node = 0; node < shares.Length; node++)
        {
            double left = Statistics.Cover(tree.Left(node));
            double both = left + Statistics.Cover(tree.Right(node));
            shares[node] = both > 0 ? left / both : 0.5;
        }

        return shares;
    }

    /// <summary>The same tree over a wider table.</summary>
    public TreeTerm WithFeatures(int[] columns) => this with { Part = Part with { Tree = Part.Tree.WithFeatures(columns) } };

    /// <summary>The same tree with its values multiplied.</summary>
    public TreeTerm Times(double factor) => this with { Part = Part with { Values = Array.ConvertAll(Part.Values, value => factor * value) } };
}
