using Ensembles.Numerics;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>
/// The columns that a node may split on: a share of those of its level, which are a share of those of its tree, which are a share of all
/// (at least one each). Every draw is a function of the key of the tree, of the tree and the depth, or of the node.
/// </summary>
/// <param name="columnCount">The number of columns.</param>
/// <param name="byTree">The share of a tree.</param>
/// <param name="byLevel">The share of a level.</param>
/// <param name="byNode">The share of a node.</param>
internal sealed class ColumnSampler(int columnCount, double byTree, double byLevel, double byNode)
{
    private readonly Dictionary<int, int[]> _levels = [];
    private readonly Lock _lock = new();
    private int[] _tree = [.. Enumerable.Range(0, columnCount)];
    private ulong _treeKey;

    /// <summary>Draws the columns of a tree.</summary>
    public void Enter(ulong treeKey)
    {
        _treeKey = KeyedRandom.Mix(treeKey, 0x434F4C53);
        _levels.Clear();
        if (byTree < 1)
        {
            _tree = Draw([.. Enumerable.Range(0, columnCount)], byTree, _treeKey);
        }
    }

    /// <summary>The columns of a node, rising.</summary>
    /// <param name="depth">Its depth.</param>
    /// <param name="nodeKey">The source of its random decisions.</param>
    public int[] Of(int depth, ulong nodeKey)
    {
        int[] columns = _tree;
        if (byLevel < 1)
        {
            lock (_lock)
            {
                if (!_levels.TryGetValue(depth, out int[]? level))
                {
                    level = Draw(_tree, byLevel, KeyedRandom.Mix(_treeKey, 1 + (ulong)depth));
                    _levels.Add(depth, level);
                }

                columns = level;
            }
        }

        return byNode < 1 ? Draw(columns, byNode, KeyedRandom.Mix(nodeKey, 0)) : columns;
    }

    private static int[] Draw(int[] columns, double share, ulong key)
    {
        int count = Math.Max(1, (int)(share * columns.Length));
        var drawn = new int[count];
        new RandomStream(key).SampleWithoutReplacement(columns.Length, drawn);
        for (int i = 0; i < count; i++)
        {
            drawn[i] = columns[drawn[i]];
        }

        Array.Sort(drawn);
        return drawn;
    }
}
