using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.Tests.Trees.Growing;

/// <summary>
/// Where every value has a bin and sums are exact, histograms must give the trees of sorted columns, in nodes of many rows and of few.
/// </summary>
public class HistogramSplitFinderTests
{
    private const int Rows = 4_000;

    [Theory]
    [InlineData(2, ClassificationCriterion.Gini, 28, false)]
    [InlineData(2, ClassificationCriterion.Entropy, 5, true)]
    [InlineData(3, ClassificationCriterion.Gini, 28, true)]
    [InlineData(7, ClassificationCriterion.Gini, 3, false)]
    [InlineData(8, ClassificationCriterion.Gini, 5, true)]
    [InlineData(12, ClassificationCriterion.Gini, 5, false)]
    [InlineData(13, ClassificationCriterion.Gini, 5, false)]
    [InlineData(28, ClassificationCriterion.Gini, 5, true)]
    [InlineData(29, ClassificationCriterion.Gini, 5, false)]
    public void Classes_are_parted_as_by_sorted_columns(int classes, ClassificationCriterion criterion, int columns, bool missing)
    {
        FeatureTable table = Table(columns, missing, out double[] signal);
        var random = new RandomStream(7);
        int[] labels = [.. signal.Select(value => (int)Math.Abs((value / 40) + random.NextInt(3)) % classes)];
        ClassificationDataset data = ClassificationDataset.Create(table, labels).WithWeights(Weights());
        foreach ((int minSamplesLeaf, double minWeight) in Limits)
        {
            var recipe = new DecisionTreeClassifier
            {
                Criterion = criterion,
                MinSamplesLeaf = minSamplesLeaf,
                MinWeightFractionLeaf = minWeight,
                SplitMethod = SplitMethod.Exact,
            };
            Compare(recipe.Fit(data).Tree, (recipe with { SplitMethod = SplitMethod.Histogram }).Fit(data).Tree);
        }
    }

    [Theory]
    [InlineData(RegressionCriterion.SquaredError, 28, false)]
    [InlineData(RegressionCriterion.SquaredError, 5, true)]
    [InlineData(RegressionCriterion.Poisson, 4, true)]
    public void Numbers_are_parted_as_by_sorted_columns(RegressionCriterion criterion, int columns, bool missing)
    {
        FeatureTable table = Table(columns, missing, out double[] signal);
        var random = new RandomStream(8);
        double[] targets = [.. signal.Select(value => Math.Floor(value / 20) + 30 + random.NextInt(9))];
        RegressionDataset data = RegressionDataset.Create(table, targets).WithWeights(Weights());
        foreach ((int minSamplesLeaf, double minWeight) in Limits)
        {
            var recipe = new DecisionTreeRegressor
            {
                Criterion = criterion,
                MinSamplesLeaf = minSamplesLeaf,
                MinWeightFractionLeaf = minWeight,
                SplitMethod = SplitMethod.Exact,
            };
            Compare(recipe.Fit(data).Tree, (recipe with { SplitMethod = SplitMethod.Histogram }).Fit(data).Tree);
        }
    }

    [Fact]
    public void A_node_that_reads_few_of_many_columns_sees_the_same_cells()
    {
        // Whole rows are copied where a node reads a good part of the columns; drawing one of forty does not.
        FeatureTable table = Table(40, missing: true, out double[] signal);
        int[] labels = [.. signal.Select(value => value > 0 ? 1 : 0)];
        ClassificationDataset data = ClassificationDataset.Create(table, labels);
        foreach (int features in (int[])[1, 2, 3, 39])
        {
            var recipe = new DecisionTreeClassifier
            {
                MaxFeatures = FeatureCount.Exactly(features),
                SplitMethod = SplitMethod.Exact,
                Seed = 3,
            };
            Compare(recipe.Fit(data).Tree, (recipe with { SplitMethod = SplitMethod.Histogram }).Fit(data).Tree);
        }
    }

    private static IEnumerable<(int MinSamplesLeaf, double MinWeight)> Limits => [(1, 0), (20, 0), (1, 1.0 / 64)];

    private static double[] Weights()
    {
        var random = new RandomStream(5);
        return [.. Enumerable.Range(0, Rows).Select(_ => (double)random.NextInt(4))];
    }

    private static FeatureTable Table(int columns, bool missing, out double[] signal)
    {
        var random = new RandomStream(1);
        var cells = new double[columns][];
        signal = new double[Rows];
        for (int c = 0; c < columns; c++)
        {
            int values = c % 3 == 2 ? 6 : 250;
            cells[c] = new double[Rows];
            for (int r = 0; r < Rows; r++)
            {
                double cell = random.NextInt(values) - (values / 2);
                signal[r] += c < 3 ? cell : 0;
                cells[c][r] = missing && random.NextInt(9) == 0 ? double.NaN : cell;
            }
        }

        return FeatureTable.FromColumns(cells);
    }

    private static void Compare(Tree exact, Tree histogram)
    {
        histogram.InnerCount.Should().Be(exact.InnerCount).And.BeGreaterThan(10);
        for (int node = 0; node < exact.InnerCount; node++)
        {
            (histogram.Feature(node), histogram.Threshold(node), histogram.DefaultLeft(node), histogram.Left(node), histogram.Right(node))
                .Should().Be((exact.Feature(node), exact.Threshold(node), exact.DefaultLeft(node), exact.Left(node), exact.Right(node)));
        }

        histogram.LeafValues.Should().Equal(exact.LeafValues);
    }
}
