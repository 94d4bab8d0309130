using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ensembles.Data;

namespace Ensembles.Tests.Data.Reading;

public class CsvReadingTests
{
    private const string People = """
        age,city,income,outcome
        31,Bern,50000.5,good
        ,Genf,NA,bad
        45,?,61000,good
        27,Bern,12,bad
        """;

    [Fact]
    public void The_cells_decide_the_kinds_of_the_columns()
    {
        FeatureTable table = Table(People);
        table.RowCount.Should().Be(4);
        table.Schema.Select(f => f.Name).Should().Equal("age", "city", "income", "outcome");
        table.Schema.Select(f => f.IsCategorical).Should().Equal(false, true, false, true);
        table.Schema[1].Categories.Should().Equal("Bern", "Genf");
        table.Column(0).Should().Equal(31, double.NaN, 45, 27);
        table.Column(1).Should().Equal(0, 1, double.NaN, 0);
        table.Column(2).Should().Equal(50000.5, double.NaN, 61000, 12);
        table.Column(3).Should().Equal(1, 0, 1, 0);
    }

    [Fact]
    public void Reading_can_be_ended_early()
    {
        using var ending = new CancellationTokenSource();
        using var rows = new EndlessRows(ending, read: 3);

        Action table = () => FeatureTable.FromCsv(rows, cancellationToken: ending.Token);
        table.Should().Throw<OperationCanceledException>();
        rows.Reads.Should().Be(3, "it was cancelled then");
        Action classes = () => ClassificationDataset.FromCsv(new StringReader(People), "outcome", cancellationToken: ending.Token);
        classes.Should().Throw<OperationCanceledException>();
        Action numbers = () => RegressionDataset.FromLibSvm(new StringReader("1 1:2\n"), cancellationToken: ending.Token);
        numbers.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Classes_are_read_from_the_target_column()
    {
        ClassificationDataset data = ClassificationDataset.FromCsv(new StringReader(People), target: "outcome");
        data.Classes.Should().Equal("bad", "good");
        data.Labels.ToArray().Should().Equal(1, 0, 1, 0);
        data.Schema.Select(f => f.Name).Should().Equal("age", "city", "income");
        data.IsWeighted.Should().BeFalse();
    }

    [Fact]
    public void Integer_classes_are_in_the_order_of_their_values()
    {
        ClassificationDataset data = ClassificationDataset.FromCsv(new StringReader("x,y\n1,10\n2,9\n3,-1\n4,10"), target: "y");
        data.Classes.Should().Equal("-1", "9", "10");
        data.Labels.ToArray().Should().Equal(2, 1, 0, 2);
        ClassificationDataset.FromCsv(new StringReader("x,y\n1,10\n2,9\n3,b"), target: "y").Classes.Should().Equal("10", "9", "b");
    }

    [Fact]
    public void A_numeric_target_and_weights_are_read()
    {
        RegressionDataset data = RegressionDataset.FromCsv(
            new StringReader("w,x,y\n1,2,0.1\n0.5,3,-7\n0,4,1e3"), target: "y", new CsvOptions { WeightColumn = "w" });
        data.Targets.ToArray().Should().Equal(0.1, -7, 1000);
        data.Weights.ToArray().Should().Equal(1, 0.5, 0);
        data.Schema.Select(f => f.Name).Should().Equal("x");
    }

    [Fact]
    public void A_table_without_target_leaves_the_weights_out()
    {
        Table("w,x\n1,2", new CsvOptions { WeightColumn = "w" }).Schema.Should().ContainSingle(f => f.Name == "x");
    }

    [Fact]
    public void Kinds_can_be_forced_and_columns_left_out()
    {
        var options = new CsvOptions { CategoricalColumns = ["zip"], IgnoredColumns = ["id"], NumericColumns = ["n"] };
        FeatureTable table = FeatureTable.FromCsv(new StringReader("id,zip,n\na,010,1\nb,10,2\nc,9,NA"), options);
        table.Schema.Select(f => f.Name).Should().Equal("zip", "n");
        table.Schema[0].Categories.Should().Equal("010", "10", "9");
        table.Column(1).Should().Equal(1, 2, double.NaN);
    }

    [Fact]
    public void A_late_text_makes_a_column_categorical_with_the_texts_as_they_were_written()
    {
        FeatureTable table = Table("x\n1\n1.0\n\n01\nNA\nlow");
        table.Schema[0].Categories.Should().Equal("01", "1", "1.0", "low");
        table.Column(0).Should().Equal(1, 2, 0, double.NaN, 3);
    }

    [Fact]
    public void A_column_of_more_numbers_than_categories_may_be_stays_numeric()
    {
        var options = new CsvOptions { MaxCategories = 3 };
        FeatureTable.FromCsv(new StringReader("x\n1\n2\nNA\n3\n4\n5\n1"), options).Column(0).Should().Equal(1, 2, double.NaN, 3, 4, 5, 1);
        FeatureTable.FromCsv(new StringReader("x\n1\n2\nb\n1"), options).Column(0).Should().Equal(0, 1, 2, 0);
    }

    [Fact]
    public void A_column_of_missing_cells_is_numeric()
    {
        FeatureTable table = Table("x,y\n,1\nNA,2");
        table.Schema[0].IsCategorical.Should().BeFalse();
        table.MissingCount(0).Should().Be(2);
    }

    [Fact]
    public void The_missing_markers_can_be_chosen()
    {
        FeatureTable table = FeatureTable.FromCsv(new StringReader("x,y\n-999,NA\n1,b"), new CsvOptions { MissingMarkers = ["-999"] });
        table.Column(0).Should().Equal(double.NaN, 1);
        table.Schema[1].Categories.Should().Equal("NA", "b");
        FeatureTable quoted = Table("x,y\n\"\",\"NA\"\n1,b");
        quoted[0, 0].Should().Be(double.NaN);
        quoted[0, 1].Should().Be(double.NaN);
    }

    [Theory]
    [InlineData("x\n0.5\n-1e10\n16777216\nNA\n", true)]
    [InlineData("x\ninf\n-inf\n3\n", true)]
    [InlineData("x\n0.5\n16777217\n", false)]
    [InlineData("x\n0.1\n", false)]
    [InlineData("x\n1e300\n", false)]
    [InlineData("x\n1e-60\n", false)]
    public void Columns_of_floats_cost_four_bytes_a_cell(string text, bool single)
    {
        FeatureTable table = Table(text);
        (table.ColumnData(0) is FloatColumn).Should().Be(single);
    }

    [Fact]
    public void Doubles_that_differ_in_the_last_bit_stay_apart()
    {
        double a = 0.1;
        double b = Math.BitIncrement(a);
        double[] column = Table(string.Create(CultureInfo.InvariantCulture, $"x\n{a:R}\n{b:R}\n1234567890123.4567\n")).Column(0);
        column[0].Should().Be(a);
        column[1].Should().Be(b);
        column[2].Should().Be(1234567890123.4567);
    }

    [Fact]
    public void A_column_that_stops_being_floats_late_keeps_its_first_cells()
    {
        string text = "x\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => FormattableString.Invariant($"{i}\n"))) + "0.1\n";
        FeatureTable table = Table(text);
        table.ColumnData(0).Should().BeOfType<DoubleColumn>();
        table.Column(0).Should().Equal([.. Enumerable.Range(0, 5000).Select(i => (double)i), 0.1]);
    }

    [Fact]
    public void Neither_header_nor_names_are_needed()
    {
        var options = new CsvOptions { HasHeader = false };
        Table("1,2\n3,4", options).Schema.Select(f => f.Name).Should().Equal("x0", "x1");
        Table("1,2\n3,4", options).RowCount.Should().Be(2);
        FeatureTable named = Table("1,2\n3,4", options with { ColumnNames = ["a", "b"] });
        named.Schema.Select(f => f.Name).Should().Equal("a", "b");
        named.RowCount.Should().Be(2);
        FeatureTable renamed = Table("p,q\n3,4", new CsvOptions { ColumnNames = ["a", "b"] });
        renamed.Schema.Select(f => f.Name).Should().Equal("a", "b");
        renamed.RowCount.Should().Be(1);
        Table("\"\",p\n1,2").Schema.Select(f => f.Name).Should().Equal("x0", "p");
    }

    [Fact]
    public void A_test_file_is_read_with_the_schema_of_the_training_file()
    {
        ClassificationDataset train = ClassificationDataset.FromCsv(new StringReader(People), "outcome");
        const string Test = "outcome,extra,income,city,age\ngood,zzz,1,Genf,5\nbad,zzz,2,Chur,6\n";
        ClassificationDataset test = ClassificationDataset.FromCsv(new StringReader(Test), "outcome", train.Schema, train.Classes);
        test.Schema.Should().Equal(train.Schema);
        test.Features.Row(0).Should().Equal(5, 1, 1);
        test.Features.Row(1).Should().Equal(6, double.NaN, 2);
        test.Labels.ToArray().Should().Equal(1, 0);
        FeatureTable.FromCsv(new StringReader(Test), train.Schema).Row(0).Should().Equal(5, 1, 1);
        RegressionDataset other = RegressionDataset.FromCsv(
            new StringReader(Test), "income", train.Features.SelectColumns([1]).Schema);
        other.Targets.ToArray().Should().Equal(1, 2);
        other.Features.Column(0).Should().Equal(1, double.NaN);
    }

    [Fact]
    public void Options_of_the_training_file_also_fit_the_test_file()
    {
        var options = new CsvOptions { IgnoredColumns = ["id"], CategoricalColumns = ["zip"], WeightColumn = "w" };
        RegressionDataset train = RegressionDataset.FromCsv(new StringReader("id,zip,w,y\n1,8000,1,2\n2,9000,1,3"), "y", options);
        FeatureTable.FromCsv(new StringReader("zip\n9000"), train.Schema, options)[0, 0].Should().Be(1);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    public void A_byte_order_mark_is_no_part_of_the_first_name(string encoding, bool mark)
    {
        var text = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. mark ? text.GetPreamble() : [], .. text.GetBytes("größe\n1\n")];
        using var stream = new MemoryStream(bytes);
        FeatureTable.FromCsv(stream).Schema[0].Name.Should().Be("größe");
        stream.CanRead.Should().BeTrue("the stream belongs to the caller");
    }

    [Fact]
    public void Another_encoding_can_be_chosen()
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes("größe\n1\n"));
        FeatureTable.FromCsv(stream, new CsvOptions { Encoding = Encoding.Latin1 }).Schema[0].Name.Should().Be("größe");
    }

    [Fact]
    public void Gzip_is_recognised_in_files_and_streams()
    {
        byte[] packed = Pack(People);
        using var stream = new MemoryStream(packed);
        FeatureTable.FromCsv(stream).RowCount.Should().Be(4);
        using var file = new TemporaryFile("people.csv.gz", packed);
        ClassificationDataset.FromCsv(file.Path, "outcome").RowCount.Should().Be(4);

        // Two members one after the other are one text (RFC 1952).
        using var members = new MemoryStream([.. Pack("x\n1\n"), .. Pack("2\n")]);
        FeatureTable.FromCsv(members).Column(0).Should().Equal(1, 2);
    }

    [Fact]
    public void A_file_is_closed_after_it_was_read()
    {
        using var file = new TemporaryFile("people.csv", Encoding.UTF8.GetBytes(People));
        FeatureTable.FromCsv(file.Path).RowCount.Should().Be(4);
        using FileStream exclusive = new(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        exclusive.Length.Should().BePositive();
    }

    [Fact]
    public void The_culture_of_the_thread_changes_nothing()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        german.NumberFormat.NegativeSign = "−";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = german;
            double[] column = Table("x\n1.5\n-2.25\n1e-3\n123456789.123456789012\n").Column(0);
            column.Should().Equal(1.5, -2.25, 0.001, 123456789.123456789012);
            ClassificationDataset.FromCsv(new StringReader("x,y\n1.5,-1\n2,1"), "y").Classes.Should().Equal("-1", "1");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static FeatureTable Table(string text, CsvOptions? options = null) => FeatureTable.FromCsv(new StringReader(text), options);

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    /// <summary>Rows without end; one of the reads cancels.</summary>
    private sealed class EndlessRows(CancellationTokenSource ending, int read) : TextReader
    {
        public int Reads { get; private set; }

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            Reads++;
            if (Reads == read)
            {
                ending.Cancel();
            }

            "1,2\n".AsSpan().CopyTo(buffer);
            return 4;
        }
    }
}
