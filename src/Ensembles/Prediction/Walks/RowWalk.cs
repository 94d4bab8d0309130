using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.Prediction.Walks;

/// <summary>
/// Predicts one row: eight trees are walked at a time, without a branch that depends on the row, so that the loads of one tree are waited
/// for while the others go on. Allocates nothing and shares nothing that is written.
/// </summary>
internal sealed unsafe class RowWalk
{
    private const int Lanes = 8;
    private const int StackCells = 513;

    private readonly EnsembleTree[] _trees;
    private readonly Node[] _nodes;
    private readonly int[] _roots;
    private readonly int[] _leafOf;
    private readonly int _features;

    /// <param name="trees">The trees; without categories.</param>
    public RowWalk(EnsembleTree[] trees)
    {
        _trees = trees;
        _nodes = new Node[trees.Sum(part => part.Tree.NodeCount)];
        _leafOf = new int[_nodes.Length];
        _roots = new int[((trees.Length + Lanes - 1) / Lanes) * Lanes];
        foreach (EnsembleTree part in trees)
        {
            for (int node = 0; node < part.Tree.InnerCount; node++)
            {
                _features = Math.Max(_features, part.Tree.Feature(node) + 1);
            }
        }

        int next = 0;
        for (int t = 0; t < trees.Length; t++)
        {
            _roots[t] = next;
            next = Compile(trees[t].Tree, next);
        }
    }

    /// <summary>Adds to the sums of a row the values of its leaves, in the order of the trees.</summary>
    /// <param name="row">One row.</param>
    /// <param name="sums">The sums of the row.</param>
    public void Add(in RowSet row, Span<double> sums)
    {
        // Three kinds of cells: as they are, for nodes that send what is missing right; below all thresholds where missing; and for leaves
        // one that nothing is below.
        int cells = (2 * _features) + 1;
        double[]? rented = cells <= StackCells ? null : ArrayPool<double>.Shared.Rent(cells);
        Span<double> values = rented is null ? stackalloc double[StackCells] : rented;
        Span<double> plain = values[.._features];
        row.CopyRow(plain);
        for (int f = 0; f < plain.Length; f++)
        {
            values[_features + f] = double.IsNaN(plain[f]) ? double.NegativeInfinity : plain[f];
        }

        values[2 * _features] = 0;
        Span<int> places = stackalloc int[Lanes];
        fixed (Node* nodes = _nodes)
        fixed (double* cell = values)
        fixed (int* reached = places, roots = _roots)
        {
            for (int t = 0; t < _trees.Length; t += Lanes)
            {
                Walk(nodes, cell, roots + t, reached);
                int last = Math.Min(Lanes, _trees.Length - t);
                for (int i = 0; i < last; i++)
                {
                    ref readonly EnsembleTree tree = ref _trees[t + i];
                    int width = tree.Width;
                    int leaf = _leafOf[reached[i]];
                    for (int k = 0; k < width; k++)
                    {
                        sums[tree.Output + k] += tree.Values[(leaf * width) + k];
                    }
                }
            }
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static void Walk(Node* nodes, double* cells, int* roots, int* places)
    {
        int p0 = roots[0], p1 = roots[1], p2 = roots[2], p3 = roots[3], p4 = roots[4], p5 = roots[5], p6 = roots[6], p7 = roots[7];
        int moved;
        do
        {
            int next = Step(nodes + p0, cells);
            moved = next ^ p0;
            p0 = next;
            next = Step(nodes + p1, cells);
            moved |= next ^ p1;
            p1 = next;
            next = Step(nodes + p2, cells);
            moved |= next ^ p2;
            p2 = next;
            next = Step(nodes + p3, cells);
            moved |= next ^ p3;
            p3 = next;
            next = Step(nodes + p4, cells);
            moved |= next ^ p4;
            p4 = next;
            next = Step(nodes + p5, cells);
            moved |= next ^ p5;
            p5 = next;
            next = Step(nodes + p6, cells);
            moved |= next ^ p6;
            p6 = next;
            next = Step(nodes + p7, cells);
            moved |= next ^ p7;
            p7 = next;
        }
        while (moved != 0);

        places[0] = p0;
        places[1] = p1;
        places[2] = p2;
        places[3] = p3;
        places[4] = p4;
        places[5] = p5;
        places[6] = p6;
        places[7] = p7;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step(Node* node, double* cells) =>
        node->Child + Unsafe.BitCast<bool, byte>(!(cells[node->Cell] <= node->Threshold));

    /// <summary>Appends the nodes of a tree level by level, brothers side by side.</summary>
    /// <returns>The place after them.</returns>
    private int Compile(Tree tree, int first)
    {
        var source = new int[tree.NodeCount];
        int next = 1;
        for (int place = 0; place < source.Length; place++)
        {
            int node = source[place];
            if (tree.IsLeaf(node))
            {
                _leafOf[first + place] = node - tree.InnerCount;
                _nodes[first + place] = new Node(double.PositiveInfinity, 2 * _features, first + place);
                continue;
            }

            int cell = tree.Feature(node) + (tree.DefaultLeft(node) ? _features : 0);
            _nodes[first + place] = new Node(tree.Threshold(node), cell, first + next);
            source[next] = tree.Left(node);
            source[next + 1] = tree.Right(node);
            next += 2;
        }

        return first + source.Length;
    }

    /// <summary>A cell of at most the threshold goes to the child, others to the one after it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Node(double threshold, int cell, int child)
    {
        public readonly double Threshold = threshold;
        public readonly int Cell = cell;
        public readonly int Child = child;
    }
}
