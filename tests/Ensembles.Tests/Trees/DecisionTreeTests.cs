using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Tests.Trees;

public class DecisionTreeTests
{
    private static readonly double[,] XorRows = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };

    [Theory]
    [InlineData(SplitMethod.Exact)]
    [InlineData(SplitMethod.Histogram)]
    public void Splits_that_gain_nothing_are_made_so_that_xor_is_learned(SplitMethod method)
    {
        var data = ClassificationDataset.Create(FeatureTable.FromRows(XorRows), [false, true, true, false]);

        DecisionTreeClassificationModel model = new DecisionTreeClassifier { SplitMethod = method }.Fit(data);

        model.PredictLabels(data.Features).Should().Equal("False", "True", "True", "False");
        model.Tree.LeafCount.Should().Be(4);
        model.Tree.Depth.Should().Be(2);
        model.Statistics.Gain(0).Should().Be(0);
        model.Tree.Feature(0).Should().Be(0, "of equal gains the lowest feature is taken");
    }

    [Fact]
    public void Thresholds_are_midpoints_and_values_equal_to_them_go_left()
    {
        var data = RegressionDataset.Create(FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 4 }, { 8 } }), [10, 10, 20, 20]);

        DecisionTreeRegressionModel model = new DecisionTreeRegressor().Fit(data);

        model.Tree.Threshold(0).Should().Be(3);
        model.Predict([3.0]).Should().Be(10);
        model.Predict([Math.BitIncrement(3.0)]).Should().Be(20);
    }

    [Theory]
    [InlineData(SplitMethod.Exact)]
    [InlineData(SplitMethod.Histogram)]
    public void Neighbouring_doubles_are_told_apart(SplitMethod method)
    {
        double a = 1;
        double b = Math.BitIncrement(a);
        var data = RegressionDataset.Create(FeatureTable.FromRows(new[,] { { a }, { b } }), [0, 1]);

        DecisionTreeRegressionModel model = new DecisionTreeRegressor { SplitMethod = method }.Fit(data);

        model.Predict([a]).Should().Be(0);
        model.Predict([b]).Should().Be(1);
    }

    [Theory]
    [InlineData(SplitMethod.Exact)]
    [InlineData(SplitMethod.Histogram)]
    public void Missing_values_take_the_side_that_gains_more(SplitMethod method)
    {
        var features = FeatureTable.FromRows(new[,] { { 1 }, { 2 }, { 8 }, { 9 }, { double.NaN }, { double.NaN } });
        foreach (double missingTarget in new[] { 0.0, 1.0 })
        {
            var data = RegressionDataset.Create(features, [0, 0, 1, 1, missingTarget, missingTarget]);

            DecisionTreeRegressionModel model = new DecisionTreeRegressor { SplitMethod = method }.Fit(data);

            model.Tree.LeafCount.Should().Be(2);
            model.Predict([double.NaN]).Should().Be(missingTarget);
            model.Tree.DefaultLeft(0).Should().Be(missingTarget == 0);
        }
    }

    [Theory]
    [InlineData(SplitMethod.Exact)]
    [InlineData(SplitMethod.Histogram)]
    public void Missing_against_present_is_a_split(SplitMethod method)
    {
        var features = FeatureTable.FromRows(new[,] { { 1 }, { 2 }, { 8 }, { double.NaN }, { double.NaN } });
        var data = RegressionDataset.Create(features, [0, 0, 0, 1, 1]);

        DecisionTreeRegressionModel model = new DecisionTreeRegressor { SplitMethod = method }.Fit(data);

        model.Tree.LeafCount.Should().Be(2);
        model.Predict([double.NaN]).Should().Be(1);
        model.Predict([double.PositiveInfinity]).Should().Be(0);
        model.Predict([5.0]).Should().Be(0);
    }

    [Theory]
    [InlineData(SplitMethod.Exact)]
    [InlineData(SplitMethod.Histogram)]
    public void Categories_split_in_sets(SplitMethod method)
    {
        FeatureTable features = new FeatureTableBuilder().Categorical("c", ["a", "b", "c", "d", "a", "b", "c", "d"]).Build();
        var data = RegressionDataset.Create(features, [1, 5, 1, 5, 1, 5, 1, 5]);

        DecisionTreeRegressionModel model = new DecisionTreeRegressor { SplitMethod = method }.Fit(data);

        model.Tree.LeafCount.Should().Be(2);
        model.Tree.Categories(0).Should().Equal(0, 2);
        model.Predict(features).Should().Equal(1, 5, 1, 5, 1, 5, 1, 5);
    }

    [Fact]
    public void Absolute_error_leaves_hold_medians()
    {
        var data = RegressionDataset.Create(
            FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 3 }, { 11 }, { 12 }, { 13 } }), [1, 2, 90, 10, 11, 500]);

        DecisionTreeRegressionModel model = new DecisionTreeRegressor { Criterion = RegressionCriterion.AbsoluteError, MaxLeaves = 2 }.Fit(data);

        model.Tree.Threshold(0).Should().Be(12.5, "of |y - median| the outliers at the end cost most");
        model.Predict([1.0]).Should().Be(10);
        model.Predict([13.0]).Should().Be(500);
    }

    [Fact]
    public void Histogram_finds_the_exact_splits_where_every_value_has_a_bin()
    {
        var random = new Ensembles.Numerics.RandomStream(7);
        var rows = new double[500, 3];
        var labels = new int[500];
        for (int r = 0; r < 500; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                rows[r, c] = random.NextInt(200) / 8.0;
            }

            rows[r, 1] = random.NextInt(10) == 0 ? double.NaN : rows[r, 1];
            labels[r] = (rows[r, 0] + random.NextInt(12) > 15 ? 1 : 0) + (rows[r, 2] > 20 ? 1 : 0);
        }

        var data = ClassificationDataset.Create(FeatureTable.FromRows(rows), labels);
        var recipe = new DecisionTreeClassifier { MinSamplesLeaf = 3 };

        Tree exact = recipe.Fit(data).Tree;
        Tree histogram = (recipe with { SplitMethod = SplitMethod.Histogram }).Fit(data).Tree;

        histogram.InnerCount.Should().Be(exact.InnerCount);
        for (int node = 0; node < exact.InnerCount; node++)
        {
            histogram.Feature(node).Should().Be(exact.Feature(node));
            histogram.Threshold(node).Should().Be(exact.Threshold(node));
            histogram.DefaultLeft(node).Should().Be(exact.DefaultLeft(node));
        }
    }

    [Fact]
    public void Class_weights_that_leave_nothing_are_named()
    {
        ClassificationDataset data = ClassificationDataset.Create<int>(FeatureTable.FromRows(new double[,] { { 1 }, { 2 } }), new[] { 0, 1 });
        var recipe = new DecisionTreeClassifier { ClassWeights = ClassWeights.Of(("0", 0), ("1", 0)) };

        recipe.Invoking(r => r.Fit(data)).Should().Throw<ArgumentException>().WithMessage("With ClassWeights (0: 0, 1: 0)*");
    }

    [Fact]
    public void The_text_of_a_recipe_is_the_same_in_every_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;
            new DecisionTreeRegressor { MinImpurityDecrease = 0.5 }.ToString()
                .Should().StartWith("DecisionTreeRegressor { Seed = 0, ").And.Contain("MinImpurityDecrease = 0.5,").And.EndWith(" }");
            CultureInfo.CurrentCulture.Should().BeSameAs(comma);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_category_set_lacks_codes_that_the_feature_has_not()
    {
        var set = new CategorySet(65, [true, .. new bool[63], true]);

        set.Should().Equal(0, 64);
        set.Contains(-1).Should().BeFalse();
        set.Contains(65).Should().BeFalse();
        set.Contains(1_000_000).Should().BeFalse();
        set.Complement().Count.Should().Be(63);
    }
}
