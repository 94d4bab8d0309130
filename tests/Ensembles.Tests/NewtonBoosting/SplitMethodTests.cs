using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.NewtonBoosting;

/// <summary>The ways to search for splits, against each other and at the edges.</summary>
public class SplitMethodTests
{
    private static readonly ContractData FewValues = Draw(600, levels: 60);

    public static TheoryData<int> Recipes => [0, 1, 2, 3];

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
            new() { Rounds = 6, MaxDepth = 4, Subsample = 0.7, ColumnSampleByTree = 0.8, ColumnSampleByLevel = 0.8, ColumnSampleByNode = 0.7 },
            new() { Rounds = 4, MaxDepth = 5, MaxLeaves = 9, L1 = 0.5, MaxDeltaStep = 2 },
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
    public void Values_are_parted_from_missing_ones(BoostingSplitMethod method)
    {
        FeatureTable table = FeatureTable.FromRows(new[,] { { 1 }, { 1 }, { double.NaN }, { double.NaN } });
        var recipe = new NewtonBoostingRegressor { Rounds = 1, LearningRate = 1, L2 = 0, SplitMethod = method };

        NewtonBoostingRegressionModel model = recipe.Fit(RegressionDataset.Create(table, [0, 0, 3, 3]));

        model.Predict([7.0]).Should().BeApproximately(0, 1e-12);
        model.Predict([double.NaN]).Should().BeApproximately(3, 1e-12);
    }

    internal static void ShouldBeTheSame(Tree tree, Tree other, TreeStatistics statistics, TreeStatistics others)
    {
        // Leaves may have other numbers: the two trees are walked side by side.
        var open = new Stack<(int, int)>([(0, 0)]);
        while (open.TryPop(out (int A, int B) pair))
        {
            tree.IsLeaf(pair.A).Should().Be(other.IsLeaf(pair.B));
            statistics.Cover(pair.A).Should().BeApproximately(others.Cover(pair.B), 1e-5);
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
