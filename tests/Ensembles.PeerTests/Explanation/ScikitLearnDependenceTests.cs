using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.PeerTests.NewtonBoosting;
using Ensembles.Trees;
using FluentAssertions;

namespace Ensembles.PeerTests.Explanation;

/// <summary>
/// Grids and partial dependence are scikit-learn's, of models that are scikit-learn's too. Its grids are exact, its means are of doubles.
/// By recursion its boosting leaves the constant before the first tree out, which shifts a curve and changes nothing else.
/// </summary>
public class ScikitLearnDependenceTests
{
    private static readonly Fixture Data = XGBoostFixtures.Read<Fixture>("dependence.json.gz");

    private static readonly Dictionary<string, RegressionModel> Models = new(StringComparer.Ordinal)
    {
        ["tree"] = new DecisionTreeRegressor { MaxDepth = 4, MinSamplesLeaf = 10 }.Fit(Data.Regression()),
        ["boosting"] = new GradientBoostingRegressor { Rounds = 20, MaxDepth = 3, MinSamplesLeaf = 10 }.Fit(Data.Regression()),
    };

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Data.Cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Curves_and_surfaces_are_those_of_scikit_learn(int number)
    {
        Case expected = Data.Cases[number];
        RegressionModel model = Models[expected.Model];
        bool isRecursion = string.Equals(expected.Method, "recursion", StringComparison.Ordinal);
        var options = new PartialDependenceOptions
        {
            Method = isRecursion ? PartialDependenceMethod.Recursion : PartialDependenceMethod.BruteForce,
            GridResolution = expected.Features.Length == 1 ? 40 : 7,
        };
        PartialDependence ours = expected.Features.Length == 1
            ? model.PartialDependence(Data.Table(), $"x{expected.Features[0]}", options)
            : model.PartialDependence(Data.Table(), ($"x{expected.Features[0]}", $"x{expected.Features[1]}"), options);
        for (int f = 0; f < expected.Grids.Length; f++)
        {
            ours.Grid(f).Should().Equal(expected.Grids[f], (left, right) => Math.Abs(left - right) < 1e-12);
        }

        double shift = isRecursion && model is GradientBoostingRegressionModel boosted ? boosted.BaseScore!.Value : 0;
        ours.Values().Should().Equal(expected.Values, (left, right) => Math.Abs(left - shift - right) < 1e-9);
    }

    private sealed record Case(string Model, int[] Features, string Method, double[][] Grids, double[] Values);

    private sealed record Fixture(double[][] Columns, double[] Target, Case[] Cases)
    {
        public FeatureTable Table() => FeatureTable.FromColumns(Columns);

        public RegressionDataset Regression() => RegressionDataset.Create(Table(), Target);
    }
}
