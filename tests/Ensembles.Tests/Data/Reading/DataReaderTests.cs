using System.Data;
using System.Globalization;
using Ensembles.Data;
using Microsoft.Data.Sqlite;

namespace Ensembles.Tests.Data.Reading;

public sealed class DataReaderTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ensembles-");
    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _commands = [];

    public DataReaderTests()
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(_directory.FullName, "people.db")};Pooling=False");
        _connection.Open();
        Execute(
            """
            CREATE TABLE people (id INTEGER PRIMARY KEY, age INTEGER, income REAL, city TEXT, weight REAL, outcome TEXT, grade INTEGER);
            INSERT INTO people VALUES
                (1, 31, 0.1, 'Genf', 1, 'good', 10), (2, NULL, 61000, NULL, 0.5, 'bad', 9), (3, 27, NULL, 'Bern', 0, 'good', 10);
            """);
    }

    [Fact]
    public void A_query_becomes_a_table()
    {
        using SqliteDataReader reader = Query("SELECT age, income, city FROM people ORDER BY id");
        FeatureTable table = FeatureTable.FromDataReader(reader);
        table.Schema.Select(f => f.Name).Should().Equal("age", "income", "city");
        table.Schema[2].Categories.Should().Equal("Bern", "Genf");
        table.Row(0).Should().Equal(31, 0.1, 1);
        table.Row(1).Should().Equal(double.NaN, 61000, double.NaN);
        table.Row(2).Should().Equal(27, double.NaN, 0);
        reader.IsClosed.Should().BeFalse("the reader belongs to the caller");
    }

    [Fact]
    public void Reading_a_query_can_be_ended_early()
    {
        using SqliteDataReader reader = Query("SELECT age FROM people");

        ((Action)(() => FeatureTable.FromDataReader(reader, cancellationToken: new CancellationToken(canceled: true))))
            .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void A_query_becomes_a_dataset()
    {
        var options = new ReadOptions { IgnoredColumns = ["id"], WeightColumn = "weight", CategoricalColumns = ["grade"] };
        using (SqliteDataReader reader = Query("SELECT * FROM people ORDER BY id"))
        {
            ClassificationDataset data = ClassificationDataset.FromDataReader(reader, target: "outcome", options);
            data.Classes.Should().Equal("bad", "good");
            data.Labels.ToArray().Should().Equal(1, 0, 1);
            data.Weights.ToArray().Should().Equal(1, 0.5, 0);
            data.Schema.Select(f => f.Name).Should().Equal("age", "income", "city", "grade");
            data.Schema[3].Categories.Should().Equal("10", "9");
        }

        using (SqliteDataReader reader = Query("SELECT age, grade FROM people ORDER BY id"))
        {
            RegressionDataset.FromDataReader(reader, target: "grade").Targets.ToArray().Should().Equal(10, 9, 10);
        }

        using (SqliteDataReader reader = Query("SELECT age, grade FROM people ORDER BY id"))
        {
            ClassificationDataset.FromDataReader(reader, target: "grade").Classes.Should().Equal("9", "10");
        }
    }

    [Fact]
    public void A_query_is_read_with_the_schema_and_the_classes_of_a_model()
    {
        FeatureSchema schema = new([Feature.Categorical("city", ["Chur", "Genf"]), Feature.Numeric("age")]);
        var classes = new ClassLabels(["worse", "good", "bad"]);
        using SqliteDataReader reader = Query("SELECT * FROM people ORDER BY id");
        ClassificationDataset data = ClassificationDataset.FromDataReader(reader, "outcome", schema, classes);
        data.Labels.ToArray().Should().Equal(1, 2, 1);
        data.Features.Column(0).Should().Equal(1, double.NaN, double.NaN);
        using SqliteDataReader again = Query("SELECT * FROM people ORDER BY id");
        RegressionDataset.FromDataReader(again, "grade", schema).Features.Column(1).Should().Equal(31, double.NaN, 27);
        using SqliteDataReader third = Query("SELECT * FROM people ORDER BY id");
        FeatureTable.FromDataReader(third, schema).Column(1).Should().Equal(31, double.NaN, 27);
    }

    [Fact]
    public void Values_may_begin_after_missing_ones_or_not_at_all()
    {
        using SqliteDataReader reader = Query("SELECT NULL AS n, NULL AS t, NULL AS e UNION ALL SELECT 2.5, 'x', NULL");
        FeatureTable table = FeatureTable.FromDataReader(reader);
        table.Schema.Select(f => f.IsCategorical).Should().Equal(false, true, false);
        table.Row(0).Should().Equal(double.NaN, double.NaN, double.NaN);
        table.Row(1).Should().Equal(2.5, 0, double.NaN);
    }

    [Fact]
    public void Every_type_of_number_and_flag_is_read()
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        object[] values = [1.5, 2.5f, 3.5m, 4L, 5, (short)6, (sbyte)-7, 8UL, 9U, (ushort)10, (byte)11, true];
        for (int c = 0; c < values.Length; c++)
        {
            table.Columns.Add(FormattableString.Invariant($"c{c}"), values[c].GetType());
        }

        table.Columns.Add("letter", typeof(char));
        table.Rows.Add([.. values, 'x']);
        table.Rows.Add([.. values.Select(_ => (object)DBNull.Value), DBNull.Value]);
        using DataTableReader reader = table.CreateDataReader();
        FeatureTable features = FeatureTable.FromDataReader(reader);
        features.Row(0).Should().Equal(1.5, 2.5, 3.5, 4, 5, 6, -7, 8, 9, 10, 11, 1, 0);
        features.Row(1).Should().OnlyContain(cell => double.IsNaN(cell));

        using DataTableReader flags = table.CreateDataReader();
        Action missing = () => ClassificationDataset.FromDataReader(flags, "c11");
        missing.Should().Throw<DataFormatException>().WithMessage("row 1, column 'c11': the target is missing.");
        table.Rows.RemoveAt(1);
        table.Rows.Add([.. values[..^1], false, 'y']);
        using DataTableReader both = table.CreateDataReader();
        ClassificationDataset.FromDataReader(both, "c11").Classes.Should().Equal("False", "True");
    }

    [Theory]
    [InlineData("SELECT 1 AS x UNION ALL SELECT 'abc'", 1, "'abc' is text, but the values before it are numbers.")]
    [InlineData("SELECT 'abc' AS x UNION ALL SELECT 2.5", 1, "2.5 is a number, but the values before it are text.")]
    [InlineData(
        "SELECT x'00ff' AS x",
        0,
        "a value of type Byte[] is neither a number nor a text; ignore the column, or convert it in the query.")]
    public void Mixed_and_foreign_types_are_refused(string query, int row, string problem)
    {
        using SqliteDataReader reader = Query(query);
        Action read = () => FeatureTable.FromDataReader(reader);
        DataFormatException e = read.Should().Throw<DataFormatException>().Which;
        e.Message.Should().Be(FormattableString.Invariant($"row {row}, column 'x': {problem}"));
        e.Row.Should().Be(row);
        e.Column.Should().Be("x");
        e.Line.Should().BeNull();
    }

    [Fact]
    public void Empty_results_and_unknown_columns_are_refused()
    {
        using SqliteDataReader none = Query("SELECT age FROM people WHERE age > 1000");
        none.Invoking(r => FeatureTable.FromDataReader(r)).Should()
            .Throw<DataFormatException>().WithMessage("the data reader has no rows.");
        using SqliteDataReader unknown = Query("SELECT age FROM people");
        unknown.Invoking(r => RegressionDataset.FromDataReader(r, "grade")).Should().Throw<DataFormatException>()
            .WithMessage("there is no column 'grade', to be the target; the columns are 'age'.");
        using SqliteDataReader infinite = Query("SELECT age, 9e999 AS y FROM people");
        infinite.Invoking(r => RegressionDataset.FromDataReader(r, "y")).Should().Throw<DataFormatException>()
            .WithMessage("row 0, column 'y': the target is Infinity; it must be finite.");
        using SqliteDataReader text = Query("SELECT '12.5' AS x, 'abc' AS y FROM people");
        text.Invoking(r => FeatureTable.FromDataReader(r, new ReadOptions { NumericColumns = ["x", "y"] })).Should()
            .Throw<DataFormatException>().WithMessage("row 0, column 'y': 'abc' is not a number.");
    }

    public void Dispose()
    {
        _commands.ForEach(command => command.Dispose());
        _connection.Dispose();
        _directory.Delete(recursive: true);
    }

    private SqliteDataReader Query(string query)
    {
        // The end of a command is the end of its reader: both last until the test is over.
        SqliteCommand command = _connection.CreateCommand();
        _commands.Add(command);
        command.CommandText = query;
        return command.ExecuteReader();
    }

    private void Execute(string statements)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
