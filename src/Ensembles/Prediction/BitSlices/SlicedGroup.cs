using Ensembles.Trees;

namespace Ensembles.Prediction.BitSlices;

/// <summary>
/// Neighbouring trees of an ensemble that share their tests: where two nodes ask the same of a row, it is computed once. Trees that were
/// grown on histograms have few thresholds, so most of their nodes share.
/// </summary>
internal sealed class SlicedGroup
{
    private SlicedGroup(ColumnTests[] columns, CategoryTests[] categories, int testCount, SlicedTree[] trees)
    {
        Columns = columns;
        Categories = categories;
        TestCount = testCount;
        Trees = trees;
    }

    /// <summary>The numeric comparisons.</summary>
    public ColumnTests[] Columns { get; }

    /// <summary>The questions after categories.</summary>
    public CategoryTests[] Categories { get; }

    /// <summary>The number of all tests.</summary>
    public int TestCount { get; }

    /// <summary>The trees.</summary>
    public SlicedTree[] Trees { get; }

    /// <summary>Compiles neighbouring trees.</summary>
    public static SlicedGroup Compile(ReadOnlySpan<EnsembleTree> trees)
    {
        var numeric = new SortedDictionary<int, SortedDictionary<double, bool>>();
        var categorical = new SortedDictionary<int, Dictionary<(CategorySet Set, bool DefaultLeft), int>>();
        foreach (EnsembleTree tree in trees)
        {
            Collect(tree.Tree, numeric, categorical);
        }

        int tests = 0;
        var byFeature = new Dictionary<int, FeatureThresholds>();
        int missingTests = numeric.Values.Sum(thresholds => thresholds.Count);
        var columns = new List<ColumnTests>();
        foreach ((int feature, SortedDictionary<double, bool> thresholds) in numeric)
        {
            double[] values = [.. thresholds.Keys];
            bool[] missingLeft = [.. thresholds.Values];
            var found = new FeatureThresholds(values, tests, new int[values.Length]);
            byFeature.Add(feature, found);
            for (int first = 0; first < values.Length; first += ColumnTests.MaxThresholds)
            {
                int count = Math.Min(ColumnTests.MaxThresholds, values.Length - first);
                columns.Add(new ColumnTests(
                    feature, values.AsSpan(first, count), tests, missingLeft.AsSpan(first, count), missingTests));
                for (int i = first; i < first + count; i++)
                {
                    found.MissingLeft[i] = missingLeft[i] ? missingTests++ : -1;
                }

                tests += count;
            }
        }

        tests = missingTests;
        var categories = new List<CategoryTests>();
        foreach ((int feature, Dictionary<(CategorySet Set, bool DefaultLeft), int> questions) in categorical)
        {
            int count = questions.Keys.Max(question => question.Set.CategoryCount);
            int firstTest = tests;
            var members = new int[questions.Count][];
            foreach (((CategorySet set, bool defaultLeft), int place) in questions)
            {
                members[place] = CategoryTests.MembersOf(set, defaultLeft, count);
            }

            categories.Add(new CategoryTests(feature, count, firstTest, members));
            tests += members.Length;
        }

        var firstOf = categories.ToDictionary(category => category.Feature, category => category.FirstTest);
        var compiled = new SlicedTree[trees.Length];
        for (int t = 0; t < compiled.Length; t++)
        {
            Tree tree = trees[t].Tree;
            var plain = new uint[tree.InnerCount];
            var withMissing = new uint[tree.InnerCount];
            for (int node = 0; node < plain.Length; node++)
            {
                int feature = tree.Feature(node);
                if (tree.Categories(node) is { } set)
                {
                    plain[node] = withMissing[node] = (uint)(firstOf[feature] + categorical[feature][(set, tree.DefaultLeft(node))]);
                    continue;
                }

                FeatureThresholds thresholds = byFeature[feature];
                int place = Array.BinarySearch(thresholds.Values, tree.Threshold(node));
                plain[node] = (uint)(thresholds.FirstTest + place);
                withMissing[node] = tree.DefaultLeft(node) ? (uint)thresholds.MissingLeft[place] : plain[node];
            }

            compiled[t] = new SlicedTree(trees[t], plain, withMissing);
        }

        return new SlicedGroup([.. columns], [.. categories], tests, compiled);
    }

    private static void Collect(
        Tree tree,
        SortedDictionary<int, SortedDictionary<double, bool>> numeric,
        SortedDictionary<int, Dictionary<(CategorySet Set, bool DefaultLeft), int>> categorical)
    {
        for (int node = 0; node < tree.InnerCount; node++)
        {
            int feature = tree.Feature(node);
            bool defaultLeft = tree.DefaultLeft(node);
            if (tree.Categories(node) is { } set)
            {
                if (!categorical.TryGetValue(feature, out Dictionary<(CategorySet Set, bool DefaultLeft), int>? questions))
                {
                    categorical.Add(feature, questions = []);
                }

                questions.TryAdd((set, defaultLeft), questions.Count);
                continue;
            }

            if (!numeric.TryGetValue(feature, out SortedDictionary<double, bool>? thresholds))
            {
                numeric.Add(feature, thresholds = []);
            }

            double threshold = tree.Threshold(node);
            thresholds.TryGetValue(threshold, out bool missingLeft);
            thresholds[threshold] = missingLeft || defaultLeft;
        }
    }

    private sealed record FeatureThresholds(double[] Values, int FirstTest, int[] MissingLeft);
}
