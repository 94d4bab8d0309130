using System.Buffers;
using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.Prediction.Walks;

/// <summary>
/// Predicts blocks of rows by walking from node to node, eight rows at a time and without a branch that depends on them, so that the loads
/// of one row are waited for while the others go on. Cells are ranks among the thresholds of their feature, and a node is one word: what
/// it compares, with which rank, and where its children lie.
/// </summary>
internal sealed unsafe class WalkEnsemble
{
    /// <summary>The most columns of ranks: the place of a cell of eight rows must fit in sixteen bits.</summary>
    public const int MaxColumns = ushort.MaxValue / Lanes;

    private const int Lanes = 8;

    // Rows that pass a tree together: many, as most nodes of a large tree come from memory once for each block, but no more ranks than fit
    // in the second-level cache.
    private const int RanksPerBlock = 1 << 19;
    private const int MinRowsPerBlock = 1024;
    private const int MaxRowsPerBlock = 8192;

    // Of a leaf: no rank is above it.
    private const ulong LeafRank = 0xFFFF_0000;

    private readonly EnsembleTree[] _trees;
    private readonly ulong[][] _nodes;
    private readonly int[][] _leafOf;
    private readonly RankedFeature[] _features;
    private readonly int _outputs;
    private readonly int _columns;
    private readonly int _rowsPerBlock;

    /// <param name="trees">The trees; without categories, and such that they <see cref="Fits">fit</see>.</param>
    /// <param name="outputs">The number of sums of a row.</param>
    public WalkEnsemble(EnsembleTree[] trees, int outputs)
    {
        _trees = trees;
        _outputs = outputs;
        SortedDictionary<int, double[]> thresholds = Thresholds(trees);
        var features = new List<RankedFeature>();
        var firstColumn = new Dictionary<int, int>();
        foreach ((int feature, double[] values) in thresholds)
        {
            firstColumn.Add(feature, _columns);
            for (int first = 0; first < values.Length; first += RankedFeature.MaxThresholds)
            {
                double[] some = values[first..Math.Min(values.Length, first + RankedFeature.MaxThresholds)];
                features.Add(new RankedFeature(feature, some, _columns, _columns + 1));
                _columns += 2;
            }
        }

        _features = [.. features];
        _rowsPerBlock = Math.Clamp(RanksPerBlock / Math.Max(1, _columns), MinRowsPerBlock, MaxRowsPerBlock) & -Lanes;
        _nodes = new ulong[trees.Length][];
        _leafOf = new int[trees.Length][];
        for (int t = 0; t < trees.Length; t++)
        {
            (_nodes[t], _leafOf[t]) = Compile(trees[t].Tree, thresholds, firstColumn);
        }
    }

    /// <summary>Whether the columns of ranks that trees need are at most the most columns.</summary>
    public static bool Fits(EnsembleTree[] trees)
    {
        // Were all thresholds different; counting those that are takes a while in large forests, and is seldom needed.
        int lastFeature = -1;
        long nodes = 0;
        foreach (EnsembleTree tree in trees)
        {
            nodes += tree.Tree.InnerCount;
            for (int node = 0; node < tree.Tree.InnerCount; node++)
            {
                lastFeature = Math.Max(lastFeature, tree.Tree.Feature(node));
            }
        }

        return 2 * (lastFeature + 1 + (nodes / RankedFeature.MaxThresholds)) <= MaxColumns
            || Thresholds(trees).Values.Sum(values => 2L * ColumnsOf(values.Length)) <= MaxColumns;
    }

    private static int ColumnsOf(int thresholds) => (thresholds + RankedFeature.MaxThresholds - 1) / RankedFeature.MaxThresholds;

    /// <summary>Adds to the sums of each row the values of its leaves, tree after tree.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="sums">Rows × outputs.</param>
    public void Add(in RowSet rows, Span<double> sums)
    {
        for (int first = 0; first < rows.Count; first += _rowsPerBlock)
        {
            int count = Math.Min(_rowsPerBlock, rows.Count - first);
            Run(rows.Slice(first, count), sums.Slice(first * _outputs, count * _outputs), leaves: []);
        }
    }

    /// <summary>Writes for each row the leaf that it reaches in each tree.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="leaves">Rows × trees.</param>
    public void FindLeaves(in RowSet rows, Span<int> leaves)
    {
        for (int first = 0; first < rows.Count; first += _rowsPerBlock)
        {
            int count = Math.Min(_rowsPerBlock, rows.Count - first);
            Run(rows.Slice(first, count), sums: [], leaves.Slice(first * _trees.Length, count * _trees.Length));
        }
    }

    private static SortedDictionary<int, double[]> Thresholds(EnsembleTree[] trees)
    {
        var found = new SortedDictionary<int, List<double>>();
        foreach (EnsembleTree part in trees)
        {
            Tree tree = part.Tree;
            for (int node = 0; node < tree.InnerCount; node++)
            {
                if (!found.TryGetValue(tree.Feature(node), out List<double>? list))
                {
                    found.Add(tree.Feature(node), list = []);
                }

                list.Add(tree.Threshold(node));
            }
        }

        var distinct = new SortedDictionary<int, double[]>();
        foreach ((int feature, List<double> list) in found)
        {
            list.Sort();
            int count = 0;
            for (int i = 0; i < list.Count; i++)
            {
                if (i == 0 || list[i] != list[count - 1])
                {
                    list[count++] = list[i];
                }
            }

            distinct.Add(feature, [.. list[..count]]);
        }

        return distinct;
    }

    /// <summary>
    /// The nodes from the root to the left, brothers side by side: a word has the cell, the rank and the left of the children. The nodes of
    /// a small subtree are neighbours, so the end of a way lies in a line or two of the cache.
    /// </summary>
    private static (ulong[] Nodes, int[] LeafOf) Compile(
        Tree tree, SortedDictionary<int, double[]> thresholds, Dictionary<int, int> firstColumn)
    {
        var nodes = new ulong[tree.NodeCount];
        var leafOf = new int[tree.NodeCount];
        var source = new int[tree.NodeCount];
        int next = 1;
        var open = new Stack<int>([0]);
        while (open.TryPop(out int place))
        {
            int node = source[place];
            if (tree.IsLeaf(node))
            {
                leafOf[place] = node - tree.InnerCount;
                nodes[place] = LeafRank | ((ulong)place << 32);
                continue;
            }

            int feature = tree.Feature(node);
            int rank = Array.BinarySearch(thresholds[feature], tree.Threshold(node));
            int column = firstColumn[feature] + (2 * (rank / RankedFeature.MaxThresholds)) + (tree.DefaultLeft(node) ? 1 : 0);
            nodes[place] = (uint)(column * Lanes) | ((ulong)(rank % RankedFeature.MaxThresholds) << 16) | ((ulong)next << 32);
            source[next] = tree.Left(node);
            source[next + 1] = tree.Right(node);
            open.Push(next + 1);
            open.Push(next);
            next += 2;
        }

        return (nodes, leafOf);
    }

    private void Run(in RowSet rows, Span<double> sums, Span<int> leaves)
    {
        int groups = (rows.Count + Lanes - 1) / Lanes;
        int columns = Math.Max(1, _columns);
        ushort[] ranks = ArrayPool<ushort>.Shared.Rent(groups * columns * Lanes);
        int[] places = ArrayPool<int>.Shared.Rent(groups * Lanes);
        Fill(rows, ranks);
        for (int t = 0; t < _trees.Length; t++)
        {
            fixed (ulong* nodes = _nodes[t])
            fixed (ushort* cells = ranks)
            fixed (int* reached = places)
            {
                for (int g = 0; g < groups; g++)
                {
                    Walk(nodes, cells + ((nint)g * columns * Lanes), reached + (g * Lanes));
                }
            }

            int[] leafOf = _leafOf[t];
            if (sums.IsEmpty)
            {
                for (int r = 0; r < rows.Count; r++)
                {
                    leaves[(r * _trees.Length) + t] = leafOf[places[r]];
                }
            }
            else
            {
                AddValues(_trees[t], leafOf, places.AsSpan(0, rows.Count), sums);
            }
        }

        ArrayPool<ushort>.Shared.Return(ranks);
        ArrayPool<int>.Shared.Return(places);
    }

    private void AddValues(in EnsembleTree tree, int[] leafOf, ReadOnlySpan<int> places, Span<double> sums)
    {
        double[] values = tree.Values;
        int width = tree.Width;
        if (width == 1)
        {
            for (int r = 0; r < places.Length; r++)
            {
                sums[(r * _outputs) + tree.Output] += values[leafOf[places[r]]];
            }

            return;
        }

        for (int r = 0; r < places.Length; r++)
        {
            ReadOnlySpan<double> leaf = values.AsSpan(leafOf[places[r]] * width, width);
            Span<double> sum = sums.Slice((r * _outputs) + tree.Output, width);
            for (int k = 0; k < leaf.Length; k++)
            {
                sum[k] += leaf[k];
            }
        }
    }

    /// <summary>Eight rows from the root to their leaves; who is there early stays.</summary>
    private static void Walk(ulong* nodes, ushort* cells, int* places)
    {
        uint p0 = 0, p1 = 0, p2 = 0, p3 = 0, p4 = 0, p5 = 0, p6 = 0, p7 = 0;
        ulong all;
        do
        {
            ulong node = nodes[p0];
            all = node;
            p0 = (uint)(node >> 32) + Above(cells[(ushort)node], node);
            node = nodes[p1];
            all &= node;
            p1 = (uint)(node >> 32) + Above(cells[(ushort)node + 1], node);
            node = nodes[p2];
            all &= node;
            p2 = (uint)(node >> 32) + Above(cells[(ushort)node + 2], node);
            node = nodes[p3];
            all &= node;
            p3 = (uint)(node >> 32) + Above(cells[(ushort)node + 3], node);
            node = nodes[p4];
            all &= node;
            p4 = (uint)(node >> 32) + Above(cells[(ushort)node + 4], node);
            node = nodes[p5];
            all &= node;
            p5 = (uint)(node >> 32) + Above(cells[(ushort)node + 5], node);
            node = nodes[p6];
            all &= node;
            p6 = (uint)(node >> 32) + Above(cells[(ushort)node + 6], node);
            node = nodes[p7];
            all &= node;
            p7 = (uint)(node >> 32) + Above(cells[(ushort)node + 7], node);
        }
        while ((all & LeafRank) != LeafRank);

        places[0] = (int)p0;
        places[1] = (int)p1;
        places[2] = (int)p2;
        places[3] = (int)p3;
        places[4] = (int)p4;
        places[5] = (int)p5;
        places[6] = (int)p6;
        places[7] = (int)p7;
    }

    // 1 where the rank is above the node's: the sign of their difference.
    private static uint Above(ushort rank, ulong node) => ((uint)(ushort)(node >> 16) - rank) >> 31;

    /// <summary>Writes the ranks of the rows, for each group of eight rows column by column.</summary>
    private void Fill(in RowSet rows, ushort[] ranks)
    {
        int count = rows.Count;
        double[] rented = ArrayPool<double>.Shared.Rent(count);
        ushort[] found = ArrayPool<ushort>.Shared.Rent(count);
        for (int f = 0; f < _features.Length; f++)
        {
            RankedFeature feature = _features[f];
            if (rows.TryGetFloats(feature.Feature, out ReadOnlySpan<float> floats))
            {
                feature.Rank(floats, found);
            }
            else
            {
                rows.CopyDoubles(feature.Feature, rented);
                feature.Rank(rented.AsSpan(0, count), found);
            }

            for (int r = 0; r < count; r++)
            {
                int place = (((r / Lanes) * _columns) * Lanes) + (r % Lanes);
                ushort rank = found[r];
                ranks[place + (feature.MissingRight * Lanes)] = rank;
                ranks[place + (feature.MissingLeft * Lanes)] = rank == ushort.MaxValue ? (ushort)0 : rank;
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        ArrayPool<ushort>.Shared.Return(found);
    }
}
