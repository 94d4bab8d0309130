using Ensembles.Data;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.NewtonBoosting;

/// <summary>What monotone and interaction constraints promise.</summary>
public class ConstraintTests
{
    private static readonly MonotoneConstraints Monotone = MonotoneConstraints.Of(
        ("a", Monotonicity.Decreasing), (1, Monotonicity.Increasing), ("c", Monotonicity.Increasing));

    public static TheoryData<BoostingSplitMethod, GrowthPolicy, int> Fits
    {
        get
        {
            var fits = new TheoryData<BoostingSplitMethod, GrowthPolicy, int>();
            foreach (BoostingSplitMethod method in Enum.GetValues<BoostingSplitMethod>())
            {
                fits.Add(method, GrowthPolicy.DepthWise, 500);
                fits.Add(method, GrowthPolicy.LeafWise, 500);
                fits.Add(method, GrowthPolicy.DepthWise, 5000);
            }

            return fits;
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Scores_move_one_way_with_a_constrained_feature(BoostingSplitMethod method, GrowthPolicy policy, int rows)
    {
        ContractData data = SplitMethodTests.Draw(rows, levels: rows);
        var recipe = new NewtonBoostingRegressor
        {
            Rounds = 12,
            SplitMethod = method,
            GrowthPolicy = policy,
            MaxDepth = 8,
            MaxLeaves = policy == GrowthPolicy.LeafWise ? 40 : null,
            LearningRate = 0.5,
            MinChildWeight = 0.1,
            L1 = rows == 5000 ? 0.5 : 0,
            Subsample = 0.8,
            MonotoneConstraints = Monotone,
        };

        NewtonBoostingRegressionModel model = recipe.Fit(data.Regression);

        Moves(model, data, 0, -1).Should().BeFalse("a falls");
        Moves(model, data, 1, 1).Should().BeFalse("b rises");
        Moves(model, data, 2, 1).Should().BeFalse("c rises");
        NewtonBoostingRegressionModel free = (recipe with { MonotoneConstraints = null }).Fit(data.Regression);
        (Moves(free, data, 0, -1) && Moves(free, data, 1, 1) && Moves(free, data, 2, 1)).Should().BeTrue("without constraints they do not");
        model.FeatureImportances()[1].Should().BePositive("a constraint that the data agree with is no hindrance");
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Histogram)]
    [InlineData(BoostingSplitMethod.Exact)]
    [InlineData(BoostingSplitMethod.Approximate)]
    public void Constraints_against_the_data_leave_nothing_to_split(BoostingSplitMethod method)
    {
        FeatureTable table = FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 3 }, { 4 }, { 5 }, { 6 } });
        RegressionDataset data = RegressionDataset.Create(table, [6, 5, 4, 3, 2, 1]);
        var recipe = new NewtonBoostingRegressor { Rounds = 2, SplitMethod = method };

        (recipe with { MonotoneConstraints = MonotoneConstraints.Of((0, Monotonicity.Increasing)) }).Fit(data)
            .Trees.Should().OnlyContain(tree => tree.InnerCount == 0);
        (recipe with { MonotoneConstraints = MonotoneConstraints.Of((0, Monotonicity.Decreasing)) }).Fit(data)
            .Trees.Should().OnlyContain(tree => tree.InnerCount > 1);
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Histogram)]
    [InlineData(BoostingSplitMethod.Exact)]
    [InlineData(BoostingSplitMethod.Approximate)]
    public void A_constrained_feature_without_values_is_never_split(BoostingSplitMethod method)
    {
        double gap = double.NaN;
        FeatureTable table = FeatureTable.FromRows(new[,] { { gap, 1 }, { gap, 2 }, { gap, 3 }, { gap, 4 }, { gap, 5 }, { gap, 6 } });
        var recipe = new NewtonBoostingRegressor
        {
            Rounds = 2,
            SplitMethod = method,
            MinSamplesLeaf = 2,
            MonotoneConstraints = MonotoneConstraints.Of((0, Monotonicity.Increasing)),
        };

        recipe.Fit(RegressionDataset.Create(table, [1, 2, 3, 4, 5, 6]))
            .Trees.Should().OnlyContain(tree => tree.InnerCount > 0 && tree.Feature(0) == 1);
    }

    [Theory]
    [InlineData(BoostingSplitMethod.Histogram, 1)]
    [InlineData(BoostingSplitMethod.Histogram, 3)]
    [InlineData(BoostingSplitMethod.Exact, 2)]
    [InlineData(BoostingSplitMethod.Approximate, 2)]
    public void A_way_through_a_tree_combines_features_of_one_group(BoostingSplitMethod method, int threads)
    {
        ContractData data = SplitMethodTests.Draw(800, levels: 50);
        int[][] groups = [[1, 4], [1, 2], [3]];
        var recipe = new NewtonBoostingRegressor
        {
            Rounds = 10,
            SplitMethod = method,
            MinChildWeight = 0,
            InteractionConstraints = InteractionConstraints.Of([1, "letter"], ["b", "c"], [3]),
        };

        NewtonBoostingRegressionModel model = recipe.Fit(data.Regression, new Ensembles.Learners.FitOptions { Threads = threads });

        var sets = new HashSet<string>(StringComparer.Ordinal);
        foreach (Tree tree in model.Trees)
        {
            foreach (int[] path in Paths(tree))
            {
                (path.Length <= 1 || groups.Any(group => path.All(group.Contains))).Should().BeTrue(string.Join(' ', path));
                sets.Add(string.Join(' ', path));
            }
        }

        sets.Should().Contain("1 4", "groups are combined").And.Contain("0", "a is in none, and stands alone");
    }

    [Fact]
    public void Features_that_are_not_there_are_refused_by_name()
    {
        ContractData data = SplitMethodTests.Draw(50, levels: 9);
        var recipe = new NewtonBoostingRegressor();

        Refused(recipe with { MonotoneConstraints = MonotoneConstraints.Of(("x", Monotonicity.Increasing)) }, "*MonotoneConstraints*'x'*");
        Refused(recipe with { MonotoneConstraints = MonotoneConstraints.Of((5, Monotonicity.Increasing)) }, "*MonotoneConstraints*5*");
        Refused(recipe with { MonotoneConstraints = MonotoneConstraints.Of(("letter", Monotonicity.Increasing)) }, "*'letter'*order*");
        Refused(
            recipe with { MonotoneConstraints = MonotoneConstraints.Of(("a", Monotonicity.Increasing), (0, Monotonicity.Decreasing)) },
            "*'a'*twice*");
        Refused(recipe with { InteractionConstraints = InteractionConstraints.Of(["a", "y"]) }, "*InteractionConstraints*'y'*");
        ((Action)(() => MonotoneConstraints.Of())).Should().Throw<ArgumentException>();
        ((Action)(() => MonotoneConstraints.Of((0, (Monotonicity)4)))).Should().Throw<ArgumentException>();
        ((Action)(() => InteractionConstraints.Of([]))).Should().Throw<ArgumentException>();
        ((Action)(() => _ = (FeatureReference)(-1))).Should().Throw<ArgumentOutOfRangeException>();

        void Refused(NewtonBoostingRegressor bad, string message) =>
            ((Action)(() => bad.Fit(data.Regression))).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Constraints_are_compared_by_value()
    {
        MonotoneConstraints.Of(("a", Monotonicity.Increasing)).Should().Be(MonotoneConstraints.Of(("a", Monotonicity.Increasing)));
        MonotoneConstraints.Of(("a", Monotonicity.Increasing)).Should().NotBe(MonotoneConstraints.Of(("a", Monotonicity.Decreasing)));
        InteractionConstraints.Of(["a", 1], [2]).Should().Be(InteractionConstraints.Of(["a", 1], [2]));
        InteractionConstraints.Of(["a", 1], [2]).Should().NotBe(InteractionConstraints.Of(["a", 1, 2]));
        InteractionConstraints.Of(["a", 1], [2]).ToString().Should().Be("['a', 1], [2]");
        Monotone.ToString().Should().Be("'a' Decreasing, 1 Increasing, 'c' Increasing");
    }

    /// <summary>Whether anywhere the prediction moves against a direction while one feature rises.</summary>
    private static bool Moves(NewtonBoostingRegressionModel model, ContractData data, int feature, int direction)
    {
        var random = new RandomStream(77);
        double[] values = [.. Enumerable.Range(0, data.Table.RowCount).Select(r => data.Table.Row(r)[feature])
            .Where(value => !double.IsNaN(value)).Distinct().Order()];
        for (int trial = 0; trial < 60; trial++)
        {
            double[] row = data.Table.Row(random.NextInt(data.Table.RowCount));
            double before = double.NaN;
            foreach (double value in values)
            {
                row[feature] = value;
                double now = model.Predict(row);
                if (direction * (now - before) < 0)
                {
                    return true;
                }

                before = now;
            }
        }

        return false;
    }

    private static IEnumerable<int[]> Paths(Tree tree)
    {
        var open = new Stack<(int Node, int[] Path)>([(0, [])]);
        while (open.TryPop(out (int Node, int[] Path) place))
        {
            if (tree.IsLeaf(place.Node))
            {
                yield return place.Path;
                continue;
            }

            int[] path = [.. place.Path.Append(tree.Feature(place.Node)).Distinct().Order()];
            open.Push((tree.Left(place.Node), path));
            open.Push((tree.Right(place.Node), path));
        }
    }
}
