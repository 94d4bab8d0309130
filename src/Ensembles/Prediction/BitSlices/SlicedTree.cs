using Ensembles.Trees;

namespace Ensembles.Prediction.BitSlices;

/// <summary>A tree for <see cref="SlicedKernel"/>.</summary>
internal sealed class SlicedTree
{
    /// <param name="tree">The tree.</param>
    /// <param name="tests">For each inner node the number of its test where no cell is missing.</param>
    /// <param name="testsWithMissing">For each inner node the number of its test where cells may be missing.</param>
    public SlicedTree(EnsembleTree tree, uint[] tests, uint[] testsWithMissing)
    {
        LeafCount = tree.Tree.LeafCount;
        Output = tree.Output;
        Width = tree.Width;
        Tests = tests;
        TestsWithMissing = testsWithMissing;
        Children = new uint[tests.Length];
        for (int node = 0; node < Children.Length; node++)
        {
            Children[node] = (uint)tree.Tree.Left(node) | ((uint)tree.Tree.Right(node) << 16);
        }

        Values = new double[tree.Values.Length];
        for (int leaf = 0; leaf < LeafCount; leaf++)
        {
            for (int k = 0; k < Width; k++)
            {
                Values[(k * LeafCount) + leaf] = tree.Values[(leaf * Width) + k];
            }
        }

        RegisterWidth = LeafCount <= 32 ? 32 : 64;
        Halves = LeafCount > LeafSums.RegisterLeaves ? [] : SplitHalves();
    }

    /// <summary>The number of leaves.</summary>
    public int LeafCount { get; }

    /// <summary>The sum that the first value of a leaf is added to.</summary>
    public int Output { get; }

    /// <summary>The number of values of a leaf.</summary>
    public int Width { get; }

    /// <summary>For each inner node the number of its test where no cell is missing.</summary>
    public uint[] Tests { get; }

    /// <summary>For each inner node the number of its test where cells may be missing.</summary>
    public uint[] TestsWithMissing { get; }

    /// <summary>For each inner node its left child, and in the upper half its right.</summary>
    public uint[] Children { get; }

    /// <summary>Width × leaves.</summary>
    public double[] Values { get; }

    /// <summary>Of so many values the halves are kept, 32 or 64, for each of the width.</summary>
    public int RegisterWidth { get; }

    /// <summary>Width × (lower halves, upper halves); empty where a tree has too many leaves for registers.</summary>
    public int[] Halves { get; }

    private int[] SplitHalves()
    {
        var halves = new int[Width * 2 * RegisterWidth];
        for (int k = 0; k < Width; k++)
        {
            for (int leaf = 0; leaf < LeafCount; leaf++)
            {
                long bits = BitConverter.DoubleToInt64Bits(Values[(k * LeafCount) + leaf]);
                halves[(2 * k * RegisterWidth) + leaf] = (int)bits;
                halves[(((2 * k) + 1) * RegisterWidth) + leaf] = (int)(bits >> 32);
            }
        }

        return halves;
    }
}
