using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;
using FluentAssertions;

namespace Ensembles.Tests.Explanation;

public class DependenceTests
{
    private static readonly ContractData Data = ContractData.Mixed();

    [Fact]
    public void Brute_force_is_the_mean_of_individual_curves_of_changed_rows()
    {
        ForestClassificationModel model = new RandomForestClassifier { TreeCount = 5 }.Fit(Data.Classification);
        var options = new PartialDependenceOptions { KeepIndividual = true, GridResolution = 6, Run = new FitOptions { Threads = 2 } };
        PartialDependence curve = model.PartialDependence(Data.Table, "age", options);
        curve.RowCount.Should().Be(Data.Table.RowCount);
        curve.OutputNames.Should().Equal(model.Classes);
        curve.Grid().Should().HaveCount(6);
        for (int p = 0; p < 6; p++)
        {
            double mean = 0;
            for (int r = 0; r < curve.RowCount; r++)
            {
                double[] row = Data.Table.Row(r);
                row[0] = curve.Grid()[p];
                var said = new double[3];
                model.PredictProbabilities(row, said);
                curve.Individual(r, 1)[p].Should().Be(said[1]);
                mean += said[1] / curve.RowCount;
            }

            curve.Values(1)[p].Should().BeApproximately(mean, 1e-12);
        }
    }

    [Fact]
    public void Categories_and_two_features_make_grids()
    {
        DecisionTreeRegressionModel model = new DecisionTreeRegressor { MaxDepth = 5 }.Fit(Data.Regression);
        PartialDependence surface = model.PartialDependence(Data.Table, ("colour", "size"), new() { GridResolution = 5 });
        surface.Labels().Should().Equal(Data.Table.Schema[2].Categories);
        surface.Matrix().GetLength(0).Should().Be(4);
        surface.Matrix().GetLength(1).Should().Be(5);
        surface.Matrix()[2, 3].Should().Be(surface.Values()[13]);
        surface.ToString().Should().StartWith("Partial dependence on colour and size\ncolour ");
        model.PartialDependence(Data.Table, "size").Grid().Should().OnlyContain(value => !double.IsNaN(value));
    }

    [Fact]
    public void Recursion_is_the_worth_of_a_coalition_of_the_features()
    {
        NewtonBoostingClassificationModel model = new NewtonBoostingClassifier { Rounds = 5 }.Fit(Data.Classification);
        TreeSum sum = TreeSum.Of(model);
        PartialDependence curve = model.PartialDependence(Data.Table, "age", new() { Method = PartialDependenceMethod.Recursion });
        curve.Scale.Should().Be(ExplainedScale.Score);

        var plain = PlainShapley.PathDependent(sum);
        for (int p = 0; p < curve.Grid().Count; p++)
        {
            double[] row = [curve.Grid()[p], 0, 0, 0];
            plain.Worth(row, 1)[2].Should().BeApproximately(curve.Values(2)[p], 1e-12);
        }
    }

    [Fact]
    public void Sums_do_not_interact_and_products_do_nothing_else()
    {
        var random = new RandomStream(3);
        var cells = new double[400, 3];
        var added = new double[400];
        var multiplied = new double[400];
        for (int r = 0; r < 400; r++)
        {
            for (int f = 0; f < 3; f++)
            {
                cells[r, f] = random.NextInt(2) == 0 ? -1 : 1;
            }

            added[r] = cells[r, 0] + (2 * cells[r, 1]);
            multiplied[r] = cells[r, 0] * cells[r, 1];
        }

        FeatureTable table = FeatureTable.FromRows(cells);
        DecisionTreeRegressionModel sum = new DecisionTreeRegressor().Fit(RegressionDataset.Create(table, added));
        DecisionTreeRegressionModel product = new DecisionTreeRegressor().Fit(RegressionDataset.Create(table, multiplied));
        sum.InteractionStrength(table, "x0", "x1").H.Should().BeLessThan(1e-6);
        product.InteractionStrength(table, "x0", "x1").H.Should().BeGreaterThan(0.99);
        IReadOnlyList<InteractionStrength> all = product.InteractionStrengths(table);
        all.Should().HaveCount(3);
        (all[0].First, all[0].Second).Should().Be(("x0", "x1"));
        product.InteractionStrength(table, "x1", "x2", PartialDependenceMethod.Recursion).H.Should().BeLessThan(0.2);
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        DecisionTreeRegressionModel model = new DecisionTreeRegressor().Fit(Data.Regression);
        ((Action)(() => model.PartialDependence(Data.Table, "nobody"))).Should().Throw<ArgumentException>().WithMessage("*'nobody'*");
        ((Action)(() => model.PartialDependence(Data.Table, ("age", "age")))).Should().Throw<ArgumentException>().WithMessage("*twice*");
        ((Action)(() => model.PartialDependence(Data.Table, "age", new() { LowerQuantile = 0.9, UpperQuantile = 0.1 })))
            .Should().Throw<ArgumentException>();
        ((Action)(() => model.PartialDependence(
            Data.Table, "age", new() { Method = PartialDependenceMethod.Recursion, KeepIndividual = true }))).Should().Throw<ArgumentException>();
        ((Action)(() => _ = new PartialDependenceOptions { GridResolution = 1 })).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = new PartialDependenceOptions { LowerQuantile = double.NaN })).Should().Throw<ArgumentOutOfRangeException>();
    }
}
