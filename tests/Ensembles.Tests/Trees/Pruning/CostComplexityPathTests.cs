using System.Globalization;
using Ensembles.Data;
using Ensembles.Trees;
using Ensembles.Trees.Pruning;

namespace Ensembles.Tests.Trees.Pruning;

public class CostComplexityPathTests
{
    // Sorted by x the classes are a a | b b b a | b b: of 8 rows 3 are a, and Gini splits at 2.5, then 6.5, then 5.5.
    private static readonly ClassificationDataset Worked = ClassificationDataset.Create(
        FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 3 }, { 4 }, { 5 }, { 6 }, { 7 }, { 8 } }),
        ["a", "a", "b", "b", "b", "a", "b", "b"]);

    [Fact]
    public void A_small_tree_is_pruned_as_by_hand()
    {
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(Worked);

        // r = share of rows · Gini. Root: 15/32. Right of 2.5 are 1 a, 5 b: 6/8 · 10/36 = 5/24. Left of 6.5 there: 1 a, 3 b, so
        // 4/8 · 3/8 = 3/16.
        // All leaves are pure. g(root) = (15/32)/3 = 5/32, g(right) = (5/24)/2 = 5/48, g(left of 6.5) = 3/16.
        // The weakest link is the right node (its branch has two splits); then the root alone is left: 15/32 - 5/24 = 25/96.
        model.Tree.Threshold(0).Should().Be(2.5);
        model.Tree.LeafCount.Should().Be(4);
        CostComplexityPath path = model.PruningPath();

        path.Select(step => step.LeafCount).Should().Equal(4, 2, 1);
        path.Select(step => step.Alpha).Should().Equal([0, 5.0 / 48, 25.0 / 96], Near);
        path.Select(step => step.Impurity).Should().Equal([0, 5.0 / 24, 15.0 / 32], Near);
        model.Prune(5.0 / 48 * 0.999).Tree.LeafCount.Should().Be(4);
        model.Prune(5.0 / 48 * 1.001).Tree.LeafCount.Should().Be(2);
        model.Prune(1).Tree.LeafCount.Should().Be(1);
    }

    [Fact]
    public void A_pruned_tree_predicts_what_its_nodes_held()
    {
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(Worked).Prune(0.15);

        var shares = new double[2];
        model.PredictProbabilities([1.0], shares);
        shares.Should().Equal(1, 0);
        model.PredictProbabilities([6.0], shares);
        shares.Should().Equal([1.0 / 6, 5.0 / 6], Near);
        model.Statistics.RowCount(0).Should().Be(8);
        model.Statistics.Value(0).ToArray().Should().Equal([3.0 / 8, 5.0 / 8], Near);
        model.FeatureImportances().Should().Equal(1);
    }

    [Fact]
    public void The_recipe_of_a_pruned_model_gives_it_again()
    {
        RegressionDataset data = Noise(200, seed: 3);
        DecisionTreeRegressionModel full = new DecisionTreeRegressor().Fit(data);
        double alpha = full.PruningPath()[150].Alpha;

        DecisionTreeRegressionModel pruned = full.Prune(alpha);
        DecisionTreeRegressionModel again = pruned.Recipe.Fit(data);

        pruned.Recipe.PruningAlpha.Should().Be(alpha);
        Describe(again).Should().Be(Describe(pruned));
        full.Prune(alpha / 2).Prune(alpha).Tree.LeafCount.Should().Be(pruned.Tree.LeafCount);
        pruned.Prune(alpha / 2).Recipe.PruningAlpha.Should().Be(alpha, "what was cut stays cut");
    }

    [Theory]
    [InlineData(RegressionCriterion.SquaredError)]
    [InlineData(RegressionCriterion.FriedmanImprovement)]
    [InlineData(RegressionCriterion.AbsoluteError)]
    [InlineData(RegressionCriterion.Poisson)]
    public void The_path_is_that_of_cutting_weakest_links_one_by_one(RegressionCriterion criterion)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            DecisionTreeRegressionModel model = new DecisionTreeRegressor { Criterion = criterion }.Fit(Noise(40, seed));
            List<CostComplexityStep> expected = CutOneByOne(model.Tree, model.Statistics);

            CostComplexityPath path = model.PruningPath();

            path.Should().HaveCount(expected.Count);
            for (int i = 0; i < expected.Count; i++)
            {
                path[i].LeafCount.Should().Be(expected[i].LeafCount);
                path[i].Alpha.Should().BeApproximately(expected[i].Alpha, 1e-12);
                path[i].Impurity.Should().BeApproximately(expected[i].Impurity, 1e-12);
            }
        }
    }

    [Fact]
    public void Every_step_is_the_subtree_that_its_alpha_gives_and_lies_within_the_one_before()
    {
        DecisionTreeRegressionModel full = new DecisionTreeRegressor().Fit(Noise(120, seed: 9));
        CostComplexityPath path = full.PruningPath();
        HashSet<string> before = Splits(full.Tree);

        path[0].Should().Be(new CostComplexityStep(0, full.Tree.LeafCount, 0));
        for (int i = 1; i < path.Count; i++)
        {
            path[i].Alpha.Should().BeGreaterThanOrEqualTo(path[i - 1].Alpha);
            path[i].LeafCount.Should().BeLessThan(path[i - 1].LeafCount);
            DecisionTreeRegressionModel pruned = full.Prune(path[i].Alpha);
            pruned.Tree.LeafCount.Should().Be(path[i].LeafCount);
            LeafImpurity(pruned).Should().BeApproximately(path[i].Impurity, 1e-12);
            HashSet<string> splits = Splits(pruned.Tree);
            splits.Should().BeSubsetOf(before);
            before = splits;
        }

        path[^1].LeafCount.Should().Be(1);
        path[^1].Impurity.Should().BeApproximately(full.Statistics.Impurity(0), 1e-12);
    }

    [Fact]
    public void Alpha_0_prunes_nothing_not_even_splits_that_gain_nothing()
    {
        var data = ClassificationDataset.Create(
            FeatureTable.FromRows(new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }), [false, true, true, false]);
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(data);

        model.Prune(0).Tree.LeafCount.Should().Be(4);
        model.PruningPath().Select(step => step.Alpha).Should().Equal(0, 0.5 / 3);
        model.Prune(0.5 / 3).Tree.LeafCount.Should().Be(1);
    }

    [Fact]
    public void A_single_leaf_has_a_path_of_one_step()
    {
        var data = RegressionDataset.Create(FeatureTable.FromRows(new double[,] { { 1 }, { 1 } }), [1, 3]);
        DecisionTreeRegressionModel model = new DecisionTreeRegressor().Fit(data);

        model.PruningPath().Should().Equal(new CostComplexityStep(0, 1, 1));
        model.Prune(double.PositiveInfinity).Predict([1.0]).Should().Be(2);
    }

    [Fact]
    public void Negative_and_unordered_alphas_are_refused()
    {
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(Worked);

        model.Invoking(m => m.Prune(-1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("alpha");
        model.Invoking(m => m.Prune(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new DecisionTreeClassifier { PruningAlpha = -0.1 }).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("PruningAlpha");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Chains_of_a_hundred_thousand_nodes_are_pruned(bool gainsRiseDownwards)
    {
        (Tree tree, TreeStatistics statistics) = Chain(100_000, gainsRiseDownwards);

        var path = new CostComplexityPath(tree, statistics);
        (Tree half, _) = TreePruner.Prune(tree, statistics, path[path.Count / 2].Alpha);

        path[^1].LeafCount.Should().Be(1);
        path.Count.Should().Be(gainsRiseDownwards ? 2 : 100_001, "where lower splits gain more, all fall with the root");
        half.LeafCount.Should().Be(path[path.Count / 2].LeafCount);
        half.Depth.Should().Be(half.LeafCount - 1);
    }

    internal static RegressionDataset Noise(int rowCount, ulong seed)
    {
        var random = new Ensembles.Numerics.RandomStream(seed);
        var rows = new double[rowCount, 3];
        var targets = new double[rowCount];
        for (int r = 0; r < rowCount; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                rows[r, c] = random.NextDouble();
            }

            targets[r] = 1 + random.NextDouble() + rows[r, 0];
        }

        return RegressionDataset.Create(FeatureTable.FromRows(rows), targets);
    }

    /// <summary>Each inner node has a leaf to its left; node t's split gains by where it is.</summary>
    private static (Tree Tree, TreeStatistics Statistics) Chain(int inner, bool gainsRiseDownwards)
    {
        int[] right = [.. Enumerable.Range(1, inner)];
        int[] left = [.. Enumerable.Range(inner + 1, inner)];
        var cover = new double[(2 * inner) + 1];
        var impurity = new double[(2 * inner) + 1];
        double risk = 0;
        for (int node = inner; node >= 0; node--)
        {
            // Leaves are pure; the risk of a node is the sum of the gains from it down.
            risk += node == inner ? 0 : gainsRiseDownwards ? node + 1 : inner - node;
            cover[node] = inner + 1 - node;
            impurity[node] = risk / cover[node];
        }

        cover.AsSpan(inner + 1).Fill(1);
        var values = new double[cover.Length];
        return (
            new Tree(new int[inner], new double[inner], left, right, new bool[inner], new CategorySet?[inner], values[inner..], 1),
            new TreeStatistics(cover, new int[cover.Length], impurity, new double[inner], values, 1));
    }

    /// <summary>The path by its definition: cut the inner node of the least g, and count all again.</summary>
    private static List<CostComplexityStep> CutOneByOne(Tree tree, TreeStatistics statistics)
    {
        bool[] isLeaf = [.. Enumerable.Range(0, tree.NodeCount).Select(tree.IsLeaf)];
        (int leaves, double risk) = Branch(0);
        List<CostComplexityStep> path = [new(0, leaves, risk)];
        while (leaves > 1)
        {
            int weakest = -1;
            double least = double.PositiveInfinity;
            var open = new Stack<int>([0]);
            while (open.TryPop(out int node))
            {
                if (!isLeaf[node])
                {
                    (int below, double riskBelow) = Branch(node);
                    double g = (Risk(node) - riskBelow) / (below - 1);
                    (weakest, least) = g < least ? (node, g) : (weakest, least);
                    open.Push(tree.Right(node));
                    open.Push(tree.Left(node));
                }
            }

            isLeaf[weakest] = true;
            (leaves, risk) = Branch(0);
            path.Add(new CostComplexityStep(least, leaves, risk));
        }

        return path;

        double Risk(int node) => statistics.Cover(node) / statistics.Cover(0) * statistics.Impurity(node);

        (int Leaves, double Risk) Branch(int node)
        {
            if (isLeaf[node])
            {
                return (1, Risk(node));
            }

            (int Leaves, double Risk) left = Branch(tree.Left(node));
            (int Leaves, double Risk) right = Branch(tree.Right(node));
            return (left.Leaves + right.Leaves, left.Risk + right.Risk);
        }
    }

    private static double LeafImpurity(DecisionTreeRegressionModel model) => Enumerable
        .Range(model.Tree.InnerCount, model.Tree.LeafCount)
        .Sum(node => model.Statistics.Cover(node) * model.Statistics.Impurity(node) / model.Statistics.Cover(0));

    private static HashSet<string> Splits(Tree tree) =>
        [.. Enumerable.Range(0, tree.InnerCount)
            .Select(node => FormattableString.Invariant($"{tree.Feature(node)} {tree.Threshold(node):R}"))];

    private static string Describe(DecisionTreeRegressionModel model) => string.Join(
        '\n',
        Enumerable.Range(0, model.Tree.NodeCount).Select(node => string.Create(
            CultureInfo.InvariantCulture,
            $"{(model.Tree.IsLeaf(node) ? -1 : model.Tree.Threshold(node)):R} {model.Statistics.Value(node)[0]:R}")));

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
