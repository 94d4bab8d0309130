using Ensembles.Trees.Pruning;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>
/// Takes back, from the leaves upwards, splits that gain too little: a weak split stays where one below it is strong (Chen and Guestrin's
/// γ as the pruner of XGBoost applies it).
/// </summary>
internal static class GainPruner
{
    /// <summary>Prunes a tree; its leaves then have no values yet.</summary>
    /// <param name="tree">A grown tree.</param>
    /// <param name="statistics">Its gains.</param>
    /// <param name="minGain">A split without splits below it must gain more than this.</param>
    /// <param name="grownLeaves">By leaf of the pruned tree the leaves of the grown one that it holds, from left to right.</param>
    /// <returns>The pruned tree; the same one where nothing is taken back.</returns>
    public static (Tree Tree, TreeStatistics Statistics) Prune(
        Tree tree, TreeStatistics statistics, double minGain, out int[][] grownLeaves)
    {
        var stays = new bool[tree.InnerCount];
        for (int node = tree.InnerCount - 1; node >= 0; node--)
        {
            // Children have higher numbers than their parents.
            stays[node] = statistics.Gain(node) > minGain || Stays(stays, tree.Left(node)) || Stays(stays, tree.Right(node));
        }

        if (!stays.AsSpan().Contains(false))
        {
            grownLeaves = [.. Enumerable.Range(0, tree.LeafCount).Select(leaf => new[] { leaf })];
            return (tree, statistics);
        }

        (Tree pruned, TreeStatistics known) = TreePruner.Keep(tree, statistics, stays, out int[] grownNodes);
        grownLeaves = [.. grownNodes.Skip(pruned.InnerCount).Select(node => LeavesBelow(tree, node))];
        return (pruned, known);
    }

    private static bool Stays(bool[] stays, int node) => node < stays.Length && stays[node];

    private static int[] LeavesBelow(Tree tree, int top)
    {
        var leaves = new List<int>();
        var open = new Stack<int>([top]);
        while (open.TryPop(out int node))
        {
            if (tree.IsLeaf(node))
            {
                leaves.Add(node - tree.InnerCount);
                continue;
            }

            open.Push(tree.Right(node));
            open.Push(tree.Left(node));
        }

        return [.. leaves];
    }
}
