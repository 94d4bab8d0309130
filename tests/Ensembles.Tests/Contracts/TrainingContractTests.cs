using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Tests.Contracts;

/// <summary>What every learner keeps about the rows, weights and features that it is given.</summary>
public class TrainingContractTests
{
    public static TheoryData<string> All => LearnerCase.Names();

    public static TheoryData<string> Weighted => LearnerCase.Names(learner => learner.IsWeighted);

    public static TheoryData<string> FreeOfUnits => LearnerCase.Names(learner => learner.IsWeighted && learner.IsFreeOfUnits);

    public static TheoryData<string> Supervised => LearnerCase.Names(learner => learner.IsSupervised);

    public static TheoryData<string> Unsampled => LearnerCase.Names(learner => learner.WithoutRowSampling is not null);

    [Theory]
    [MemberData(nameof(Weighted))]
    public void Rows_of_weight_zero_count_as_absent(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        ContractData data = ContractData.Mixed();
        int[] kept = [.. Enumerable.Range(0, data.Table.RowCount).Where(r => r % 5 != 2)];
        double[] weights = [.. Enumerable.Range(0, data.Table.RowCount).Select(r => r % 5 == 2 ? 0.0 : 1 + (r % 3))];
        ContractData weighted = data with { Weights = weights };

        Fitted withZeros = learner.Fit(weighted);
        Fitted without = learner.Fit(weighted.SelectRows(kept));

        withZeros.PredictGrid().Should().Equal(without.PredictGrid());
        withZeros.TreeBits().Should().Equal(without.TreeBits());
    }

    /// <summary>
    /// Where each tree sees every row, a row of weight k is k rows. A sample draws rows, not weights, so of learners that sample this
    /// holds with sampling off only; the values agree to rounding, as the sums have other terms. (For the same reason trees stay shallow
    /// here: in nodes of a few rows two features often part the rows alike, and rounding then says which is taken.)
    /// </summary>
    [Theory]
    [MemberData(nameof(Unsampled))]
    public void A_row_of_whole_weight_is_as_many_rows(string name)
    {
        Learner learner = LearnerCase.Named(name).WithoutRowSampling!;
        ContractData data = ContractData.Mixed();
        int[] repeated = [.. Enumerable.Range(0, data.Table.RowCount).SelectMany(r => Enumerable.Repeat(r, 1 + (r % 3)))];
        double[] weights = [.. Enumerable.Range(0, data.Table.RowCount).Select(r => 1.0 + (r % 3))];

        double[] ofWeights = LearnerCase.Fit(learner, data with { Weights = weights }).PredictGrid();
        double[] ofRows = LearnerCase.Fit(learner, data.SelectRows(repeated)).PredictGrid();

        for (int i = 0; i < ofRows.Length; i++)
        {
            ofWeights[i].Should().BeApproximately(ofRows[i], 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(FreeOfUnits))]
    public void The_unit_of_weights_does_not_matter(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        ContractData data = ContractData.Mixed();
        double[] weights = [.. Enumerable.Range(0, data.Table.RowCount).Select(r => 1.0 + (r % 4))];

        Fitted heavy = learner.Fit(data with { Weights = Array.ConvertAll(weights, w => 1024 * w) });
        Fitted light = learner.Fit(data with { Weights = Array.ConvertAll(weights, w => w / 1024) });

        heavy.TreeBits().Should().Equal(light.TreeBits());
    }

    [Theory]
    [MemberData(nameof(Weighted))]
    public void Weights_of_one_are_no_weights(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        ContractData data = ContractData.Mixed();
        double[] ones = [.. Enumerable.Repeat(1.0, data.Table.RowCount)];

        learner.Fit(data with { Weights = ones }).TreeBits().Should().Equal(learner.Fit(data).TreeBits());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Missing_values_are_learned_from_and_predicted(string name)
    {
        Fitted model = LearnerCase.Named(name).Fit(ContractData.Mixed());

        double[] missing = model.Predict([double.NaN, double.NaN, double.NaN, double.NaN]);
        double[] grid = model.PredictGrid();

        missing.Should().OnlyContain(value => double.IsFinite(value));
        grid.Should().OnlyContain(value => double.IsFinite(value));
        if (model.Model is ClassificationModel)
        {
            grid.Chunk(3).Should().OnlyContain(row => Math.Abs(row.Sum() - 1) < 1e-12 && row.Min() >= 0);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_column_without_any_value_is_no_obstacle(string name)
    {
        double[] nothing = [.. Enumerable.Repeat(double.NaN, 40)];
        double[] numbers = [.. Enumerable.Range(0, 40).Select(r => (double)(r % 13))];
        FeatureTable table = new FeatureTableBuilder()
            .Numeric("nothing", nothing)
            .Categorical("none", Enumerable.Repeat<string?>(null, 40).ToArray())
            .Numeric("numbers", numbers)
            .Build();
        var data = new ContractData(table, [.. numbers.Select(x => x > 6 ? 1.0 : 0)], []);

        Fitted model = LearnerCase.Named(name).Fit(data);

        model.Predict([double.NaN, double.NaN, 2]).Should().OnlyContain(value => double.IsFinite(value));
        model.Predict([1.0, 0, 11]).Should().Equal(model.Predict([double.NaN, double.NaN, 11]), "nothing was learned of these columns");
    }

    [Theory]
    [MemberData(nameof(Supervised))]
    public void Categories_alone_are_learned(string name)
    {
        // 40 rows a category, so that no sample lacks one.
        string?[] cells = [.. Enumerable.Range(0, 120).Select(r => new[] { "x", "y", "z" }[r % 3])];
        FeatureTable table = new FeatureTableBuilder().Categorical("letter", cells).Build();
        var data = new ContractData(table, [.. Enumerable.Range(0, 120).Select(r => r % 3 == 1 ? 2.0 : 0)], []);

        LearnerCase learner = LearnerCase.Named(name);
        Fitted model = learner.Fit(data);

        double[] predicted = model.Predict([0.0, 1, 2]);
        int at = model.OutputCount == 3 ? 2 : 0;
        double unit = model.OutputCount == 3 ? 1 : 2;
        predicted.Chunk(model.OutputCount).Select(row => row[at] / unit)
            .Should().Equal([0, 1, 0], (found, expected) => Math.Abs(found - expected) <= learner.Precision);
    }

    [Theory]
    [MemberData(nameof(Supervised))]
    public void One_class_only_or_one_target_is_learned(string name)
    {
        ContractData mixed = ContractData.Mixed();
        var data = mixed with { Targets = [.. mixed.Targets.Select(_ => 1.0)] };

        LearnerCase learner = LearnerCase.Named(name);
        Fitted model = learner.Fit(data);

        double[] expected = model.OutputCount == 3 ? [0, 1, 0] : [1];
        model.PredictGrid().Chunk(model.OutputCount).Should().OnlyContain(row => AreNear(row, expected, learner.Precision));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Constant_features_tell_nothing(string name)
    {
        FeatureTable table = new FeatureTableBuilder()
            .Numeric("a", Enumerable.Repeat(3.0, 40).ToArray())
            .Categorical("b", Enumerable.Repeat<string?>("only", 40).ToArray())
            .Build();
        var data = new ContractData(table, [.. Enumerable.Range(0, 40).Select(r => (double)(r % 2))], []);

        Fitted model = LearnerCase.Named(name).Fit(data);

        double[] here = model.Predict([3.0, 0]);
        here.Should().OnlyContain(value => value >= 0 && value <= 1);
        model.Predict([7.0, double.NaN]).Should().Equal(here, "there is no split that could tell the rows apart");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_single_row_is_enough(string name)
    {
        ContractData data = ContractData.Mixed().SelectRows(3);

        LearnerCase learner = LearnerCase.Named(name);
        Fitted model = learner.Fit(data);

        int target = (int)data.Targets[0];
        double[] expected = model.Model switch
        {
            ClassificationModel => [.. Enumerable.Range(0, 3).Select(k => k == target ? 1.0 : 0)],
            RegressionModel => [target],
            _ => [0.5],
        };
        model.PredictGrid().Chunk(model.OutputCount).Should().OnlyContain(row => AreNear(row, expected, learner.Precision));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Fitting_changes_neither_the_recipe_nor_the_data(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        ContractData data = ContractData.Mixed();
        string before = learner.Learner.ToString();
        double[] cells = [.. Enumerable.Range(0, 4).SelectMany(data.Table.Column)];

        learner.Fit(data);

        learner.Learner.ToString().Should().Be(before);
        Enumerable.Range(0, 4).SelectMany(data.Table.Column).Should().Equal(cells);
    }

    private static bool AreNear(double[] row, double[] expected, double precision) =>
        row.Length == expected.Length && row.Zip(expected, (a, b) => Math.Abs(a - b)).Max() <= precision;

    [Fact]
    public void Targets_that_are_no_numbers_are_refused_with_their_row()
    {
        FeatureTable table = FeatureTable.FromRows(new double[3, 1]);

        foreach (double bad in new[] { double.NaN, double.PositiveInfinity })
        {
            ((Action)(() => RegressionDataset.Create(table, [1, bad, 2])))
                .Should().Throw<ArgumentException>().WithMessage("*Row 1*finite*");
        }
    }
}
