using System.IO.Compression;
using System.Text;
using Ensembles.Data;

namespace Ensembles.Tests.Data.Reading;

public class CsvErrorTests
{
    [Theory]
    [InlineData("", 1, null, "the text is empty.")]
    [InlineData("\n\n", 1, null, "the text is empty.")]
    [InlineData("a,b\n", 1, null, "there are no rows after the header.")]
    [InlineData("a,a\n1,2", 1, null, "the column name 'a' appears twice (columns 1 and 2).")]
    [InlineData("a,b\n1,2\n1\n", 3, null, "the row has 1 fields, but there are 2 columns.")]
    [InlineData("a,b\n\"x\ny\",2\n1,2,3\n", 4, null, "the row has 3 fields, but there are 2 columns.")]
    [InlineData("a,b\n1,\"2\n\n", 2, null, "the quote that begins the field '2\\n\\n' is never closed.")]
    [InlineData("a,b\n1,\"2\"x,3\n", 2, null, "there is text after the closing quote of a field: 'x'.")]
    [InlineData("a,b\n\"1\n\n\"2,\"2\"", 4, null, "there is text after the closing quote of a field: '2'.")]
    public void Malformed_text_is_refused_with_its_place(string text, int line, string? column, string problem)
    {
        Check(text, path => FeatureTable.FromCsv(path), line, column, problem);
    }

    [Fact]
    public void A_quote_inside_an_unquoted_field_is_refused()
    {
        Check(
            "a,b\n1,5\" pipe\n",
            path => FeatureTable.FromCsv(path),
            2,
            null,
            "there is a quote inside the unquoted field '5\"'; quote the whole field and double the quote, or set CsvOptions.Quote.");
    }

    [Theory]
    [InlineData("n,y\n1,1\n\"\n\",2\nabc,3", 5, "n", "'abc' is not a number.")]
    [InlineData("y,n\n1,\n1,1;5", 3, "n", "'1;5' is not a number.")]
    public void A_numeric_column_refuses_other_text(string text, int line, string column, string problem)
    {
        var options = new CsvOptions { NumericColumns = ["n"], MissingMarkers = ["", "\n"] };
        Check(text, path => RegressionDataset.FromCsv(path, "y", options), line, column, problem);
    }

    [Theory]
    [InlineData("x,y\n1,2\n1,oops", 3, "y", "'oops' is not a number.")]
    [InlineData("x,y\n1,2\n1,", 3, "y", "the target is missing.")]
    [InlineData("x,y\n1,2\n1,NaN", 3, "y", "the target is missing.")]
    [InlineData("x,y\n1,-nan", 2, "y", "the target is NaN; it must be finite.")]
    [InlineData("x,y\n1,inf", 2, "y", "the target is Infinity; it must be finite.")]
    [InlineData("x,z\n1,2", 1, null, "there is no column 'y', to be the target; the columns are 'x', 'z'.")]
    [InlineData("y\n1", 1, null, "there is no column for a feature.")]
    public void A_target_must_be_there_and_finite(string text, int line, string? column, string problem)
    {
        Check(text, path => RegressionDataset.FromCsv(path, "y"), line, column, problem);
    }

    [Theory]
    [InlineData("x,y,w\n1,2,1\n1,2,-0.5", 3, "the weight is -0.5; it must be finite and not negative.")]
    [InlineData("x,y,w\n1,2,NA", 2, "the weight is missing.")]
    [InlineData("x,y,w\n1,2,heavy", 2, "'heavy' is not a number.")]
    [InlineData("x,y,w\n1,2,0\n1,2,0", null, "all weights are zero.")]
    public void Weights_must_be_weights(string text, int? line, string problem)
    {
        Check(text, path => RegressionDataset.FromCsv(path, "y", new CsvOptions { WeightColumn = "w" }), line, "w", problem);
        Check(text, path => ClassificationDataset.FromCsv(path, "y", new CsvOptions { WeightColumn = "w" }), line, "w", problem);
    }

    [Fact]
    public void Labels_must_be_there_and_known()
    {
        Check("x,y\n1,a\n2,\n", path => ClassificationDataset.FromCsv(path, "y"), 3, "y", "the target is missing.");
        FeatureSchema schema = FeatureSchema.Numeric(1, ["x"]);
        var classes = new ClassLabels(["a", "b"]);
        Check(
            "x,y\n1,a\n2,c\n",
            path => ClassificationDataset.FromCsv(path, "y", schema, classes),
            3,
            "y",
            "the label 'c' is none of the classes a, b.");
        Check(
            "x,y\n1,a\n2,b\n3,c\n",
            path => ClassificationDataset.FromCsv(path, "y", new CsvOptions { MaxCategories = 2 }),
            4,
            "y",
            "the target has more than 2 classes; is this a regression? Otherwise raise MaxCategories.");
    }

    [Fact]
    public void Too_many_categories_are_refused_where_they_pass_the_limit()
    {
        var options = new CsvOptions { MaxCategories = 2 };
        Check(
            "x\na\nb\na\nc\n",
            path => FeatureTable.FromCsv(path, options),
            5,
            "x",
            "the column has more than 2 categories; ignore it if it holds keys or free text, or raise MaxCategories.");
        Check(
            "x\n1\n2\n3\n4\nn/k\n",
            path => FeatureTable.FromCsv(path, options),
            6,
            "x",
            "'n/k' is not a number, and the column has more than 2 different numbers before it.");
    }

    [Fact]
    public void A_schema_must_fit_the_file()
    {
        FeatureSchema schema = FeatureSchema.Numeric(2, ["a", "b"]);
        Check(
            "a,c\n1,2",
            path => FeatureTable.FromCsv(path, schema),
            1,
            null,
            "there is no column 'b', which is in the schema; the columns are 'a', 'c'.");
        Check("b,a\n1,2\n1,x", path => FeatureTable.FromCsv(path, schema), 3, "a", "'x' is not a number.");
    }

    [Fact]
    public void Names_in_the_options_must_exist()
    {
        CheckOptions(new CsvOptions { IgnoredColumns = ["b"] }, "there is no column 'b', which is to be ignored; the columns are 'a'.");
        CheckOptions(
            new CsvOptions { CategoricalColumns = ["b"] }, "there is no column 'b', which is to be categorical; the columns are 'a'.");
        CheckOptions(new CsvOptions { NumericColumns = ["b"] }, "there is no column 'b', which is to be numeric; the columns are 'a'.");
        CheckOptions(new CsvOptions { WeightColumn = "b" }, "there is no column 'b', to hold the weights; the columns are 'a'.");
        CheckOptions(new CsvOptions { ColumnNames = ["b", "c"] }, "there are 1 fields, but CsvOptions.ColumnNames has 2 names.");

        static void CheckOptions(CsvOptions options, string problem) =>
            Check("a\n1", path => FeatureTable.FromCsv(path, options), 1, null, problem);
    }

    [Fact]
    public void Contradictory_options_are_refused_before_the_file_is_read()
    {
        Action delimiter = () => FeatureTable.FromCsv("no such file", new CsvOptions { Delimiter = '"' });
        delimiter.Should().Throw<ArgumentException>().WithMessage("*Delimiter and Quote*").WithParameterName("options");
        Action kinds = () => Read("a\n1", new CsvOptions { CategoricalColumns = ["a"], NumericColumns = ["a"] });
        kinds.Should().Throw<ArgumentException>().WithMessage("*'a'*CategoricalColumns*NumericColumns*");
        Action target = () => RegressionDataset.FromCsv(new StringReader("a,b\n1,2"), "a", new CsvOptions { IgnoredColumns = ["a"] });
        target.Should().Throw<ArgumentException>().WithMessage("*'a'*the target*IgnoredColumns*");
        Action schema = () => FeatureTable.FromCsv(
            new StringReader("a\n1"), FeatureSchema.Numeric(1, ["a"]), new CsvOptions { CategoricalColumns = ["a"] });
        schema.Should().Throw<ArgumentException>().WithMessage("*'a'*CategoricalColumns*schema*");
        Action limit = () => _ = new CsvOptions { MaxCategories = 0 };
        limit.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("MaxCategories");
    }

    [Fact]
    public void A_missing_file_is_an_error_of_the_file_system()
    {
        Action open = () => FeatureTable.FromCsv(Path.Combine(Path.GetTempPath(), "ensembles-no-such-file.csv"));
        open.Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        using var file = new TemporaryFile("latin.csv", Encoding.Latin1.GetBytes("a\nb\xE9\n"));
        Action read = () => FeatureTable.FromCsv(file.Path);
        read.Should().Throw<DataFormatException>()
            .WithMessage($"{file.Path}, line ?: some bytes at or after this line are not valid utf-8 text; is it in another encoding?");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Damaged_or_truncated_gzip_is_refused(double share)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var random = new Random(1);
            gzip.Write(Encoding.UTF8.GetBytes("x\n" + string.Join('\n', Enumerable.Range(0, 20_000).Select(_ => random.Next()))));
        }

        byte[] whole = packed.ToArray();
        FeatureTable.FromCsv(new MemoryStream(whole)).RowCount.Should().Be(20_000);
        Action truncated = () => FeatureTable.FromCsv(new MemoryStream(whole[..(int)(whole.Length * share)]));
        truncated.Should().Throw<DataFormatException>()
            .WithMessage("line *: the compressed data is damaged or cut off at or after this line.");
        byte[] flipped = [.. whole];
        flipped[(int)(whole.Length * share)] ^= 0x55;
        Action damaged = () => FeatureTable.FromCsv(new MemoryStream(flipped));
        damaged.Should().Throw<DataFormatException>();
    }

    [Fact]
    public void Text_without_a_path_is_located_by_line_and_column()
    {
        Action read = () => RegressionDataset.FromCsv(new StringReader("x,y\n1,z"), "y");
        DataFormatException e = read.Should().Throw<DataFormatException>().WithMessage("line 2, column 'y': 'z' is not a number.").Which;
        e.Path.Should().BeNull();
        e.Row.Should().BeNull();
    }

    private static FeatureTable Read(string text, CsvOptions options) => FeatureTable.FromCsv(new StringReader(text), options);

    private static void Check(string text, Action<string> read, int? line, string? column, string problem)
    {
        using var file = new TemporaryFile("data.csv", Encoding.UTF8.GetBytes(text));
        string place = line is null ? string.Empty : FormattableString.Invariant($", line {line}");
        place += column is null ? string.Empty : $", column '{column}'";
        DataFormatException e = read.Invoking(r => r(file.Path)).Should().Throw<DataFormatException>().Which;
        e.Message.Should().Be($"{file.Path}{place}: {problem}");
        e.Path.Should().Be(file.Path);
        e.Line.Should().Be(line);
        e.Column.Should().Be(column);
    }
}
