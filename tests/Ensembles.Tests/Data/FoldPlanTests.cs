using Ensembles.Data;
using Ensembles.Datasets;

namespace Ensembles.Tests.Data;

public class FoldPlanTests
{
    private static readonly int[] Patients = [.. Enumerable.Range(0, 60).Select(r => (r * 5) % 13 % 11)];

    public static TheoryData<string> Partitions => [.. Plans.Keys];

    /// <summary>Plans that test every row once.</summary>
    private static Dictionary<string, FoldPlan> Plans { get; } = new(StringComparer.Ordinal)
    {
        ["standard"] = FoldPlan.Standard(4, seed: 3),
        ["even"] = FoldPlan.KFold(7, seed: 3),
        ["stratified"] = FoldPlan.Stratified(5, seed: 3),
        ["blocks"] = FoldPlan.Blocks(7),
        ["grouped"] = FoldPlan.Grouped(Patients, 4, seed: 3),
        ["stratified grouped"] = FoldPlan.StratifiedGrouped(Patients, 4, seed: 3),
        ["leave one group out"] = FoldPlan.LeaveOneGroupOut(Patients),
        ["leave one out"] = FoldPlan.KFold(60),
    };

    [Theory]
    [MemberData(nameof(Partitions))]
    public void Every_row_is_tested_once_and_learned_from_otherwise(string name)
    {
        IReadOnlyList<Fold> folds = Plans[name].Split(Classes());

        folds.SelectMany(fold => fold.Test.ToArray()).Order().Should().Equal(Enumerable.Range(0, 60));
        foreach (Fold fold in folds)
        {
            int[] train = fold.Train.ToArray();
            train.Should().Equal(train.Order());
            train.Concat(fold.Test.ToArray()).Order().Should().Equal(Enumerable.Range(0, 60));
        }
    }

    [Theory]
    [MemberData(nameof(Partitions))]
    public void The_same_plan_gives_the_same_folds(string name) =>
        Rows(Plans[name], Classes()).Should().Equal(Rows(Plans[name], Classes()));

    [Fact]
    public void Other_seeds_give_other_folds()
    {
        Rows(FoldPlan.KFold(5, 1), Classes()).Should().NotEqual(Rows(FoldPlan.KFold(5, 2), Classes()));
        Rows(FoldPlan.Stratified(5, 1), Classes()).Should().NotEqual(Rows(FoldPlan.Stratified(5, 2), Classes()));
        Rows(FoldPlan.Stratified(5, 1), Numbers()).Should().NotEqual(Rows(FoldPlan.Stratified(5, 2), Numbers()));
        Rows(FoldPlan.Holdout(0.5, 1, 1), Numbers()).Should().NotEqual(Rows(FoldPlan.Holdout(0.5, 1, 2), Numbers()));
    }

    [Fact]
    public void Random_folds_are_those_of_the_dataset()
    {
        ClassificationDataset data = Classes();

        FoldPlan.Stratified(5, 9).Split(data).Select(fold => fold.Of(data).Test.Labels.ToArray())
            .Should().BeEquivalentTo(data.FoldsStratified(5, 9).Select(fold => fold.Test.Labels.ToArray()), o => o.WithStrictOrdering());
        Rows(FoldPlan.Standard(5, 9), data).Should().Equal(Rows(FoldPlan.Stratified(5, 9), data));
        Rows(FoldPlan.Standard(5, 9), Numbers()).Should().Equal(Rows(FoldPlan.KFold(5, 9), Numbers()));
    }

    [Fact]
    public void Stratified_folds_have_the_classes_in_nearly_the_same_shares()
    {
        ClassificationDataset data = Classes();

        foreach (Fold fold in FoldPlan.Stratified(5, 2).Split(data))
        {
            fold.Of(data).Test.CountByClass().Should().Equal([4, 4, 4], (found, expected) => Math.Abs(found - expected) <= 1);
        }
    }

    [Fact]
    public void Stratified_folds_of_numbers_have_nearly_the_same_mean()
    {
        RegressionDataset data = Numbers();

        double[] means = [.. FoldPlan.Stratified(5, 2).Split(data).Select(fold => fold.Of(data).Test.Targets.ToArray().Average())];

        // Of each five neighbours, 0 to 4 apart, every fold has one.
        (means.Max() - means.Min()).Should().BeLessThan(4);
    }

    [Fact]
    public void Folds_of_groups_share_none()
    {
        foreach (FoldPlan plan in new[] { FoldPlan.Grouped(Patients, 3), FoldPlan.StratifiedGrouped(Patients, 3) })
        {
            foreach (Fold fold in plan.Split(Classes()))
            {
                fold.Train.ToArray().Select(r => Patients[r]).Should().NotIntersectWith(fold.Test.ToArray().Select(r => Patients[r]));
            }
        }
    }

    /// <summary>The largest group first, each to the smallest fold: of 6, 5, 4, 3, 2 rows, two folds have 6 + 3 + 2 and 5 + 4.</summary>
    [Fact]
    public void Folds_of_groups_are_of_nearly_equal_size()
    {
        string[] groups = [.. Enumerable.Range(2, 5).SelectMany(size => Enumerable.Repeat($"of {size}", size))];
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromRows(new double[20, 1]), new double[20]);

        FoldPlan.Grouped(groups, 2).Split(data).Select(fold => fold.Test.Length).Order().Should().Equal(9, 11);
    }

    [Fact]
    public void Stratified_folds_of_groups_have_shares_as_near_as_groups_allow()
    {
        // Four groups of one class, four of the other: each fold of four can have one of both.
        int[] groups = [.. Enumerable.Range(0, 40).Select(r => r / 5)];
        int[] labels = [.. groups.Select(group => group < 4 ? 0 : 1)];
        var data = ClassificationDataset.Create(FeatureTable.FromRows(new double[40, 1]), labels);

        foreach (Fold fold in FoldPlan.StratifiedGrouped(groups, 4, seed: 5).Split(data))
        {
            fold.Of(data).Test.CountByClass().Should().Equal(5, 5);
        }
    }

    [Fact]
    public void Left_out_groups_come_in_the_order_in_which_they_appear() =>
        FoldPlan.LeaveOneGroupOut(["b", "a", "b", "c"])
            .Split(RegressionDataset.Create(FeatureTable.FromRows(new double[4, 1]), new double[4]))
            .Select(fold => string.Join(' ', fold.Test.ToArray()))
            .Should().Equal("0 2", "1", "3");

    /// <summary>The figures of scikit-learn's TimeSeriesSplit(n_splits=3, test_size=2, gap=1, max_train_size=4) of 12 rows.</summary>
    [Fact]
    public void In_time_a_model_learns_from_what_came_before()
    {
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromRows(new double[12, 1]), new double[12]);

        FoldPlan.TimeSeries(3, testRows: 2, gap: 1, maxTrainRows: 4).Split(data)
            .Select(fold => $"{string.Join(' ', fold.Train.ToArray())} | {string.Join(' ', fold.Test.ToArray())}")
            .Should().Equal("1 2 3 4 | 6 7", "3 4 5 6 | 8 9", "5 6 7 8 | 10 11");
        FoldPlan.TimeSeries(4).Split(data)
            .Select(fold => $"{fold.Train.Length} | {string.Join(' ', fold.Test.ToArray())}")
            .Should().Equal("4 | 4 5", "6 | 6 7", "8 | 8 9", "10 | 10 11");
    }

    [Fact]
    public void Blocks_are_neighbours_and_the_first_ones_are_larger() =>
        FoldPlan.Blocks(3).Split(RegressionDataset.Create(FeatureTable.FromRows(new double[8, 1]), new double[8]))
            .Select(fold => string.Join(' ', fold.Test.ToArray()))
            .Should().Equal("0 1 2", "3 4 5", "6 7");

    [Fact]
    public void The_first_random_split_is_that_of_the_dataset()
    {
        ClassificationDataset data = Classes();
        IReadOnlyList<Fold> folds = FoldPlan.Holdout(0.7, 3, seed: 4).Split(data);

        folds[0].Of(data).Test.Features.Column(0).Should().Equal(data.SplitStratified(0.7, 4).Second.Features.Column(0));
        folds.Select(fold => string.Join(' ', fold.Test.ToArray())).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_repeated_plan_begins_with_the_plan_and_goes_on_with_other_folds()
    {
        string[] rows = Rows(FoldPlan.Stratified(3, 6).Repeat(4), Classes());

        rows.Should().HaveCount(12).And.OnlyHaveUniqueItems();
        rows[..3].Should().Equal(Rows(FoldPlan.Stratified(3, 6), Classes()));
    }

    [Fact]
    public void Plans_without_chance_are_not_repeated() =>
        ((Action)(() => FoldPlan.Blocks(3).Repeat(2))).Should().Throw<InvalidOperationException>().WithMessage("3 folds in order*");

    [Fact]
    public void Plans_say_what_they_do() =>
        new[]
        {
            FoldPlan.Stratified(5, 1).Repeat(10), FoldPlan.TimeSeries(4, gap: 2), FoldPlan.Grouped(Patients, 3, 7), FoldPlan.Holdout(0.75),
        }.Select(plan => plan.ToString()).Should().Equal(
            "10 times 5 stratified folds, seed 1",
            "4 folds in time, gap 2",
            "3 folds of 11 groups, seed 7",
            "1 random splits, 0.75 to learn from, seed 0");

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused<ArgumentOutOfRangeException>(() => FoldPlan.KFold(1));
        Refused<ArgumentException>(() => FoldPlan.KFold(61).Split(Classes())).WithMessage("61 folds need as many rows; there are 60.*");
        Refused<ArgumentException>(() => FoldPlan.Grouped(Patients, 14)).WithMessage("14 folds need as many groups; there are 11.*");
        Refused<ArgumentException>(() => FoldPlan.Grouped([1, 2, 3], 2).Split(Classes())).WithMessage("There are groups of 3 rows, but the data have 60*");
        Refused<ArgumentException>(() => FoldPlan.StratifiedGrouped(Patients, 3).Split(Numbers())).WithMessage("*need classes*");
        Refused<ArgumentException>(() => FoldPlan.LeaveOneGroupOut([1, 1]));
        Refused<ArgumentException>(() => FoldPlan.Grouped(["a", null!], 2)).WithMessage("Row 1*null*");
        Refused<ArgumentException>(() => FoldPlan.TimeSeries(5, testRows: 12).Split(Numbers())).WithMessage("*60 rows are too few*");
        Refused<ArgumentOutOfRangeException>(() => FoldPlan.TimeSeries(5, gap: -1));
        Refused<ArgumentOutOfRangeException>(() => FoldPlan.Holdout(1));
        Refused<ArgumentException>(() => FoldPlan.Given([([0, 1], [1, 2])])).WithMessage("Fold 0: row 1 is learned from and tested on.*");
        Refused<ArgumentException>(() => FoldPlan.Given([([0, 1], [])])).WithMessage("Fold 0*");
        Refused<ArgumentException>(() => FoldPlan.Given([([0, 1], [60])]).Split(Classes())).WithMessage("*row 60*60 rows*");
    }

    [Fact]
    public void Three_parts_share_no_row_and_keep_the_classes()
    {
        ClassificationDataset data = SampleData.Iris();

        var (train, validation, test) = data.SplitStratified(0.6, 0.2, seed: 8);

        new[] { train, validation, test }.Select(part => string.Join(' ', part.CountByClass())).Should().Equal("30 30 30", "10 10 10", "10 10 10");
        var (a, b, c) = Numbers().Split(train: 0.5, validation: 0.25, seed: 3);
        new[] { a.RowCount, b.RowCount, c.RowCount }.Should().Equal(30, 15, 15);
        a.Targets.ToArray().Concat(b.Targets.ToArray()).Concat(c.Targets.ToArray()).Order()
            .Should().Equal(Numbers().Targets.ToArray().Order());
        Refused<ArgumentOutOfRangeException>(() => Numbers().Split(0.6, 0.4)).WithMessage("*train + validation*");
    }

    [Fact]
    public void A_split_in_order_parts_the_past_from_the_future()
    {
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromRows(new double[10, 1]), [.. Enumerable.Range(0, 10)]);

        data.SplitInOrder(0.8).Second.Targets.ToArray().Should().Equal(8, 9);
        var (train, validation, test) = data.SplitInOrder(0.5, 0.3);
        train.Targets.ToArray().Should().Equal(0, 1, 2, 3, 4);
        validation.Targets.ToArray().Should().Equal(5, 6, 7);
        test.Targets.ToArray().Should().Equal(8, 9);
    }

    [Fact]
    public void A_split_of_groups_parts_none()
    {
        RegressionDataset data = Numbers();
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (first, second) = data.SplitGrouped(Patients, 0.7, seed);

            int[] inFirst = [.. first.Targets.ToArray().Select(target => Patients[(int)target])];
            inFirst.Should().NotIntersectWith(second.Targets.ToArray().Select(target => Patients[(int)target]));
            first.RowCount.Should().BeInRange(34, 50);
            (first.RowCount + second.RowCount).Should().Be(60);
        }

        // The one group that would overshoot must not leave a part empty.
        int[] two = [.. Enumerable.Range(0, 60).Select(r => r == 0 ? 1 : 0)];
        for (ulong seed = 0; seed < 4; seed++)
        {
            data.SplitGrouped(two, 0.01, seed).First.RowCount.Should().BeOneOf(1, 59);
            data.SplitGrouped(two, 0.99, seed).Second.RowCount.Should().BeOneOf(1, 59);
        }
    }

    private static ClassificationDataset Classes() => ClassificationDataset.Create(
        Table(), [.. Enumerable.Range(0, 60).Select(r => (r * 7) % 3)]);

    private static RegressionDataset Numbers() => RegressionDataset.Create(Table(), [.. Enumerable.Range(0, 60)]);

    private static FeatureTable Table() =>
        new FeatureTableBuilder().Numeric("row", Enumerable.Range(0, 60).Select(r => (double)r).ToArray()).Build();

    private static string[] Rows(FoldPlan plan, Dataset data) => [.. plan.Split(data).Select(fold => string.Join(' ', fold.Test.ToArray()))];

    private static FluentAssertions.Specialized.ExceptionAssertions<TException> Refused<TException>(Action action)
        where TException : Exception => action.Should().Throw<TException>();
}
