using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.NewtonBoosting;

/// <summary>The ways to search for splits, against each other and at the edges.</summary>
public class SplitMethodTests
{
    private static readonly ContractData FewValues = Draw(600, levels: 60);

    public static TheoryData<int> Recipes => [0, 1, 2, 3, 4, 5];

    /// <summary>Four numbers, three of them with gaps, and a category; uneven weights, some of them 0.</summary>
    internal static ContractData Draw(int rows, int levels, ulong seed = 3)
    {
        var random = new RandomStream(seed);
        var columns = new double[4][];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = new double[rows];
            for (int r = 0; r < rows; r++)
            {
                columns[c][r] = c > 0 && random.NextInt(8) == 0 ? double.NaN : random.NextInt(levels) * 0.25;
            }
        }

        var letters = new int[rows];
        var targets = new double[rows];
        var weights = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            letters[r] = random.NextInt(5) - 1;
            double x = columns[0][r] / levels * 4;
            double y = double.IsNaN(columns[1][r]) ? 0.7 : columns[1][r] / levels * 4;
            targets[r] = Math.Round(x + (2 * x * y) + (letters[r] == 2 ? 0.5 : 0) + random.NextDouble(), 3);
            weights[r] = random.NextInt(15) == 0 ? 0 : 0.5 + random.NextDouble();
        }

        FeatureTable table = new FeatureTableBuilder()
            .Numeric("a", columns[0])
            .Numeric("b", columns[1])
            .Numeric("c", columns[2])
            .Numeric("d", columns[3])
            .Categorical("letter", ["p", "q", "r", "s"], letters)
            .Build();
        return new ContractData(table, targets, weights);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void With_a_bin_for_every_value_the_histogram_grows_the_trees_of_exact(int index)
    {
        NewtonBoostingRegressor recipe = new NewtonBoostingRegressor[]
        {
            new() { Rounds = 4, MaxDepth = 4 },
            new() { Rounds = 4, MaxDepth = null, MaxLeaves = 12, GrowthPolicy = GrowthPolicy.LeafWise, MinChildWeight = 3, L2 = 0.5 },
            new()
            {
                Rounds = 6,
                MaxDepth = 4,
                Subsample = 0.7,
                ColumnSampleByTree = 0.8,
                ColumnSampleByLevel = 0.8,
                ColumnSampleByNode = 0.7,
            },
            new() { Rounds = 4, MaxDepth = 5, MaxLeaves = 9, L1 = 0.5, MaxDeltaStep = 2 },
            new() { Rounds = 3, MaxDepth = 6, MinSamplesLeaf = 12, MinSplitGain = 2, GainPruning = GainPruning.AfterGrowth },
            new()
            {
                Rounds = 4,
                MonotoneConstraints = MonotoneConstraints.Of(("a", Monotonicity.Decreasing), ("b", Monotonicity.Increasing)),
                InteractionConstraints = InteractionConstraints.Of(["a", "b", "letter"], ["b", "c"]),
            },
        }[index];

        NewtonBoostingRegressionModel histogram = recipe.Fit(FewValues.Regression);
        NewtonBoostingRegressionModel exact = (recipe with { SplitMethod = BoostingSplitMethod.Exact }).Fit(FewValues.Regression);

        for (int t = 0; t < recipe.Rounds; t++)
        {
            ShouldBeTheSame(histogram.Trees[t], exact.Trees[t], histogram.Statistics[t], exact.Statistics[t]);
        }

        Fitted.Of(histogram).PredictGrid().Should().Equal(Fitted.Of(exact).PredictGrid(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Exact_tries_thresholds_that_no_bin_has()
    {
        // The one row that matters lies between values that a bin holds together.
        double[] x = [.. Enumerable.Range(0, 2000).Select(r => (double)r)];
        double[] y = [.. x.Select(v => v < 1000.5 ? 0.0 : 1.0)];
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromColumns([x]), y);
        var recipe = new NewtonBoostingRegressor { Rounds = 1, MaxDepth = 1, MaxBins = 7 };

        recipe.Fit(data).Trees[0].Threshold(0).Should().NotBe(1000.5);
        (recipe with { SplitMethod = BoostingSplitMethod.Exact }).Fit(data).Trees[0].Threshold(0).Should().Be(1000.5);
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Histogram)]
    [InlineData(BoostingSplitMethod.Exact)]
    [InlineData(BoostingSplitMethod.Approximate)]
    public void Nothing_to_split_gives_a_leaf(BoostingSplitMethod method)
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 2, SplitMethod = method };
        FeatureTable useless = FeatureTable.FromRows(new[,] { { 1, double.NaN }, { 1, double.NaN }, { 1, double.NaN }, { 1, double.NaN } });

        NewtonBoostingRegressionModel model = recipe.Fit(RegressionDataset.Create(useless, [1, 2, 3, 5]));
        model.Trees.Should().OnlyContain(tree => tree.InnerCount == 0);
        model.Predict([1.0, 2.0]).Should().BeApproximately(2.75, 1e-12, "the base score is the mean");

        FeatureTable one = FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } });
        recipe.Fit(RegressionDataset.Create(one, [4, 4, 4, 4])).Trees
            .Should().OnlyContain(tree => tree.InnerCount == 0, "equal gradients leave nothing to gain");
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Histogram)]
    [InlineData(BoostingSplitMethod.Exact)]
    [InlineData(BoostingSplitMethod.Approximate)]
    public void Values_are_parted_from_missing_ones(BoostingSplitMethod method)
    {
        FeatureTable table = FeatureTable.FromRows(new[,] { { 1 }, { 1 }, { double.NaN }, { double.NaN } });
        var recipe = new NewtonBoostingRegressor { Rounds = 1, LearningRate = 1, L2 = 0, SplitMethod = method };

        NewtonBoostingRegressionModel model = recipe.Fit(RegressionDataset.Create(table, [0, 0, 3, 3]));

        model.Predict([7.0]).Should().BeApproximately(0, 1e-12);
        model.Predict([double.NaN]).Should().BeApproximately(3, 1e-12);
    }

    /// <summary>Parity: the first split gains nothing, those below it everything.</summary>
    [Theory]
    [InlineData(BoostingSplitMethod.Histogram, GainPruning.ByMethod, false)]
    [InlineData(BoostingSplitMethod.Histogram, GainPruning.AfterGrowth, true)]
    [InlineData(BoostingSplitMethod.Exact, GainPruning.ByMethod, true)]
    [InlineData(BoostingSplitMethod.Exact, GainPruning.WhileGrowing, false)]
    [InlineData(BoostingSplitMethod.Approximate, GainPruning.ByMethod, false)]
    [InlineData(BoostingSplitMethod.Approximate, GainPruning.AfterGrowth, true)]
    public void A_weak_split_above_a_strong_one_stays_where_trees_are_pruned_after_growth(
        BoostingSplitMethod method, GainPruning pruning, bool stays)
    {
        FeatureTable table = FeatureTable.FromRows(new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        RegressionDataset data = RegressionDataset.Create(table, [1.1, -1, -1, 1]);
        var recipe = new NewtonBoostingRegressor
        {
            Rounds = 1,
            BaseScore = 0,
            MinSplitGain = 0.5,
            SplitMethod = method,
            GainPruning = pruning,
            MaxDepth = 2,
        };

        NewtonBoostingRegressionModel model = recipe.Fit(data);

        model.Trees[0].InnerCount.Should().Be(stays ? 3 : 0);
        if (stays)
        {
            model.Statistics[0].Gain(0).Should().BeLessThan(0.5);
        }
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Histogram)]
    [InlineData(BoostingSplitMethod.Exact)]
    [InlineData(BoostingSplitMethod.Approximate)]
    public void A_pruned_tree_is_the_grown_one_less_what_gains_too_little(BoostingSplitMethod method)
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 1, SplitMethod = method, LearningRate = 1, Subsample = 0.8 };
        NewtonBoostingRegressionModel grown = recipe.Fit(FewValues.Regression);

        // With two rounds the second one starts from scores that pruned leaves gave their rows.
        NewtonBoostingRegressionModel pruned = (recipe with { Rounds = 2, MinSplitGain = 8, GainPruning = GainPruning.AfterGrowth })
            .Fit(FewValues.Regression);

        Tree tree = pruned.Trees[0];
        tree.InnerCount.Should().BeInRange(1, grown.Trees[0].InnerCount - 1);
        for (int node = 0; node < tree.InnerCount; node++)
        {
            bool isLast = tree.IsLeaf(tree.Left(node)) && tree.IsLeaf(tree.Right(node));
            (isLast ? pruned.Statistics[0].Gain(node) : 9).Should().BeGreaterThan(8);
            pruned.Statistics[0].RowCount(node).Should().Be(
                pruned.Statistics[0].RowCount(tree.Left(node)) + pruned.Statistics[0].RowCount(tree.Right(node)));
            pruned.Statistics[0].Cover(node).Should().BeApproximately(
                pruned.Statistics[0].Cover(tree.Left(node)) + pruned.Statistics[0].Cover(tree.Right(node)), 1e-4);
        }

        NewtonBoostingRegressionModel once = (recipe with { MinSplitGain = 8, GainPruning = GainPruning.AfterGrowth })
            .Fit(FewValues.Regression);
        double[] scores = once.Predict(FewValues.Table);
        double covered = 0;
        double residual = 0;
        for (int r = 0; r < scores.Length; r++)
        {
            if (tree.LeafOf(FewValues.Table.Row(r)) == 0)
            {
                covered += FewValues.Weights[r];
                residual += FewValues.Weights[r] * (FewValues.Targets[r] - once.BaseScore);
            }
        }

        // A leaf holds the shrunk mean of what its rows are off, which for a leaf of 80 % of them is about that of all.
        tree.LeafValue(0)[0].Should().BeApproximately(residual / (covered + 1), 0.2 * Math.Max(1, Math.Abs(residual / covered)));
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Histogram, 600)]
    [InlineData(BoostingSplitMethod.Histogram, 6000)]
    [InlineData(BoostingSplitMethod.Exact, 600)]
    [InlineData(BoostingSplitMethod.Approximate, 600)]
    public void No_leaf_has_fewer_rows_than_asked(BoostingSplitMethod method, int rows)
    {
        ContractData data = Draw(rows, levels: 60);
        var recipe = new NewtonBoostingRegressor
        {
            Rounds = 3,
            SplitMethod = method,
            MinSamplesLeaf = 25,
            MinChildWeight = 0,
            MaxDepth = 8,
            Subsample = 0.9,
        };

        NewtonBoostingRegressionModel weighted = recipe.Fit(data.Regression);
        NewtonBoostingRegressionModel equal = recipe.Fit((data with { Weights = [] }).Regression);

        foreach (NewtonBoostingRegressionModel model in new[] { weighted, equal })
        {
            int[] counts = [.. model.Trees.SelectMany((tree, t) => Enumerable.Range(tree.InnerCount, tree.LeafCount)
                .Select(leaf => model.Statistics[t].RowCount(leaf)))];
            counts.Min().Should().BeInRange(25, 32, "a limit that binds");
        }
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Histogram)]
    [InlineData(BoostingSplitMethod.Exact)]
    [InlineData(BoostingSplitMethod.Approximate)]
    public void A_fraction_of_the_rows_is_a_count_of_them(BoostingSplitMethod method)
    {
        int present = FewValues.Weights.Count(weight => weight > 0);
        var recipe = new NewtonBoostingRegressor { Rounds = 2, SplitMethod = method };

        NewtonBoostingRegressionModel fraction = (recipe with { MinSamplesLeaf = SampleCount.Fraction(0.1) }).Fit(FewValues.Regression);
        NewtonBoostingRegressionModel count = (recipe with { MinSamplesLeaf = (present + 9) / 10 }).Fit(FewValues.Regression);

        Fitted.Of(fraction).TreeBits().Should().Equal(Fitted.Of(count).TreeBits());
    }

    [Theory]
    [InlineData(CandidateScope.Tree)]
    [InlineData(CandidateScope.Node)]
    public void Candidates_between_all_values_grow_the_trees_of_exact(CandidateScope scope)
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 5, SplitMethod = BoostingSplitMethod.Exact, Subsample = 0.8 };

        NewtonBoostingRegressionModel exact = recipe.Fit(FewValues.Regression);
        NewtonBoostingRegressionModel approximate = (recipe with
        {
            SplitMethod = BoostingSplitMethod.Approximate,
            SketchError = 1e-8,
            CandidateScope = scope,
        }).Fit(FewValues.Regression);

        Fitted.Of(approximate).TreeBits().Should().Equal(Fitted.Of(exact).TreeBits());
    }

    [Fact]
    public void Candidates_part_the_rows_in_groups_of_equal_hessians()
    {
        double[] x = [.. Enumerable.Range(0, 1000).Select(r => (double)r)];
        double[] y = [.. x.Select(v => Math.Sin(v / 40))];
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromColumns([x]), y);
        var recipe = new NewtonBoostingRegressor { Rounds = 1, SplitMethod = BoostingSplitMethod.Approximate, SketchError = 0.25 };

        Tree byTree = recipe.Fit(data).Trees[0];
        Tree byNode = (recipe with { CandidateScope = CandidateScope.Node }).Fit(data).Trees[0];

        // The sketch knows ranks to an eighth of ε.
        const double Known = 1000 * 0.25 / 8;
        double[] thresholds = [.. Enumerable.Range(0, byTree.InnerCount).Select(byTree.Threshold).Distinct().Order()];
        thresholds.Should().HaveCount(3);
        for (int k = 0; k < 3; k++)
        {
            thresholds[k].Should().BeApproximately((250 * (k + 1)) - 0.5, Known);
        }

        thresholds.Should().Contain(byNode.Threshold(0), "the root has all rows");
        byNode.InnerCount.Should().BeGreaterThan(3, "the rows of a node are parted anew");
    }

    [Fact]
    public void Approximate_splits_cost_next_to_no_accuracy()
    {
        ContractData train = Draw(4000, levels: 4000, seed: 21);
        ContractData test = Draw(4000, levels: 4000, seed: 22);
        var recipe = new NewtonBoostingRegressor { Rounds = 40, MaxDepth = 4 };
        double exact = Loss(recipe with { SplitMethod = BoostingSplitMethod.Exact });

        Loss(recipe with { SplitMethod = BoostingSplitMethod.Approximate }).Should().BeApproximately(exact, 0.01 * exact);
        Loss(recipe with { SplitMethod = BoostingSplitMethod.Approximate, SketchError = 0.05, CandidateScope = CandidateScope.Node })
            .Should().BeApproximately(exact, 0.02 * exact);
        Loss(recipe).Should().BeApproximately(exact, 0.01 * exact);

        double Loss(NewtonBoostingRegressor learner) =>
            RootMeanSquaredError.Compute(test.Targets, learner.Fit(train.Regression).Predict(test.Table), test.Weights);
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Exact)]
    [InlineData(BoostingSplitMethod.Approximate)]
    public void A_thousand_categories_are_parted_by_what_they_stand_for(BoostingSplitMethod method)
    {
        const int Levels = 1000;
        var random = new RandomStream(4);
        int[] codes = [.. Enumerable.Range(0, 6000).Select(r => r % Levels)];
        double[] targets = [.. codes.Select(code => ((code * 7919 % Levels) > 500 ? 2 : 0) + random.NextDouble())];
        FeatureTable table = new FeatureTableBuilder()
            .Categorical("level", [.. Enumerable.Range(0, Levels).Select(code => $"level {code}")], codes)
            .Build();

        var recipe = new NewtonBoostingRegressor { Rounds = 1, MaxDepth = 1, LearningRate = 1, SplitMethod = method };
        NewtonBoostingRegressionModel model = recipe.Fit(RegressionDataset.Create(table, targets));

        CategorySet left = model.Trees[0].Categories(0)!;
        for (int code = 0; code < Levels; code++)
        {
            left.Contains(code).Should().Be(code * 7919 % Levels > 500, "the lowest G/(H + λ) has the largest targets");
        }
    }

    internal static void ShouldBeTheSame(Tree tree, Tree other, TreeStatistics statistics, TreeStatistics others)
    {
        // Leaves may have other numbers: the two trees are walked side by side.
        var open = new Stack<(int, int)>([(0, 0)]);
        while (open.TryPop(out (int A, int B) pair))
        {
            tree.IsLeaf(pair.A).Should().Be(other.IsLeaf(pair.B));
            statistics.Cover(pair.A).Should().BeApproximately(others.Cover(pair.B), 1e-6 * Math.Max(1, others.Cover(pair.B)));
            statistics.RowCount(pair.A).Should().Be(others.RowCount(pair.B));
            if (tree.IsLeaf(pair.A))
            {
                tree.LeafValue(pair.A - tree.InnerCount)[0].Should().BeApproximately(other.LeafValue(pair.B - other.InnerCount)[0], 1e-6);
                continue;
            }

            tree.Feature(pair.A).Should().Be(other.Feature(pair.B));
            tree.Threshold(pair.A).Should().Be(other.Threshold(pair.B));
            tree.DefaultLeft(pair.A).Should().Be(other.DefaultLeft(pair.B));
            tree.Categories(pair.A).Should().Equal(other.Categories(pair.B));
            statistics.Gain(pair.A).Should().BeApproximately(others.Gain(pair.B), 1e-5 * Math.Max(1, others.Gain(pair.B)));
            open.Push((tree.Left(pair.A), other.Left(pair.B)));
            open.Push((tree.Right(pair.A), other.Right(pair.B)));
        }
    }
}
