using System.Buffers;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.Prediction.BitSlices;

/// <summary>
/// Predicts blocks of rows by operations on bits. All comparisons of a block are made first, each for all rows: features become ranks
/// among the thresholds, a byte each, and ranks are compared 64 at a time. Then a node costs two operations for as many rows as a
/// register has bits, the numbers of the leaves come out as planes of bits, and their values out of registers.
/// </summary>
/// <remarks>
/// The idea of evaluating all nodes of a tree for many rows without branches is that of QuickScorer (Lucchese et al. 2015) and
/// RapidScorer (Ye et al. 2018), which keep a mask of leaves for each row. A bit for each row and node takes fewer operations, as a
/// comparison is made once for all nodes that ask the same, and has no bound on the number of leaves.
/// </remarks>
internal sealed unsafe class SlicedEnsemble
{
    /// <summary>The most leaves of a tree.</summary>
    public const int MaxLeaves = 1 << 14;

    /// <summary>Above so many leaves it is cheaper to walk from node to node, unless trees <see cref="SharesTests">share tests</see>.</summary>
    public const int WorthLeaves = 1024;

    // Of trees that share tests; more nodes do not fit in the second-level cache beside the tests.
    private const int WorthSharedLeaves = 4096;

    // So that their results stay in the second-level cache.
    private const int MaxTestsPerGroup = 8192;

    // How many nodes have to ask a question on average for trees to share them.
    private const int MinShare = 4;
    private const int Alignment = 64;

    private readonly SlicedGroup[] _groups;
    private readonly int _outputs;
    private readonly int _treeCount;
    private readonly int _maxTests;
    private readonly int _maxNodes;
    private readonly int _maxColumns;
    private readonly int _maxCategories;
    private readonly bool _hasWideCodes;

    /// <param name="trees">The trees.</param>
    /// <param name="outputs">The number of sums of a row.</param>
    public SlicedEnsemble(ReadOnlySpan<EnsembleTree> trees, int outputs)
    {
        _outputs = outputs;
        _treeCount = trees.Length;
        var groups = new List<SlicedGroup>();
        int start = 0;
        var tests = new HashSet<(int Feature, double Threshold)>();
        for (int t = 0; t < trees.Length; t++)
        {
            Tree tree = trees[t].Tree;
            for (int node = 0; node < tree.InnerCount; node++)
            {
                tests.Add((tree.Feature(node), tree.Categories(node) is { } set ? set.GetHashCode() : tree.Threshold(node)));
            }

            if (tests.Count > MaxTestsPerGroup || t == trees.Length - 1)
            {
                groups.Add(SlicedGroup.Compile(trees[start..(t + 1)]));
                start = t + 1;
                tests.Clear();
            }
        }

        _groups = [.. groups];
        _maxTests = _groups.Max(group => group.TestCount);
        _maxColumns = _groups.Max(group => group.Columns.Length);
        _maxCategories = _groups.Max(group => group.Categories.Select(category => category.CategoryCount).DefaultIfEmpty().Max());
        foreach (EnsembleTree tree in trees)
        {
            _maxNodes = Math.Max(_maxNodes, tree.Tree.NodeCount);
            _hasWideCodes |= tree.Tree.LeafCount > 256;
        }
    }

    /// <summary>The number of groups of trees.</summary>
    public int GroupCount => _groups.Length;

    /// <summary>
    /// Whether trees of more than <see cref="WorthLeaves"/> leaves are worth it: all trees ask so few different questions that these are one
    /// group, as those of trees that were grown on histograms.
    /// </summary>
    public static bool SharesTests(ReadOnlySpan<EnsembleTree> trees)
    {
        var tests = new HashSet<(int Feature, double Threshold)>();
        long nodes = 0;
        foreach (EnsembleTree part in trees)
        {
            Tree tree = part.Tree;
            if (tree.LeafCount > WorthSharedLeaves)
            {
                return false;
            }

            nodes += tree.InnerCount;
            for (int node = 0; node < tree.InnerCount; node++)
            {
                tests.Add((tree.Feature(node), tree.Categories(node) is { } set ? set.GetHashCode() : tree.Threshold(node)));
                if (tests.Count > MaxTestsPerGroup)
                {
                    return false;
                }
            }
        }

        return nodes >= MinShare * tests.Count;
    }

    /// <summary>Adds to the sums of each row the values of its leaves, tree after tree.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="sums">Rows × outputs.</param>
    public void Add(in RowSet rows, Span<double> sums)
    {
        for (int first = 0; first < rows.Count;)
        {
            int count = Math.Min(Lanes(rows.Count - first), rows.Count - first);
            Run(rows.Slice(first, count), sums.Slice(first * _outputs, count * _outputs), leaves: []);
            first += count;
        }
    }

    /// <summary>Writes for each row the leaf that it reaches in each tree.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="leaves">Rows × trees.</param>
    public void FindLeaves(in RowSet rows, Span<int> leaves)
    {
        for (int first = 0; first < rows.Count;)
        {
            int count = Math.Min(Lanes(rows.Count - first), rows.Count - first);
            Run(rows.Slice(first, count), sums: [], leaves.Slice(first * _treeCount, count * _treeCount));
            first += count;
        }
    }

    /// <summary>The rows of a block: no more than fit in a register, as bits, and no wider register than the rows need.</summary>
    private static int Lanes(int rowCount) =>
        Avx512BW.IsSupported && rowCount > 256 ? 512 : Avx2.IsSupported && rowCount > 128 ? 256 : 128;

    private void Run(in RowSet rows, Span<double> sums, Span<int> leaves)
    {
        switch (Lanes(rows.Count))
        {
            case 512:
                Run<RowBits512>(rows, sums, leaves);
                break;
            case 256:
                Run<RowBits256>(rows, sums, leaves);
                break;
            default:
                Run<RowBits128>(rows, sums, leaves);
                break;
        }
    }

    /// <summary>Adds the values of a block's leaves where there are sums; else writes the leaves.</summary>
    private void Run<TBits>(in RowSet rows, Span<double> sums, Span<int> leaves)
        where TBits : struct, IRowBits<TBits>
    {
        Layout layout = LayOut(TBits.Bytes);
        byte[] rented = ArrayPool<byte>.Shared.Rent(layout.Size + Alignment);
        fixed (byte* unaligned = rented)
        {
            byte* memory = (byte*)(((nint)unaligned + Alignment - 1) & -Alignment);
            var block = new Block(memory, layout, TBits.Bytes);
            int count = rows.Count;
            int capacity = 8 * TBits.Bytes;
            for (int k = 0; k < _outputs && !sums.IsEmpty; k++)
            {
                for (int r = 0; r < count; r++)
                {
                    block.Sums[(k * capacity) + r] = sums[(r * _outputs) + k];
                }
            }

            int t = 0;

            foreach (SlicedGroup group in _groups)
            {
                bool missing = BlockTests.Run<TBits>(group, rows, block);
                foreach (SlicedTree tree in group.Trees)
                {
                    FindLeaves<TBits>(tree, missing, block);
                    if (sums.IsEmpty)
                    {
                        WriteLeaves(tree, block, leaves[t++..], count);
                    }
                    else
                    {
                        AddValues(tree, block, capacity);
                    }
                }
            }

            for (int k = 0; k < _outputs && !sums.IsEmpty; k++)
            {
                for (int r = 0; r < count; r++)
                {
                    sums[(r * _outputs) + k] = block.Sums[(k * capacity) + r];
                }
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void FindLeaves<TBits>(SlicedTree tree, bool missing, in Block block)
        where TBits : struct, IRowBits<TBits>
    {
        int inner = tree.Children.Length;
        fixed (uint* tests = missing ? tree.TestsWithMissing : tree.Tests, children = tree.Children)
        {
            SlicedKernel.Reach<TBits>(tests, children, inner, block.Passed, block.Reached);
        }

        bool wide = tree.LeafCount > 256;
        SlicedKernel.Number<TBits>(block.Reached + (inner * TBits.Bytes), tree.LeafCount, block.Planes, wide ? 16 : 8);
        TBits.Transpose(block.Planes, block.Codes);
        if (wide)
        {
            TBits.Transpose(block.Planes + (8 * TBits.Bytes), block.UpperCodes);
        }
    }

    /// <summary>Writes the leaves of one tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="block">The block.</param>
    /// <param name="leaves">From the place of the tree in the first row on, rows × trees.</param>
    /// <param name="count">The number of rows.</param>
    private void WriteLeaves(SlicedTree tree, in Block block, Span<int> leaves, int count)
    {
        for (int r = 0; r < count; r++)
        {
            leaves[r * _treeCount] = block.Codes[r] | (tree.LeafCount > 256 ? block.UpperCodes[r] << 8 : 0);
        }
    }

    private static void AddValues(SlicedTree tree, in Block block, int capacity)
    {
        for (int k = 0; k < tree.Width; k++)
        {
            double* sums = block.Sums + ((tree.Output + k) * capacity);
            if (Avx512F.IsSupported && tree.Halves.Length > 0)
            {
                fixed (int* halves = tree.Halves)
                {
                    if (tree.RegisterWidth == 32)
                    {
                        LeafSums.AddOf32(block.Codes, capacity, halves + (64 * k), sums);
                    }
                    else
                    {
                        LeafSums.AddOf64(block.Codes, capacity, halves + (128 * k), sums);
                    }
                }
            }
            else
            {
                fixed (double* values = tree.Values)
                {
                    LeafSums.Add(
                        block.Codes, tree.LeafCount > 256 ? block.UpperCodes : null, capacity, values + (k * tree.LeafCount), sums);
                }
            }
        }
    }

    private Layout LayOut(int bytes)
    {
        int rows = 8 * bytes;
        int cells = rows * sizeof(double);
        int ranks = cells + rows;
        int passed = ranks + (_maxTests * bytes);
        int missing = passed + (_maxColumns * bytes);
        int categories = missing + ((_maxCategories + 1) * bytes);
        int reached = categories + ((_maxNodes + 3) * bytes);
        int planes = reached + (16 * bytes);
        int codes = planes + (_hasWideCodes ? 2 * rows : rows);
        codes = (codes + Alignment - 1) & -Alignment;
        return new Layout(cells, ranks, passed, missing, categories, reached, planes, codes, codes + (_outputs * rows * sizeof(double)));
    }
}
