using Ensembles.Data;
using Ensembles.Trees;
using MathNet.Numerics.LinearAlgebra;

namespace Ensembles.Tests.Data;

public class DatasetTests
{
    [Fact]
    public void A_classification_dataset_is_made_from_labels_indices_or_names()
    {
        FeatureTable table = Rows(3);
        ClassificationDataset.Create(table, ["b", "a", "b"]).Labels.ToArray().Should().Equal(1, 0, 1);
        ClassificationDataset.Create(table, (ReadOnlySpan<int>)[5, 7, 5]).Classes.Should().Equal("5", "7");
        var classes = new ClassLabels(["x", "y", "z"]);
        ClassificationDataset byIndex = ClassificationDataset.FromIndices(table, classes, [2, 0, 2], [1, 2, 3]);
        byIndex.ClassCount.Should().Be(3);
        byIndex.CountByClass().Should().Equal(1, 0, 2);
        byIndex.Weights.ToArray().Should().Equal(1, 2, 3);
        ClassificationDataset.FromNames(table, classes, ["z", "x", "z"]).Labels.ToArray().Should().Equal(2, 0, 2);
    }

    [Fact]
    public void A_regression_dataset_is_made_from_numbers_or_vectors()
    {
        RegressionDataset.Create(Rows(2), [1.5, -2]).Targets.ToArray().Should().Equal(1.5, -2);
        Vector<double> vector = Vector<double>.Build.Dense([1.5, -2]);
        RegressionDataset data = RegressionDataset.Create(Rows(2), vector, Vector<double>.Build.Dense([0, 1.0]));
        data.Targets.ToArray().Should().Equal(1.5, -2);
        data.Weights.ToArray().Should().Equal(0, 1);
        data.ToString().Should().EndWith("numeric target, weighted");
    }

    [Fact]
    public void Bad_targets_are_refused_with_their_row()
    {
        FeatureTable table = Rows(2);
        var classes = new ClassLabels(["x", "y"]);
        Check(() => ClassificationDataset.Create(table, ["a"]), "There are 2 rows of features but 1 labels.*", "labels");
        Check(() => ClassificationDataset.Create(table, ["a", null!]), "Row 1: the label is null.*", "labels");
        Check(() => ClassificationDataset.Create(table, (string[])null!), "*", "labels");
        Check(() => ClassificationDataset.FromIndices(table, classes, [0, 2]), "Row 1: 2 is no index of the 2 classes.*", "labels");
        Check(() => ClassificationDataset.FromIndices(table, classes, [0, -1]), "Row 1: -1 is no index of the 2 classes.*", "labels");
        Check(() => ClassificationDataset.FromIndices(table, classes, [0]), "There are 2 rows of features but 1 labels.*", "labels");
        Check(() => ClassificationDataset.FromNames(table, classes, ["x", "z"]), "Row 1: label 'z' is none of the classes*", "labels");
        Check(() => ClassificationDataset.FromNames(table, classes, ["x", null!]), "Row 1: label '' is none of the classes*", "labels");
        Check(() => RegressionDataset.Create(table, [1]), "There are 2 rows of features but 1 targets.*", "targets");
        Check(() => RegressionDataset.Create(table, [1, double.NaN]), "Row 1: the target is NaN; it must be finite.*", "targets");
        Check(() => RegressionDataset.Create(table, [double.NegativeInfinity, 1]), "Row 0: the target is -Infinity;*", "targets");
    }

    [Fact]
    public void Bad_weights_are_refused_with_their_row()
    {
        RegressionDataset data = RegressionDataset.Create(Rows(2), [1, 2]);
        Check(() => data.WithWeights([1]), "There are 2 rows but 1 weights.*", "weights");
        Check(() => data.WithWeights([1, -0.5]), "Row 1: the weight is -0.5; it must be finite and not negative.*", "weights");
        Check(() => data.WithWeights([double.NaN, 1]), "Row 0: the weight is NaN;*", "weights");
        Check(() => data.WithWeights([double.PositiveInfinity, 1]), "Row 0: the weight is Infinity;*", "weights");
        Check(() => data.WithWeights([0, 0]), "All weights are zero.*", "weights");
        Check(() => data.WithWeights([0, 1]).SelectRows([0, 0]), "All of the rows selected have weight 0.*", "rows");
        data.WithWeights([0, 1]).WithWeights([]).IsWeighted.Should().BeFalse();
    }

    [Fact]
    public void Views_keep_targets_and_weights_with_their_rows()
    {
        RegressionDataset all = RegressionDataset.Create(Rows(4), [10, 11, 12, 13], [1, 2, 3, 4]);
        RegressionDataset numbers = all.SelectRows([3, 1, 1]).SelectRows([1, 0]);
        numbers.Features.Column(0).Should().Equal(1, 3);
        numbers.Targets.ToArray().Should().Equal(11, 13);
        numbers.Weights.ToArray().Should().Equal(2, 4);
        ClassificationDataset classes = ClassificationDataset.Create(Rows(4), ["a", "b", "c", "b"], [1, 2, 3, 4]).SelectRows([3, 1]);
        classes.Labels.ToArray().Should().Equal(1, 1);
        classes.Classes.Should().Equal("a", "b", "c");
        classes.Weights.ToArray().Should().Equal(4, 2);
        classes.SelectColumns([1]).Features.Column(0).Should().Equal(-3, -1);
        classes.SelectColumns([1]).Weights.ToArray().Should().Equal(4, 2);
        numbers.SelectColumns([1, 0]).Schema.Select(f => f.Name).Should().Equal("x1", "x0");
        numbers.Invoking(d => d.SelectRows([2])).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Index 2*");
    }

    [Theory]
    [InlineData(10, 0.8, 8)]
    [InlineData(10, 0.25, 3)]
    [InlineData(3, 0.01, 1)]
    [InlineData(3, 0.99, 2)]
    [InlineData(1001, 0.5, 501)]
    public void A_split_is_disjoint_complete_and_of_the_stated_share(int rows, double fraction, int first)
    {
        RegressionDataset data = RegressionDataset.Create(Rows(rows), Range(rows));
        (RegressionDataset one, RegressionDataset two) = data.Split(fraction, seed: 5);
        one.RowCount.Should().Be(first);
        double[] joined = [.. one.Targets, .. two.Targets];
        joined.Order().Should().Equal(Range(rows));
        one.Targets.ToArray().Should().BeInAscendingOrder();
        one.Features.Column(0).Should().Equal(one.Targets.ToArray());
        data.Split(fraction, seed: 5).First.Targets.ToArray().Should().Equal(one.Targets.ToArray());
    }

    [Fact]
    public void Other_seeds_give_other_splits()
    {
        RegressionDataset data = RegressionDataset.Create(Rows(100), Range(100));
        double[][] parts = [.. Enumerable.Range(0, 20).Select(seed => data.Split(0.5, (ulong)seed).First.Targets.ToArray())];
        parts.Select(part => string.Join(',', part)).Distinct(StringComparer.Ordinal).Should().HaveCount(20);

        // Every row is as likely as another: 20 draws of probability a half each, mean 10, deviation 2.2.
        int[] counts = [.. Range(100).Select(row => parts.Count(part => part.Contains(row)))];
        counts.Should().OnlyContain(count => count >= 1 && count <= 19);
    }

    [Fact]
    public void A_stratified_split_keeps_the_share_of_every_class()
    {
        string[] labels = [.. Enumerable.Range(0, 1000).Select(i => i % 100 == 0 ? "rare" : i % 4 == 1 ? "some" : "most"), "single"];
        ClassificationDataset data = ClassificationDataset.Create(Rows(1001), labels);
        (ClassificationDataset first, ClassificationDataset second) = data.SplitStratified(0.7, seed: 3);
        data.Classes.Should().Equal("most", "rare", "single", "some");
        first.CountByClass().Should().Equal(518, 7, 1, 175);
        second.CountByClass().Should().Equal(222, 3, 0, 75);
        double[] joined = [.. first.Features.Column(0), .. second.Features.Column(0)];
        joined.Order().Should().Equal(Range(1001));
        second.Classes.Should().Equal(data.Classes);
        ClassificationDataset singles = ClassificationDataset.Create(Rows(2), ["a", "b"]);
        singles.Invoking(d => d.SplitStratified(0.5)).Should().Throw<InvalidOperationException>();
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(9, 9)]
    [InlineData(1000, 7)]
    public void Folds_part_the_rows_in_nearly_equal_sizes(int rows, int count)
    {
        RegressionDataset data = RegressionDataset.Create(Rows(rows), Range(rows));
        IReadOnlyList<(RegressionDataset Train, RegressionDataset Test)> folds = data.Folds(count, seed: 1);
        folds.Should().HaveCount(count);
        folds.SelectMany(f => f.Test.Targets.ToArray()).Order().Should().Equal(Range(rows));
        foreach ((RegressionDataset train, RegressionDataset test) in folds)
        {
            test.RowCount.Should().BeInRange(rows / count, (rows + count - 1) / count);
            double[] joined = [.. train.Targets, .. test.Targets];
            joined.Order().Should().Equal(Range(rows));
        }
    }

    [Fact]
    public void Stratified_folds_have_the_same_classes()
    {
        string[] labels = [.. Enumerable.Range(0, 203).Select(i => i % 10 == 0 ? "rare" : "most")];
        ClassificationDataset data = ClassificationDataset.Create(Rows(203), labels);
        IReadOnlyList<(ClassificationDataset Train, ClassificationDataset Test)> folds = data.FoldsStratified(5, seed: 1);
        folds.SelectMany(f => f.Test.Features.Column(0)).Order().Should().Equal(Range(203));
        foreach ((ClassificationDataset train, ClassificationDataset test) in folds)
        {
            test.CountByClass()[1].Should().BeInRange(4, 5);
            test.RowCount.Should().BeInRange(40, 41);
            (train.RowCount + test.RowCount).Should().Be(203);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_share_must_lie_between_0_and_1(double fraction)
    {
        ClassificationDataset data = ClassificationDataset.Create(Rows(4), [0, 1, 0, 1]);
        data.Invoking(d => d.Split(fraction)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(fraction));
        data.Invoking(d => d.SplitStratified(fraction)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(fraction));
    }

    [Fact]
    public void What_cannot_be_parted_is_refused()
    {
        RegressionDataset one = RegressionDataset.Create(Rows(1), [1]);
        one.Invoking(d => d.Split(0.5)).Should().Throw<InvalidOperationException>().WithMessage("One row cannot be parted in two.");
        ClassificationDataset data = ClassificationDataset.Create(Rows(4), [0, 1, 0, 1]);
        data.Invoking(d => d.Folds(1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("count");
        data.Invoking(d => d.Folds(5)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("count");
        data.Invoking(d => d.FoldsStratified(5)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("count");
    }

    private static FeatureTable Rows(int count) =>
        FeatureTable.FromColumns([Range(count), [.. Range(count).Select(value => -value)]]);

    private static double[] Range(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    private static void Check(Func<object> make, string message, string argument) =>
        make.Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(argument);

    [Fact]
    public void Targets_and_weights_whose_squares_overflow_are_refused()
    {
        FeatureTable table = FeatureTable.FromRows(new double[,] { { 1 }, { 2 } });

        FluentActions.Invoking(() => RegressionDataset.Create(table, [1, -1e101]))
            .Should().Throw<ArgumentException>().WithMessage("Row 1: the target is -1E+101*").WithParameterName("targets");
        FluentActions.Invoking(() => RegressionDataset.Create(table, [1, 2], [1e308, 1e308]))
            .Should().Throw<ArgumentException>().WithMessage("The weights add up to*").WithParameterName("weights");
    }

    [Fact]
    public void At_the_limits_of_targets_and_weights_trees_still_find_their_splits()
    {
        FeatureTable table = FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } });
        RegressionDataset data = RegressionDataset.Create(table, [-1e100, -1e100, 1e100, 5e99], [1e49, 1e49, 4e49, 4e49]);

        DecisionTreeRegressionModel model = new DecisionTreeRegressor().Fit(data);

        model.Predict(table).Should().Equal(-1e100, -1e100, 1e100, 5e99);
        model.FeatureImportances().Should().Equal(1);
    }
}
