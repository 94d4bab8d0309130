using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.Prediction.Walks;

/// <summary>
/// Predicts one row by QuickScorer's masks (Lucchese et al. 2015), sixteen trees at a time: every node whose test fails takes the leaves of
/// its left subtree out of the tree's mask, in any order and without a branch; the lowest bit left is the leaf. Needs AVX-512, at most 32
/// features, which lie in two registers, and at most 64 leaves.
/// </summary>
internal sealed unsafe class RowMasks
{
    private const int Trees = 16;
    private const int MaxFeatures = 32;
    private const int MaxLeaves = 64;

    private readonly EnsembleTree[] _trees;
    private readonly Group[] _groups;
    private readonly double[] _values;
    private readonly int _features;
    private readonly int _width;

    private RowMasks(EnsembleTree[] trees, int features)
    {
        _trees = trees;
        _features = features;
        _width = trees[0].Width;
        _values = new double[trees.Length * MaxLeaves * _width];
        _groups = new Group[(trees.Length + Trees - 1) / Trees];
        for (int g = 0; g < _groups.Length; g++)
        {
            _groups[g] = Compile(g * Trees);
        }
    }

    /// <summary>The form, or null where trees or machine do not allow it.</summary>
    /// <param name="trees">The trees; without categories.</param>
    public static RowMasks? TryCreate(EnsembleTree[] trees)
    {
        int features = 0;
        foreach (EnsembleTree part in trees)
        {
            Tree tree = part.Tree;
            if (!Avx512F.IsSupported || tree.LeafCount > MaxLeaves || part.Width != trees[0].Width)
            {
                return null;
            }

            for (int node = 0; node < tree.InnerCount; node++)
            {
                features = Math.Max(features, tree.Feature(node) + 1);
            }
        }

        return trees.Length == 0 || features > MaxFeatures ? null : new RowMasks(trees, features);
    }

    /// <summary>Adds to the sums of a row the values of its leaves, in the order of the trees.</summary>
    /// <param name="row">One row.</param>
    /// <param name="sums">The sums of the row.</param>
    /// <returns>
    /// Whether it did. It does not where a cell is missing, or where a double is rounded to a float that is a threshold: then nothing is
    /// added.
    /// </returns>
    public bool TryAdd(in RowSet row, Span<double> sums)
    {
        float* cells = stackalloc float[MaxFeatures];
        bool exact = Read(row, cells, out bool missing);
        if (missing)
        {
            return false;
        }

        Vector512<float> low = Vector512.Load(cells), high = Vector512.Load(cells + 16);
        if (!exact && MeetsThreshold(low, high))
        {
            return false;
        }

        uint* left = stackalloc uint[2 * Trees];
        for (int g = 0; g < _groups.Length; g++)
        {
            Group group = _groups[g];
            Vector512<uint> first = Vector512<uint>.AllBitsSet;
            Vector512<uint> second = Vector512<uint>.AllBitsSet;
            fixed (byte* features = group.Features)
            fixed (float* thresholds = group.Thresholds)
            fixed (uint* masks = group.Masks, upperMasks = group.UpperMasks)
            {
                for (int i = 0; i < group.Features.Length; i += Trees)
                {
                    Vector512<int> feature = Avx512F.ConvertToVector512Int32(Vector128.Load(features + i));
                    Vector512<float> cell = Avx512F.PermuteVar16x32x2(low, feature, high);
                    Vector512<uint> fails = Vector512.GreaterThan(cell, Vector512.Load(thresholds + i)).AsUInt32();
                    first = Vector512.ConditionalSelect(fails, first & Vector512.Load(masks + i), first);
                    if (upperMasks is not null)
                    {
                        second = Vector512.ConditionalSelect(fails, second & Vector512.Load(upperMasks + i), second);
                    }
                }
            }

            first.Store(left);
            second.Store(left + Trees);
            AddLeaves(g * Trees, left, sums);
        }

        return true;
    }

    private void AddLeaves(int firstTree, uint* left, Span<double> sums)
    {
        int last = Math.Min(Trees, _trees.Length - firstTree);
        for (int i = 0; i < last; i++)
        {
            int leaf = BitOperations.TrailingZeroCount(left[i] | ((ulong)left[Trees + i] << 32));
            int output = _trees[firstTree + i].Output;
            int place = (((firstTree + i) * MaxLeaves) + leaf) * _width;
            for (int k = 0; k < _width; k++)
            {
                sums[output + k] += _values[place + k];
            }
        }
    }

    /// <summary>Writes the cells as the greatest floats not above them.</summary>
    /// <returns>Whether all cells are floats.</returns>
    private bool Read(in RowSet row, float* cells, out bool missing)
    {
        missing = false;
        bool exact = true;
        if (row.TryGetFloatRow(out ReadOnlySpan<float> floats))
        {
            for (int f = 0; f < _features; f++)
            {
                cells[f] = floats[f];
                missing |= float.IsNaN(floats[f]);
            }

            return true;
        }

        double* doubles = stackalloc double[MaxFeatures];
        row.CopyRow(new Span<double>(doubles, _features));
        for (int f = 0; f < _features; f++)
        {
            cells[f] = Rounding.Down(doubles[f]);
            missing |= double.IsNaN(doubles[f]);
            exact &= cells[f] == doubles[f];
        }

        return exact;
    }

    /// <summary>Whether a cell is a threshold: of one that was rounded nothing is known then.</summary>
    private bool MeetsThreshold(Vector512<float> low, Vector512<float> high)
    {
        Vector512<float> equal = Vector512<float>.Zero;
        foreach (Group group in _groups)
        {
            fixed (byte* features = group.Features)
            fixed (float* thresholds = group.Thresholds)
            {
                for (int i = 0; i < group.Features.Length; i += Trees)
                {
                    Vector512<int> feature = Avx512F.ConvertToVector512Int32(Vector128.Load(features + i));
                    Vector512<float> cell = Avx512F.PermuteVar16x32x2(low, feature, high);
                    equal |= Vector512.Equals(cell, Vector512.Load(thresholds + i));
                }
            }
        }

        return equal.AsUInt32() != Vector512<uint>.Zero;
    }

    private Group Compile(int firstTree)
    {
        int last = Math.Min(_trees.Length, firstTree + Trees);
        int slots = 0;
        bool isWide = false;
        for (int t = firstTree; t < last; t++)
        {
            slots = Math.Max(slots, _trees[t].Tree.InnerCount);
            isWide |= _trees[t].Tree.LeafCount > 32;
        }

        // A lane without a node has a threshold that nothing is above.
        var group = new Group(
            new byte[slots * Trees], new float[slots * Trees], new uint[slots * Trees], isWide ? new uint[slots * Trees] : []);
        Array.Fill(group.Thresholds, float.PositiveInfinity);
        for (int t = firstTree; t < last; t++)
        {
            EnsembleTree part = _trees[t];
            int next = 0;
            Place(part, t, 0, ref next, group, t - firstTree);
        }

        return group;
    }

    /// <summary>Numbers the leaves below a node from the left and writes the masks of the nodes.</summary>
    /// <returns>The leaves below the node, a bit each.</returns>
    private ulong Place(in EnsembleTree part, int t, int node, ref int next, Group group, int lane)
    {
        Tree tree = part.Tree;
        if (tree.IsLeaf(node))
        {
            int place = ((t * MaxLeaves) + next) * _width;
            part.Values.AsSpan((node - tree.InnerCount) * _width, _width).CopyTo(_values.AsSpan(place));
            return 1UL << next++;
        }

        ulong left = Place(part, t, tree.Left(node), ref next, group, lane);
        int slot = (node * Trees) + lane;
        group.Features[slot] = (byte)tree.Feature(node);
        group.Thresholds[slot] = Rounding.Down(tree.Threshold(node));
        group.Masks[slot] = (uint)~left;
        if (group.UpperMasks.Length > 0)
        {
            group.UpperMasks[slot] = (uint)(~left >> 32);
        }

        return left | Place(part, t, tree.Right(node), ref next, group, lane);
    }

    /// <summary>The nodes of sixteen trees: the n-th of each side by side.</summary>
    private sealed record Group(byte[] Features, float[] Thresholds, uint[] Masks, uint[] UpperMasks);
}
