using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.RandomForests;

/// <summary>Features of equal score: a forest takes each of them as often, a single tree the lowest.</summary>
public class ForestTieTests
{
    private const int Copies = 4;

    public static TheoryData<RandomForestRegressor> Forests => new()
    {
        new RandomForestRegressor { SplitMethod = SplitMethod.Exact },
        new RandomForestRegressor { SplitMethod = SplitMethod.Histogram },
        new RandomForestRegressor { SplitMethod = SplitMethod.Exact, MaxFeatures = FeatureCount.Exactly(3) },
        new RandomForestRegressor { SplitMethod = SplitMethod.Histogram, MaxFeatures = FeatureCount.Exactly(3) },
        new RandomForestRegressor { MaxFeatures = FeatureCount.Exactly(3), FeatureSampling = FeatureSampling.PerTree },
    };

    [Theory]
    [MemberData(nameof(Forests))]
    public void CopiesOfAFeatureAreTakenAboutAsOften(RandomForestRegressor forest)
    {
        RegressionDataset data = CopiesOfOne();

        ForestRegressionModel model = (forest with { TreeCount = 200, MaxDepth = 1 }).Fit(data);

        // Each of 200 roots takes one of four: 50 ± 6 each.
        int[] taken = [.. Enumerable.Range(0, Copies).Select(c => model.Trees.Count(tree => tree.Feature(0) == c))];
        taken.Should().OnlyContain(count => count > 25 && count < 75);
    }

    [Fact]
    public void ASingleTreeTakesTheLowestCopy()
    {
        Tree tree = new DecisionTreeRegressor().Fit(CopiesOfOne()).Tree;

        Enumerable.Range(0, tree.InnerCount).Should().OnlyContain(node => tree.Feature(node) == 0);
    }

    [Theory]
    [InlineData(SplitMethod.Exact)]
    [InlineData(SplitMethod.Histogram)]
    public void FeaturesThatSayNothingAreEquallyUnimportantWhereverTheyStand(SplitMethod method)
    {
        RegressionDataset data = SyntheticData.Friedman1(1000, seed: 3, noise: 1, features: 8).SelectColumns([5, 0, 6, 1, 2, 3, 4, 7]);

        double[] importances = new RandomForestRegressor { SplitMethod = method }.Fit(data).FeatureImportances();

        // Where small nodes, full of ties, take the lowest feature, the first of these has half as much again as the others.
        double[] noise = [importances[0], importances[2], importances[7]];
        (noise.Max() / noise.Min()).Should().BeLessThan(1.25);
    }

    private static RegressionDataset CopiesOfOne()
    {
        RegressionDataset one = SyntheticData.Friedman1(100, seed: 2);
        double[] column = one.Features.Column(3);
        return RegressionDataset.Create(FeatureTable.FromColumns([.. Enumerable.Repeat(column, Copies)]), one.Targets);
    }
}
