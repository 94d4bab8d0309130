using Ensembles.Data;

namespace Ensembles.Tests.Data;

public class SchemaMappingTests
{
    private static readonly FeatureSchema Model = new([Feature.Numeric("age"), Feature.Categorical("city", ["Genf", "Bern"])]);

    [Fact]
    public void Columns_and_categories_are_found_by_name()
    {
        FeatureTable table = new FeatureTableBuilder()
            .Categorical("city", ["Bern", "Chur", null, "Genf"])
            .Numeric("unused", (ReadOnlySpan<double>)[0, 0, 0, 0])
            .Numeric("age", (ReadOnlySpan<double>)[1, 2, double.NaN, 4])
            .Build();
        FeatureTable mapped = SchemaMapping.Map(table, Model);
        mapped.Schema.Should().BeSameAs(Model);
        mapped.Column(0).Should().Equal(1, 2, double.NaN, 4);
        mapped.Column(1).Should().Equal(1, double.NaN, double.NaN, 0);
        mapped.ColumnData(0).Should().BeSameAs(table.ColumnData(2), "what needs no new codes is not copied");
        FeatureTable view = SchemaMapping.Map(table.SelectRows([3, 0]), Model);
        view.Row(0).Should().Equal(4, 0);
        view.Row(1).Should().Equal(1, 1);
    }

    [Fact]
    public void A_table_of_the_same_schema_is_taken_as_it_is()
    {
        FeatureTable table = new FeatureTableBuilder()
            .Numeric("age", (ReadOnlySpan<float>)[1])
            .Categorical("city", ["Genf", "Bern"], [1])
            .Build();
        SchemaMapping.Map(table, Model).Should().BeSameAs(table);
    }

    [Fact]
    public void Missing_columns_and_other_kinds_are_refused_by_name()
    {
        FeatureTable narrow = new FeatureTableBuilder().Numeric("age", (ReadOnlySpan<float>)[1]).Build();
        Check(narrow, "The model reads 2 columns, but the table has 1; not found: 'city'.*");
        FeatureTable other = FeatureTable.FromRows(new double[,] { { 1, 2 } }, ["age", "town"]);
        Check(other, "The table has no column 'city', which the model reads.*");
        FeatureTable kinds = FeatureTable.FromRows(new double[,] { { 1, 2 } }, ["age", "city"]);
        Check(kinds, "Column 'city' is Numeric in the table, but Categorical in the model.*");

        static void Check(FeatureTable table, string message) =>
            FluentActions.Invoking(() => SchemaMapping.Map(table, Model)).Should().Throw<ArgumentException>().WithMessage(message);
    }
}
