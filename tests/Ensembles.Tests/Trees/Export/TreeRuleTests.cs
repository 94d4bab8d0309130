using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees;
using Ensembles.Trees.Export;

namespace Ensembles.Tests.Trees.Export;

public class TreeRuleTests
{
    [Theory]
    [InlineData(SplitMethod.Exact)]
    [InlineData(SplitMethod.Histogram)]
    public void Each_row_satisfies_the_rule_of_its_leaf_and_no_other(SplitMethod method)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            ClassificationDataset data = Mixed(150, seed);
            DecisionTreeClassificationModel model = new DecisionTreeClassifier { MinSamplesLeaf = 2, SplitMethod = method }.Fit(data);
            IReadOnlyList<TreeRule> rules = model.Rules();
            rules.Select(rule => rule.LeafNode).Should().OnlyHaveUniqueItems().And.HaveCount(model.Tree.LeafCount);
            var rowCounts = new int[model.Tree.NodeCount];

            // New rows as well, with values and categories that no node saw.
            FeatureTable others = Mixed(150, seed + 1000).Features;
            double[][] odd = [[double.NaN, 1e300, 99, -1], [2, -1e300, 0.5, 0]];
            foreach (double[] row in Rows(data.Features).Concat(Rows(others)).Concat(odd))
            {
                int leaf = model.Tree.InnerCount + model.Tree.LeafOf(row);

                rules.Where(rule => rule.IsSatisfiedBy(row)).Select(rule => rule.LeafNode).Should().Equal(leaf);
                TreeRule own = model.Rule(row);
                own.LeafNode.Should().Be(leaf);
                own.ToString().Should().Be(rules.Single(rule => rule.LeafNode == leaf).ToString());
                model.DecisionPath(row).LeafNode.Should().Be(leaf);
                model.DecisionPath(row).Should().OnlyContain(step => step.Condition.IsSatisfiedBy(step.Value));
            }

            foreach (double[] row in Rows(data.Features))
            {
                rowCounts[model.Tree.InnerCount + model.Tree.LeafOf(row)]++;
            }

            rules.Should().OnlyContain(rule => rule.RowCount == rowCounts[rule.LeafNode]);
        }
    }

    [Fact]
    public void All_splits_of_a_feature_make_one_condition()
    {
        var data = RegressionDataset.Create(
            new FeatureTableBuilder()
                .Numeric("age", [10.0, 20, 30, 40, 50, 60])
                .Categorical("city", ["Rome", "Rome", "Oslo", "Rome", "Bern", "Rome"])
                .Build(),
            [0, 0, 7, 8, 20, 20]);
        DecisionTreeRegressionModel model = new DecisionTreeRegressor().Fit(data);

        model.Rules().Select(rule => rule.ToString(showMissing: false)).Should().Equal(
            "age <= 25 => 0", "25 < age <= 35 => 7", "35 < age <= 45 => 8", "age > 45 => 20");
        model.Rule([27.0, 1]).ToString().Should().Be("25 < age <= 35 => 7");
        model.Rule([27.0f, 1]).ToString().Should().Be("25 < age <= 35 => 7");
        DecisionPath path = model.DecisionPath([27.0, 1]);
        path.ToString().Should().Be(
            "age = 27: left, age <= 45 or missing\nage = 27: right, age > 25\nage = 27: left, age <= 35 or missing");
    }

    [Fact]
    public void Conditions_say_what_is_missing_present_and_unknown()
    {
        double nan = double.NaN;
        FeatureTable features = new FeatureTableBuilder()
            .Numeric("age", [1, 2, 3, nan, nan, nan])
            .Categorical("city", ["Rome", "Oslo", null, "Rome", "Oslo", null])
            .Build();
        DecisionTreeRegressionModel model = new DecisionTreeRegressor().Fit(RegressionDataset.Create(features, [0, 0, 0, 10, 14, 14]));

        model.Rules().Select(rule => rule.ToString()).Should().Equal(
            "age is present => 0", "age is missing and city in {Rome} => 10", "age is missing and (city in {Oslo} or missing) => 14");
        model.DecisionPath([nan, 7.0]).ToString().Should().Be(
            "age = missing: right, age is missing\ncity = unknown: right, city in {Oslo} or missing");
    }

    [Fact]
    public void Rows_of_another_width_are_refused()
    {
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(Mixed(30, seed: 1));

        model.Invoking(m => m.Rule([1.0])).Should().Throw<ArgumentException>().WithMessage("*4 features, not 1*");
    }

    internal static ClassificationDataset Mixed(int rowCount, ulong seed)
    {
        var random = new RandomStream(seed);
        double[] Cells(int values, int missingPercent) =>
            [.. Codes(values, missingPercent).Select(code => code < 0 ? double.NaN : code / 4.0)];
        int[] Codes(int categories, int missingPercent) =>
            [.. Enumerable.Range(0, rowCount).Select(_ => random.NextInt(100) < missingPercent ? -1 : random.NextInt(categories))];
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"c{i}")];
        FeatureTable features = new FeatureTableBuilder()
            .Numeric("x", Cells(40, 20))
            .Numeric("y", Cells(9, 0))
            .Categorical("few", names[..4], Codes(4, 15))
            .Categorical("many", names, Codes(11, 5))
            .Build();
        int[] labels = [.. Enumerable.Range(0, rowCount).Select(r =>
            random.NextInt(5) == 0 ? random.NextInt(3) : (features[r, 0] > 5 ? 1 : 0) + (features[r, 3] % 2 == 1 ? 1 : 0))];
        return ClassificationDataset.Create(features, labels);
    }

    private static IEnumerable<double[]> Rows(FeatureTable table) => Enumerable.Range(0, table.RowCount).Select(table.Row);
}
