using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>The trees of a forest and what can be asked of them whether they classify or regress.</summary>
/// <param name="trees">The trees; kept.</param>
/// <param name="statistics">One a tree; kept.</param>
/// <param name="samples">The rows of their leaves, one a tree, or empty where they were not kept.</param>
internal sealed class Forest(Tree[] trees, TreeStatistics[] statistics, LeafSamples[] samples)
{
    public TreeEnsemble Ensemble { get; } = TreeEnsemble.OfValues(trees);

    public IReadOnlyList<Tree> Trees { get; } = Array.AsReadOnly(trees);

    public IReadOnlyList<TreeStatistics> Statistics { get; } = Array.AsReadOnly(statistics);

    /// <summary>The rows of the leaves of each tree; empty where they were not kept.</summary>
    public LeafSamples[] Samples => samples;

    /// <summary>These trees and those of another forest after them.</summary>
    public Forest Append(Forest other) =>
        new([.. trees, .. other.Ensemble.Trees], [.. statistics, .. other.Statistics], [.. samples, .. other.Samples]);

    /// <summary>The mean over the trees of each tree's share by feature of what its splits gained; sums to 1, or is all 0.</summary>
    public double[] ImpurityImportances(int featureCount)
    {
        var importances = new double[featureCount];
        for (int t = 0; t < trees.Length; t++)
        {
            double[] ofTree = Ensembles.Trees.ImpurityImportances.Of(trees[t], statistics[t], featureCount);
            for (int f = 0; f < featureCount; f++)
            {
                importances[f] += ofTree[f];
            }
        }

        Ensembles.Trees.ImpurityImportances.Normalize(importances);
        return importances;
    }
}
