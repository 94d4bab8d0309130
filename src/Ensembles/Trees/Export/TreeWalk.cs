namespace Ensembles.Trees.Export;

/// <summary>A node met on a walk.</summary>
/// <param name="Node">Its number.</param>
/// <param name="Parent">The number of the node above, or −1 for the root.</param>
/// <param name="IsLeft">Whether it is the left child.</param>
/// <param name="Depth">The number of splits above it.</param>
/// <param name="HiddenLeaves">Of an inner node that the walk does not go below, how many leaves that hides; 0 otherwise.</param>
internal readonly record struct NodeVisit(int Node, int Parent, bool IsLeft, int Depth, int HiddenLeaves);

/// <summary>The walk that every drawing takes: each node before its children, left before right.</summary>
internal static class TreeWalk
{
    public static IEnumerable<NodeVisit> Of(Tree tree, int? maxDepth)
    {
        int[] leaves = LeafCounts(tree);
        var open = new Stack<NodeVisit>();
        open.Push(new NodeVisit(0, -1, IsLeft: false, Depth: 0, HiddenLeaves: 0));
        while (open.TryPop(out NodeVisit visit))
        {
            if (tree.IsLeaf(visit.Node))
            {
                yield return visit;
            }
            else if (visit.Depth >= maxDepth)
            {
                yield return visit with { HiddenLeaves = leaves[visit.Node] };
            }
            else
            {
                yield return visit;
                open.Push(new NodeVisit(tree.Right(visit.Node), visit.Node, IsLeft: false, visit.Depth + 1, HiddenLeaves: 0));
                open.Push(new NodeVisit(tree.Left(visit.Node), visit.Node, IsLeft: true, visit.Depth + 1, HiddenLeaves: 0));
            }
        }
    }

    private static int[] LeafCounts(Tree tree)
    {
        var leaves = new int[tree.NodeCount];
        leaves.AsSpan(tree.InnerCount).Fill(1);
        for (int node = tree.InnerCount - 1; node >= 0; node--)
        {
            // Children are numbered after their parents.
            leaves[node] = leaves[tree.Left(node)] + leaves[tree.Right(node)];
        }

        return leaves;
    }
}
