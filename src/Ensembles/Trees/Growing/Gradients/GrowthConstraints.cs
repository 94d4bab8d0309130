namespace Ensembles.Trees.Growing.Gradients;

/// <summary>
/// Monotone and interaction constraints, as XGBoost has them. A split of a feature whose predictions shall rise gives its children the
/// middle of their weights as a bound that is handed down: the left subtree stays below it, the right one above. A path combines only
/// features that share a group; a feature in no group is combined with none.
/// </summary>
/// <param name="directions">By column 1 where predictions shall rise with it, −1 where they shall fall, else 0.</param>
/// <param name="groups">The groups of columns that may be combined; null where all may.</param>
internal sealed class GrowthConstraints(int[] directions, int[][]? groups)
{
    /// <summary>The root is free.</summary>
    public NodeConstraints Root { get; } = new(double.NegativeInfinity, double.PositiveInfinity, [], null);

    /// <summary>1 where predictions shall rise with a column, −1 where they shall fall, else 0.</summary>
    /// <param name="column">The column; −1 for none.</param>
    public int Direction(int column) => column < 0 ? 0 : directions[column];

    /// <summary>What a split leaves to the children.</summary>
    /// <param name="node">What was left to the node.</param>
    /// <param name="split">The split of the node.</param>
    /// <param name="leftWeight">The weight of the left child, within the bounds of the node.</param>
    /// <param name="rightWeight">The weight of the right child, within the bounds of the node.</param>
    public (NodeConstraints Left, NodeConstraints Right) Split(
        NodeConstraints node, in SplitCandidate split, double leftWeight, double rightWeight)
    {
        int column = split.Feature;
        int direction = directions[column];
        if (direction != 0 && double.IsPositiveInfinity(split.Threshold))
        {
            // Values have no order with missing ones, and the lighter child is taken for the lower one.
            direction = leftWeight <= rightWeight ? 1 : -1;
        }

        double middle = (leftWeight / 2) + (rightWeight / 2);
        int[] path = groups is null || node.Path.AsSpan().Contains(column) ? node.Path : [.. node.Path, column];
        bool[]? allowed = groups is null ? null : Allowed(path);
        return direction switch
        {
            > 0 => (new(node.Lower, middle, path, allowed), new(middle, node.Upper, path, allowed)),
            < 0 => (new(middle, node.Upper, path, allowed), new(node.Lower, middle, path, allowed)),
            _ => (new(node.Lower, node.Upper, path, allowed), new(node.Lower, node.Upper, path, allowed)),
        };
    }

    /// <summary>The columns of the path, and those of the groups that have all of them.</summary>
    private bool[] Allowed(int[] path)
    {
        var allowed = new bool[directions.Length];
        foreach (int column in path)
        {
            allowed[column] = true;
        }

        foreach (int[] group in groups!)
        {
            if (path.All(group.Contains))
            {
                foreach (int column in group)
                {
                    allowed[column] = true;
                }
            }
        }

        return allowed;
    }
}
