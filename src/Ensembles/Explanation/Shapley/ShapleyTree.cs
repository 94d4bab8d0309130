using Ensembles.Trees;

namespace Ensembles.Explanation.Shapley;

/// <summary>A tree in the order of a walk that goes down before it comes up.</summary>
internal sealed class ShapleyTree
{
    /// <summary>The bits of a step that are its kind; the others are the node.</summary>
    public const int KindBits = 2;

    /// <summary>Into a node from above.</summary>
    public const int Down = 0;

    /// <summary>Out of a node, after both its children.</summary>
    public const int Up = 1;

    /// <summary>Into and out of a node of two leaves.</summary>
    public const int Bottom = 2;

    private readonly ShapleyNode[] _nodes;

    /// <param name="tree">The tree.</param>
    public ShapleyTree(Tree tree)
    {
        Tree = tree;
        int inner = tree.InnerCount;
        _nodes = new ShapleyNode[inner];
        var parent = new int[inner];
        var level = new int[inner];
        var distinct = new int[inner];
        int most = 1;
        for (int node = 0; node < inner; node++)
        {
            (int ancestor, bool isLeft) = NearestOfSameFeature(tree, parent, node);
            int above = node == 0 ? -1 : parent[node];
            distinct[node] = (node == 0 ? 0 : distinct[above]) + (ancestor < 0 ? 1 : 0);
            most = Math.Max(most, distinct[node]);
            level[node] = node == 0 ? 0 : level[above] + 1;
            Levels = Math.Max(Levels, level[node] + 1);
            int left = tree.Left(node);
            int right = tree.Right(node);
            foreach (int child in (ReadOnlySpan<int>)[left, right])
            {
                if (!tree.IsLeaf(child))
                {
                    parent[child] = node;
                }
            }

            _nodes[node] = new ShapleyNode
            {
                Feature = tree.Feature(node),
                Level = level[node],
                Slot = node == 0 ? 0 : (2 * level[above]) + (tree.Left(above) == node ? 1 : 2),
                LeftLeaf = tree.IsLeaf(left) ? left - inner : -1,
                RightLeaf = tree.IsLeaf(right) ? right - inner : -1,
                Ancestor = ancestor,
                IsLeftOfAncestor = isLeft,
                Threshold = tree.Threshold(node),
                DefaultLeft = tree.DefaultLeft(node),
                Categories = tree.Categories(node),
            };
        }

        // A leaf below d features gives polynomials of degree d − 1.
        PointCount = (most + 1) / 2;
        Steps = Walk();
        Features = [.. _nodes.Select(node => node.Feature).Distinct().Order()];
    }

    public Tree Tree { get; }

    /// <summary>The inner nodes by their numbers.</summary>
    public ReadOnlySpan<ShapleyNode> Nodes => _nodes;

    /// <summary>The walk: kind and node of each step.</summary>
    public int[] Steps { get; }

    /// <summary>The number of levels that have inner nodes.</summary>
    public int Levels { get; }

    /// <summary>How many points the integrals need to be exact.</summary>
    public int PointCount { get; }

    /// <summary>The features that the tree reads, rising.</summary>
    public int[] Features { get; }

    private static (int Ancestor, bool IsLeft) NearestOfSameFeature(Tree tree, int[] parent, int node)
    {
        for (int at = node; at != 0; at = parent[at])
        {
            int above = parent[at];
            if (tree.Feature(above) == tree.Feature(node))
            {
                return (above, tree.Left(above) == at);
            }
        }

        return (-1, false);
    }

    private int[] Walk()
    {
        var steps = new List<int>(3 * _nodes.Length);
        var open = new Stack<int>();
        if (_nodes.Length > 0)
        {
            open.Push(0 << KindBits);
        }

        // What is pushed is done after what is pushed later: first the way up, then right, then left.
        while (open.TryPop(out int step))
        {
            int node = step >> KindBits;
            ShapleyNode at = _nodes[node];
            bool leftIsInner = at.LeftLeaf < 0;
            bool rightIsInner = at.RightLeaf < 0;
            if ((step & ((1 << KindBits) - 1)) == Up)
            {
                steps.Add(step);
            }
            else if (!leftIsInner && !rightIsInner)
            {
                steps.Add((node << KindBits) | Bottom);
            }
            else
            {
                steps.Add(step);
                open.Push((node << KindBits) | Up);
                if (rightIsInner)
                {
                    open.Push(Tree.Right(node) << KindBits);
                }

                if (leftIsInner)
                {
                    open.Push(Tree.Left(node) << KindBits);
                }
            }
        }

        return [.. steps];
    }
}
