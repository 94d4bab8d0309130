using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Numerics;
using Ensembles.Prediction;
using Ensembles.Tests.Prediction;
using Ensembles.Trees;

namespace Ensembles.Tests.Explanation;

/// <summary>Sums of random trees with random covers.</summary>
internal static class ExplainedTrees
{
    public static TreeSum Draw(RandomTrees kind)
    {
        Tree[] trees = kind.Draw();
        var random = new RandomStream(kind.Seed + 77);
        TreeTerm[] terms = Array.ConvertAll(
            trees, tree => new TreeTerm(new EnsembleTree(tree, 0, tree.LeafValues), Covers(tree, random)));
        return new TreeSum(
            Schema(kind),
            terms,
            [.. Enumerable.Range(0, kind.Width).Select(k => k - 0.25)],
            [.. Enumerable.Range(0, kind.Width).Select(k => $"output {k}")],
            ExplainedScale.Score);
    }

    /// <summary>Rows of normal cells, with missing ones and categories among them.</summary>
    public static double[][] Rows(FeatureSchema schema, int count, ulong seed = 5)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, count).Select(_ => schema.Select(feature => random.NextInt(7) == 0
            ? double.NaN
            : feature.IsCategorical ? random.NextInt(feature.Categories.Count) : random.NextGaussian()).ToArray())];
    }

    private static FeatureSchema Schema(RandomTrees kind) => new(Enumerable.Range(0, kind.Features).Select(f =>
        kind.Categorical > 0 && f >= kind.Features - 2
            ? Feature.Categorical($"c{f}", Enumerable.Range(0, f == kind.Features - 1 ? 70 : 5).Select(code => $"{code}"))
            : Feature.Numeric($"x{f}")));

    /// <summary>Some weight for every leaf, of widely different sizes; at times none.</summary>
    private static TreeStatistics Covers(Tree tree, RandomStream random)
    {
        var cover = new double[tree.NodeCount];
        for (int node = tree.NodeCount - 1; node >= 0; node--)
        {
            cover[node] = tree.IsLeaf(node)
                ? random.NextInt(20) == 0 ? 1e-9 : random.NextDouble() * (1 + (100 * random.NextInt(2)))
                : cover[tree.Left(node)] + cover[tree.Right(node)];
        }

        return new TreeStatistics(cover, new int[tree.NodeCount], new double[tree.NodeCount], new double[tree.InnerCount], [], 0);
    }
}
