using System.Globalization;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.CodeGeneration;

/// <summary>
/// Writes trees as one table of nodes, two words a node: the bits of the threshold, and the cell that is compared with it with, in the upper
/// half, the left child, which the right one follows. A leaf is its own child and has the place of its values for a threshold.
/// </summary>
internal static class TreeTables
{
    private const int MaxStackCells = 2048;

    /// <summary>Writes a class whose method Add adds the values of the leaves of a row to its sums.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="name">The name of the class.</param>
    /// <param name="trees">The trees.</param>
    /// <param name="featureCount">The number of features of a row.</param>
    /// <param name="categories">Where sets of categories are kept.</param>
    public static void Write(
        CodeWriter code, string name, ReadOnlySpan<EnsembleTree> trees, int featureCount, CategoryTable categories)
    {
        var table = new Table(featureCount, categories);
        foreach (EnsembleTree tree in trees)
        {
            table.Add(tree);
        }

        int width = trees[0].Width;
        code.Open($"private static class {name}");
        code.Constants("ulong", "Nodes", table.Nodes.Select(word => "0x" + word.ToString("X", CultureInfo.InvariantCulture) + "ul"));
        code.Constants("double", "Values", table.Values.Select(CodeWriter.Number));
        code.Constants("int", "Roots", table.Roots.Select(root => root.ToString(CultureInfo.InvariantCulture)));
        if (table.Outputs.Exists(output => output != 0))
        {
            code.Constants("int", "Outputs", table.Outputs.Select(output => output.ToString(CultureInfo.InvariantCulture)));
        }

        string outputOf = table.Outputs.Exists(output => output != 0) ? "Outputs[tree]" : "0";
        if (table.Tests.Count > 0)
        {
            code.Constants("int", "Tests", table.Tests.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        }

        WriteCells(code, featureCount);
        code.Lines(table.Tests.Count > 0 ? OneByOne(featureCount, outputOf, width) : EightAtATime(outputOf, width));
        code.Close();
        code.Lines();
    }

    private static void WriteCells(CodeWriter code, int features)
    {
        int cells = (2 * features) + 1;
        string memory = cells <= MaxStackCells ? "stackalloc" : "new";
        code.Lines(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            public static void Add(ReadOnlySpan<double> row, Span<double> sums)
            {
                // The cells as they are; below all thresholds where they are missing, for nodes that send these left; and one for leaves.
                Span<double> cells = {{memory}} double[{{cells}}];
                for (int f = 0; f < {{features}}; f++)
                {
                    double cell = row[f];
                    cells[f] = cell;
                    cells[{{features}} + f] = double.IsNaN(cell) ? double.NegativeInfinity : cell;
                }

                cells[{{cells - 1}}] = -1;
                Walk(ref MemoryMarshal.GetReference(cells), row, sums);
            }

            """));
    }

    private static string EightAtATime(string outputOf, int width) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        // Eight trees at a time, without a branch that depends on the row: the loads of one are waited for while the others go on.
        private static void Walk(ref double cell, ReadOnlySpan<double> row, Span<double> sums)
        {
            ref ulong node = ref MemoryMarshal.GetReference(Nodes);
            ReadOnlySpan<int> roots = Roots;
            for (int tree = 0; tree < roots.Length; tree += 8)
            {
                int p0 = roots[tree];
                int p1 = tree + 1 < roots.Length ? roots[tree + 1] : p0;
                int p2 = tree + 2 < roots.Length ? roots[tree + 2] : p0;
                int p3 = tree + 3 < roots.Length ? roots[tree + 3] : p0;
                int p4 = tree + 4 < roots.Length ? roots[tree + 4] : p0;
                int p5 = tree + 5 < roots.Length ? roots[tree + 5] : p0;
                int p6 = tree + 6 < roots.Length ? roots[tree + 6] : p0;
                int p7 = tree + 7 < roots.Length ? roots[tree + 7] : p0;
                int moved;
                do
                {
                    int next = Step(ref node, ref cell, p0);
                    moved = next ^ p0;
                    p0 = next;
                    next = Step(ref node, ref cell, p1);
                    moved |= next ^ p1;
                    p1 = next;
                    next = Step(ref node, ref cell, p2);
                    moved |= next ^ p2;
                    p2 = next;
                    next = Step(ref node, ref cell, p3);
                    moved |= next ^ p3;
                    p3 = next;
                    next = Step(ref node, ref cell, p4);
                    moved |= next ^ p4;
                    p4 = next;
                    next = Step(ref node, ref cell, p5);
                    moved |= next ^ p5;
                    p5 = next;
                    next = Step(ref node, ref cell, p6);
                    moved |= next ^ p6;
                    p6 = next;
                    next = Step(ref node, ref cell, p7);
                    moved |= next ^ p7;
                    p7 = next;
                }
                while (moved != 0);

                int left = roots.Length - tree;
                AddValues(ref node, p0, tree, sums);
                if (left > 1) AddValues(ref node, p1, tree + 1, sums);
                if (left > 2) AddValues(ref node, p2, tree + 2, sums);
                if (left > 3) AddValues(ref node, p3, tree + 3, sums);
                if (left > 4) AddValues(ref node, p4, tree + 4, sums);
                if (left > 5) AddValues(ref node, p5, tree + 5, sums);
                if (left > 6) AddValues(ref node, p6, tree + 6, sums);
                if (left > 7) AddValues(ref node, p7, tree + 7, sums);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Step(ref ulong node, ref double cell, int place)
        {
            ref ulong here = ref Unsafe.Add(ref node, 2 * (nint)place);
            ulong link = Unsafe.Add(ref here, 1);
            bool left = Unsafe.Add(ref cell, (nint)(uint)link) <= BitConverter.UInt64BitsToDouble(here);
            return (int)(link >> 32) + (left ? 0 : 1);
        }

        {{AddValues(outputOf, width)}}
        """);

    private static string OneByOne(int features, string outputOf, int width) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        private static void Walk(ref double cell, ReadOnlySpan<double> row, Span<double> sums)
        {
            ref ulong node = ref MemoryMarshal.GetReference(Nodes);
            ReadOnlySpan<int> roots = Roots;
            for (int tree = 0; tree < roots.Length; tree++)
            {
                int place = roots[tree];
                while (true)
                {
                    ref ulong here = ref Unsafe.Add(ref node, 2 * (nint)place);
                    ulong link = Unsafe.Add(ref here, 1);
                    int child = (int)(link >> 32);
                    if (child == place)
                    {
                        break;
                    }

                    // Behind the cells come the questions after categories.
                    int read = (int)link;
                    bool left = read <= {{2 * features}}
                        ? Unsafe.Add(ref cell, read) <= BitConverter.UInt64BitsToDouble(here)
                        : Passes(row, Tests.Slice(4 * (read - {{(2 * features) + 1}}), 4));
                    place = child + (left ? 0 : 1);
                }

                AddValues(ref node, place, tree, sums);
            }
        }

        private static bool Passes(ReadOnlySpan<double> row, ReadOnlySpan<int> test) => IsIn(row[test[0]], test[1], test[2], test[3] != 0);

        {{AddValues(outputOf, width)}}
        """);

    private static string AddValues(string outputOf, int width) => width == 1
        ? $$"""
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddValues(ref ulong node, int leaf, int tree, Span<double> sums)
        {
            int place = (int)BitConverter.UInt64BitsToDouble(Unsafe.Add(ref node, 2 * (nint)leaf));
            sums[{{outputOf}}] += Values[place];
        }
        """
        : string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            private static void AddValues(ref ulong node, int leaf, int tree, Span<double> sums)
            {
                int place = (int)BitConverter.UInt64BitsToDouble(Unsafe.Add(ref node, 2 * (nint)leaf));
                for (int k = 0; k < {{width}}; k++)
                {
                    sums[{{outputOf}} + k] += Values[place + k];
                }
            }
            """);

    /// <summary>The numbers of the table.</summary>
    private sealed class Table(int featureCount, CategoryTable categories)
    {
        private readonly Dictionary<(int Feature, int Set, bool DefaultLeft), int> _tests = [];

        public List<ulong> Nodes { get; } = [];

        public List<double> Values { get; } = [];

        public List<int> Roots { get; } = [];

        public List<int> Outputs { get; } = [];

        /// <summary>Four numbers a question: feature, number of categories, first word of the set, and 1 where others go left.</summary>
        public List<int> Tests { get; } = [];

        /// <summary>Appends the nodes of a tree level by level, brothers side by side.</summary>
        public void Add(in EnsembleTree part)
        {
            Tree tree = part.Tree;
            int root = Nodes.Count / 2;
            Roots.Add(root);
            Outputs.Add(part.Output);
            var source = new int[tree.NodeCount];
            int next = 1;
            for (int place = 0; place < source.Length; place++)
            {
                int node = source[place];
                if (tree.IsLeaf(node))
                {
                    AddNode(Values.Count, 2 * featureCount, root + place);
                    int leaf = node - tree.InnerCount;
                    Values.AddRange(part.Values.AsSpan(leaf * part.Width, part.Width));
                    continue;
                }

                int cell = tree.Categories(node) is { } set
                    ? (2 * featureCount) + 1 + Test(tree.Feature(node), set, tree.DefaultLeft(node))
                    : tree.Feature(node) + (tree.DefaultLeft(node) ? featureCount : 0);
                AddNode(tree.Threshold(node), cell, root + next);
                source[next] = tree.Left(node);
                source[next + 1] = tree.Right(node);
                next += 2;
            }
        }

        private void AddNode(double threshold, int cell, int child)
        {
            Nodes.Add(BitConverter.DoubleToUInt64Bits(threshold));
            Nodes.Add(((ulong)child << 32) | (uint)cell);
        }

        private int Test(int feature, CategorySet set, bool defaultLeft)
        {
            int words = categories.Place(set);
            if (!_tests.TryGetValue((feature, words, defaultLeft), out int test))
            {
                test = _tests.Count;
                _tests.Add((feature, words, defaultLeft), test);
                Tests.AddRange([feature, set.CategoryCount, words, defaultLeft ? 1 : 0]);
            }

            return test;
        }
    }
}
