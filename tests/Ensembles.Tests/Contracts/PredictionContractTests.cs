using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Tests.Contracts;

/// <summary>What every model keeps about the rows that it predicts.</summary>
public class PredictionContractTests
{
    public static TheoryData<string> All => LearnerCase.Names();

    [Theory]
    [MemberData(nameof(All))]
    public void A_row_a_batch_and_a_table_give_the_same_bits(string name)
    {
        Fitted model = LearnerCase.Named(name).Fit(ContractData.Mixed());
        FeatureTable table = ContractData.Mixed(700, seed: 8).Table;
        int outputs = model.OutputCount;
        double[] rows = [.. Enumerable.Range(0, 700).SelectMany(table.Row)];
        float[] floats = Array.ConvertAll(rows, cell => (float)cell);

        double[] ofTable = model.Predict(table);

        var destination = new double[ofTable.Length];
        model.Predict(table, destination);
        destination.Should().Equal(ofTable);
        model.Predict(rows).Should().Equal(ofTable);
        destination.AsSpan().Clear();
        model.Predict(floats, destination);
        destination.Should().Equal(ofTable);
        for (int r = 0; r < 700; r++)
        {
            destination.AsSpan().Clear();
            model.Predict(rows.AsSpan(r * 4, 4), destination.AsSpan(0, outputs));
            destination[..outputs].Should().Equal(ofTable[(r * outputs)..((r + 1) * outputs)]);
            destination.AsSpan().Clear();
            model.Predict(floats.AsSpan(r * 4, 4), destination.AsSpan(0, outputs));
            destination[..outputs].Should().Equal(ofTable[(r * outputs)..((r + 1) * outputs)]);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Columns_in_another_order_and_categories_of_other_codes_read_the_same(string name)
    {
        Fitted model = LearnerCase.Named(name).Fit(ContractData.Mixed());
        FeatureTable table = ContractData.Mixed(200, seed: 5).Table;
        string[] turned = ["violet", .. table.Schema[2].Categories.Reverse()];
        int[] codes = [.. table.Column(2).Select(code => double.IsNaN(code) ? -1 : turned.Length - 1 - (int)code)];
        FeatureTable other = new FeatureTableBuilder()
            .Categorical("colour", turned, codes)
            .Numeric("unread", new double[200])
            .Numeric("size", table.Column(1))
            .Numeric("constant", table.Column(3))
            .Numeric("age", table.Column(0))
            .Build();

        model.Predict(other).Should().Equal(model.Predict(table));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_category_that_was_never_seen_reads_as_missing(string name)
    {
        Fitted model = LearnerCase.Named(name).Fit(ContractData.Mixed());
        FeatureTable Two(string? colour) => new FeatureTableBuilder()
            .Numeric("age", [5.5, 1])
            .Numeric("size", [1.5, 1])
            .Categorical("colour", [colour, "red"])
            .Numeric("constant", [5.0, 5])
            .Build();

        model.Predict(Two("ultraviolet")).Should().Equal(model.Predict(Two(null)));
        model.Predict([5.5, 1.5, 77, 5]).Should().Equal(model.Predict([5.5, 1.5, double.NaN, 5]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Many_threads_may_predict_at_once(string name)
    {
        Fitted model = LearnerCase.Named(name).Fit(ContractData.Mixed());
        FeatureTable table = ContractData.Mixed(300, seed: 6).Table;
        double[] expected = model.Predict(table);
        var found = new double[16][];

        Parallel.For(0, found.Length, i =>
        {
            found[i] = new double[expected.Length];
            for (int r = 0; r < 300 && i % 2 == 0; r++)
            {
                model.Predict(table.Row(r), found[i].AsSpan(r * model.OutputCount, model.OutputCount));
            }

            found[i] = i % 2 == 0 ? found[i] : model.Predict(table);
        });

        found.Should().OnlyContain(predictions => predictions.SequenceEqual(expected));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Rows_of_another_width_are_refused(string name)
    {
        Fitted model = LearnerCase.Named(name).Fit(ContractData.Mixed());
        var destination = new double[model.OutputCount];

        ((Action)(() => model.Predict(new double[3], destination))).Should().Throw<ArgumentException>()
            .WithMessage("The model reads rows of 4 features; 3 cells do not make whole rows.*");
        ((Action)(() => model.Predict(new float[7], destination))).Should().Throw<ArgumentException>()
            .WithMessage("The model reads rows of 4 features; 7 cells do not make whole rows.*");
        ((Action)(() => model.Predict(Array.Empty<double>(), destination))).Should().Throw<ArgumentException>()
            .WithMessage("*0 cells do not make whole rows.*");
        ((Action)(() => model.Predict(ContractData.Mixed().Table.SelectColumns([0, 2, 3])))).Should().Throw<ArgumentException>()
            .WithMessage("*reads 4 columns, but the table has 3; not found: 'size'*");
        FeatureTable wrongKind = new FeatureTableBuilder()
            .Numeric("age", [1.0]).Numeric("size", [1.0]).Numeric("colour", [1.0]).Numeric("constant", [1.0]).Build();
        ((Action)(() => model.Predict(wrongKind))).Should().Throw<ArgumentException>()
            .WithMessage("Column 'colour' is Numeric in the table, but Categorical in the model.*");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Destinations_of_another_length_are_refused(string name)
    {
        Fitted model = LearnerCase.Named(name).Fit(ContractData.Mixed());
        int outputs = model.OutputCount;
        string message = $"2 rows of {outputs} outputs need {2 * outputs} places, not {(2 * outputs) + 1}.*";
        var destination = new double[(2 * outputs) + 1];
        FeatureTable two = ContractData.Mixed().Table.SelectRows([0, 1]);

        ((Action)(() => model.Predict(new double[8], destination))).Should().Throw<ArgumentException>().WithMessage(message);
        ((Action)(() => model.Predict(new float[8], destination))).Should().Throw<ArgumentException>().WithMessage(message);
        ((Action)(() => model.Predict(two, destination))).Should().Throw<ArgumentException>().WithMessage(message);
        destination.Should().OnlyContain(value => value == 0, "nothing is written before the check");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Predicting_a_row_allocates_nothing(string name)
    {
        Fitted model = LearnerCase.Named(name).Fit(ContractData.Mixed());
        double[] row = ContractData.Mixed().Table.Row(4);
        float[] floats = Array.ConvertAll(row, cell => (float)cell);
        var destination = new double[model.OutputCount];
        model.Predict(row, destination);
        model.Predict(floats, destination);

        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                model.Predict(row, destination);
                model.Predict(floats, destination);
            }
        });

        allocated.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_model_keeps_the_schema_of_its_training(string name)
    {
        ContractData data = ContractData.Mixed();

        LearnerCase.Named(name).Fit(data).Model.Schema.Equals(data.Table.Schema).Should().BeTrue();
    }
}
