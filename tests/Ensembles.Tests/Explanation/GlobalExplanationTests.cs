using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;
using FluentAssertions;

namespace Ensembles.Tests.Explanation;

public class GlobalExplanationTests
{
    private static readonly ContractData Data = ContractData.Mixed(400);

    private static readonly ForestClassificationModel Forest =
        new RandomForestClassifier { TreeCount = 15, MaxDepth = 6 }.Fit(Data.Classification);

    [Fact]
    public void Shuffling_a_feature_costs_what_the_model_owes_to_it()
    {
        ImportanceList<PermutationImportance> importances =
            Forest.PermutationImportances(Data.Classification, ClassificationMetric.Accuracy, repeats: 6, seed: 3);
        importances.Select(importance => importance.Feature).Should().Equal("age", "size", "colour", "constant");
        importances[0].Mean.Should().BeGreaterThan(0.1);
        importances[0].StandardError.Should().BeInRange(1e-4, 0.05);
        importances[3].Mean.Should().Be(0);
        importances[3].StandardError.Should().Be(0);
        Forest.PermutationImportances(
            Data.Classification, ClassificationMetric.Accuracy, repeats: 6, seed: 3, new FitOptions { Threads = 1 }).Should().Equal(importances);
        Forest.PermutationImportances(Data.Classification, ClassificationMetric.Accuracy, repeats: 6, seed: 4).Should().NotEqual(importances);

        // Of a loss and of a gain worse is positive.
        Forest.PermutationImportances(Data.Classification, ClassificationMetric.LogLoss)[0].Mean.Should().BePositive();
        double.IsNaN(Forest.PermutationImportances(Data.Classification, ClassificationMetric.LogLoss, repeats: 1)[0].StandardError).Should().BeTrue();
    }

    /// <summary>
    /// The mean of (f(x) − f(x'))² over all pairs is twice the variance, so shuffling the one feature of an exact model gives that error.
    /// </summary>
    [Fact]
    public void Of_an_exact_model_of_one_feature_the_error_is_twice_the_variance()
    {
        var random = new RandomStream(9);
        double[] x = [.. Enumerable.Range(0, 2000).Select(_ => (double)random.NextInt(8))];
        FeatureTable table = FeatureTable.FromColumns((double[][])[x, new double[2000]]);
        RegressionDataset data = RegressionDataset.Create(table, x);
        DecisionTreeRegressionModel model = new DecisionTreeRegressor().Fit(data);
        PermutationImportance importance = model.PermutationImportances(data, RegressionMetric.MeanSquaredError, repeats: 8)[0];
        double mean = x.Average();
        double variance = x.Average(value => (value - mean) * (value - mean));
        importance.Mean.Should().BeApproximately(2 * variance, 6 * importance.StandardError);
    }

    [Fact]
    public void A_feature_that_others_make_up_for_costs_nothing_to_drop()
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(i => i / 10.0)];
        FeatureTable table = FeatureTable.FromColumns((double[][])[x, [.. x], Array.ConvertAll(x, value => value % 3)]);
        RegressionDataset data = RegressionDataset.Create(table, Array.ConvertAll(x, value => value + (2 * (value % 3))));
        ImportanceList<DropColumnImportance> importances =
            new DecisionTreeRegressor { MaxLeaves = 12 }.DropColumnImportances(data, data, RegressionMetric.RSquared);
        importances.Should().HaveCount(3);
        importances[0].Loss.Should().Be(0);
        importances[1].Loss.Should().Be(0);
        importances[2].Loss.Should().BePositive();
        new RandomForestClassifier { TreeCount = 3 }.DropColumnImportances(Data.Classification, Data.Classification, ClassificationMetric.LogLoss)[0]
            .Loss.Should().BePositive();
    }

    [Fact]
    public void A_surrogate_of_a_tree_is_faithful_and_a_stump_is_less()
    {
        DecisionTreeRegressionModel tree = new DecisionTreeRegressor { MaxDepth = 2 }.Fit(Data.Regression);
        tree.SurrogateTree(Data.Table).Fidelity.Should().BeGreaterThan(0.95);
        Surrogate<DecisionTreeClassificationModel> small = Forest.SurrogateTree(Data.Table, new DecisionTreeClassifier { MaxDepth = 1 });
        Surrogate<DecisionTreeClassificationModel> large = Forest.SurrogateTree(Data.Table, new DecisionTreeClassifier { MaxDepth = 6 });
        small.Tree.Tree.Depth.Should().Be(1);
        large.Fidelity.Should().BeInRange(small.Fidelity + 0.01, 1);
        large.ToString().Should().StartWith("fidelity 0.");
    }

    [Fact]
    public void Rules_of_all_trees_add_up_to_the_model()
    {
        GradientBoostingRegressionModel model = new GradientBoostingRegressor { Rounds = 6, MaxDepth = 3 }.Fit(Data.Regression);
        IReadOnlyList<ModelRule> rules = model.RuleList();
        rules.Should().HaveCount(model.Trees.Sum(tree => tree.LeafCount));
        rules.Select(rule => rule.Importance).Should().BeInDescendingOrder();
        for (int r = 0; r < 50; r++)
        {
            double[] row = Data.Table.Row(r);
            ModelRule[] satisfied = [.. rules.Where(rule => rule.IsSatisfiedBy(row))];
            satisfied.Select(rule => rule.Tree).Should().BeEquivalentTo(Enumerable.Range(0, 6));
            (model.BaseScore!.Value + satisfied.Sum(rule => rule.Values[0])).Should().BeApproximately(model.Predict(row), 1e-12);
        }

        rules.Where(rule => rule.Tree == 2).Sum(rule => rule.Support).Should().BeApproximately(1, 1e-12);
        rules[0].ToString().Should().Contain(" => ").And.Contain("% of rows)");
    }

    [Fact]
    public void A_counterfactual_is_of_another_class_and_nothing_nearer_is()
    {
        int found = 0;
        for (int r = 0; r < 12; r++)
        {
            double[] row = Data.Table.Row(r);
            Counterfactual? other = Forest.Counterfactual(row, Data.Table);
            if (other is null)
            {
                continue;
            }

            found++;
            Forest.PredictLabel([.. other.Row]).Should().Be(other.ToClass).And.NotBe(other.FromClass);
            other.FromClass.Should().Be(Forest.PredictLabel(row));
            other.ChangedFeatures.Count.Should().BeInRange(1, 3);
            other.ToString().Should().StartWith($"{other.FromClass} → {other.ToClass} if {other.ChangedFeatures[0]} ");

            // Every step of a single feature that is nearer leaves the class as it is.
            double unit = Data.Table.Column(0).Average(cell => Math.Abs(cell - Data.Table.Column(0).Order().ElementAt(200)));
            for (double step = -other.Distance * unit * 0.999; step < other.Distance * unit; step += other.Distance * unit / 20)
            {
                double[] near = [row[0] + step, .. row[1..]];
                Forest.PredictLabel(near).Should().Be(other.FromClass);
            }
        }

        found.Should().BeGreaterThan(8);
    }

    [Fact]
    public void A_counterfactual_keeps_to_its_options()
    {
        double[] row = Data.Table.Row(0);
        string from = Forest.PredictLabel(row);
        string target = Forest.Classes.First(name => !string.Equals(name, from, StringComparison.Ordinal));
        Counterfactual? other = Forest.Counterfactual(row, Data.Table, new() { Immutable = ["age"], TargetClass = target, MaxChanges = 2 });
        if (other is not null)
        {
            other.ChangedFeatures.Should().NotContain("age");
            other.ToClass.Should().Be(target);
        }

        Forest.Counterfactual(row, Data.Table, new() { MaxTries = 1, Immutable = ["age", "size", "colour"] }).Should().BeNull();
        ((Action)(() => Forest.Counterfactual(row, Data.Table, new() { TargetClass = from }))).Should().Throw<ArgumentException>();
        ((Action)(() => Forest.Counterfactual(row, Data.Table, new() { TargetClass = "nobody" }))).Should().Throw<ArgumentException>();
        ((Action)(() => Forest.Counterfactual(row, Data.Table, new() { Immutable = ["nobody"] }))).Should().Throw<ArgumentException>();
        ((Action)(() => Forest.Counterfactual(new double[2], Data.Table))).Should().Throw<ArgumentException>();
    }
}
