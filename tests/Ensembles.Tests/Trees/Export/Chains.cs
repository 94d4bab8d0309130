using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.Tests.Trees.Export;

/// <summary>Trees as deep as they have splits.</summary>
internal static class Chains
{
    /// <summary>A model whose every left child is the next split, at x ≤ n, n − 1, …, 1, and whose leaf i predicts i.</summary>
    public static DecisionTreeRegressionModel Model(int inner, RegressionDataset data)
    {
        int[] left = [.. Enumerable.Range(1, inner)];
        int[] right = [.. Enumerable.Range(inner + 1, inner)];
        double[] thresholds = [.. Enumerable.Range(0, inner).Select(node => (double)(inner - node))];
        var cover = new double[(2 * inner) + 1];
        Array.Fill(cover, 1);
        var values = new double[cover.Length];
        var tree = new Tree(new int[inner], thresholds, left, right, new bool[inner], new CategorySet?[inner], values[inner..], 1);
        var statistics = new TreeStatistics(cover, new int[cover.Length], new double[cover.Length], new double[inner], values, 1);
        return new DecisionTreeRegressionModel(data.Schema, new DecisionTreeRegressor(), tree, statistics);
    }
}
