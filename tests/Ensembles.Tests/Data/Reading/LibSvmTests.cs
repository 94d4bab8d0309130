using System.Text;
using Ensembles.Data;

namespace Ensembles.Tests.Data.Reading;

public class LibSvmTests
{
    private const string Text = """
        # a comment, then an empty line

        +1 1:0.5 3:-2e1 # the first row
        -1 qid:7 2:1	4:0.1
        1.0
        """;

    [Fact]
    public void Sparse_rows_become_columns_named_by_their_index()
    {
        FeatureTable table = Table(Text);
        table.Schema.Select(f => f.Name).Should().Equal("x1", "x2", "x3", "x4");
        table.Row(0).Should().Equal(0.5, 0, -20, 0);
        table.Row(1).Should().Equal(0, 1, 0, 0.1);
        table.Row(2).Should().Equal(0, 0, 0, 0);
        table.ColumnData(0).Should().BeOfType<FloatColumn>();
        table.ColumnData(3).Should().BeOfType<DoubleColumn>();
    }

    [Fact]
    public void An_index_0_makes_the_features_begin_there()
    {
        FeatureTable table = Table("1 1:5\n1 0:6 2:7\n");
        table.Schema.Select(f => f.Name).Should().Equal("x0", "x1", "x2");
        table.Row(0).Should().Equal(0, 5, 0);
        table.Row(1).Should().Equal(6, 0, 7);
        Table("1 1:5\n", new LibSvmOptions { FirstIndex = 0 }).Row(0).Should().Equal(0, 5);
    }

    [Fact]
    public void Absent_can_mean_missing()
    {
        FeatureTable table = Table("1 1:5 2:0.1\n1 3:1\n", new LibSvmOptions { AbsentIsMissing = true });
        table.Row(0).Should().Equal(5, 0.1, double.NaN);
        table.Row(1).Should().Equal(double.NaN, double.NaN, 1);
    }

    [Fact]
    public void A_test_file_can_have_the_features_of_the_training_file()
    {
        Table("1 1:5\n", new LibSvmOptions { FeatureCount = 4 }).Row(0).Should().Equal(5, 0, 0, 0);
        Table("1 0:5\n", new LibSvmOptions { FeatureCount = 2 }).Schema.Select(f => f.Name).Should().Equal("x0", "x1");
    }

    [Fact]
    public void Labels_are_classes_or_targets()
    {
        ClassificationDataset classes = ClassificationDataset.FromLibSvm(new StringReader(Text));
        classes.Classes.Should().Equal("-1", "1");
        classes.Labels.ToArray().Should().Equal(1, 0, 1);
        ClassificationDataset.FromLibSvm(new StringReader("10 1:1\n9 1:2"), new ClassLabels(["9", "10", "11"])).Labels.ToArray()
            .Should().Equal(1, 0);
        RegressionDataset.FromLibSvm(new StringReader("0.5 1:1\n-7 1:2")).Targets.ToArray().Should().Equal(0.5, -7);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Text));
        RegressionDataset.FromLibSvm(stream).Targets.ToArray().Should().Equal(1, -1, 1);
    }

    [Theory]
    [InlineData("", 1, null, "there are no rows.")]
    [InlineData("1\n2\n", 1, null, "no row has a feature.")]
    [InlineData("1 1:2\nyes 1:2\n", 2, "label", "'yes' is not a number.")]
    [InlineData("nan 1:2\n", 1, "label", "the target is missing.")]
    [InlineData("inf 1:2\n", 1, "label", "the target is Infinity; it must be finite.")]
    [InlineData("1 1:2\n1 1:2 abc\n", 2, null, "at character 7, 'abc' is not index:value.")]
    [InlineData("1 -1:2\n", 1, null, "at character 3, '-1:2' is not index:value.")]
    [InlineData("1 1:2 qid:3\n", 1, null, "at character 7, 'qid:3' is not index:value.")]
    [InlineData("1 12:2x\n", 1, "x12", "at character 3, '2x' is not a number.")]
    [InlineData("1 2:1 2:1\n", 1, "x2", "at character 7, index 2 comes after index 2; they must rise.")]
    [InlineData("1 2:1 1:1\n", 1, "x1", "at character 7, index 1 comes after index 2; they must rise.")]
    [InlineData("1 2000000000:1\n", 1, "x2000000000", "at character 3, index 2000000000 is above 1048576, the most that is read.")]
    public void Malformed_text_is_refused_with_its_place(string text, int line, string? column, string problem)
    {
        using var file = new TemporaryFile("data.svm", Encoding.UTF8.GetBytes(text));
        Action read = () => RegressionDataset.FromLibSvm(file.Path);
        DataFormatException e = read.Should().Throw<DataFormatException>().Which;
        string place = column is null ? string.Empty : $", column '{column}'";
        e.Message.Should().Be(FormattableString.Invariant($"{file.Path}, line {line}{place}: {problem}"));
        e.Line.Should().Be(line);
        e.Column.Should().Be(column);
    }

    [Fact]
    public void Indices_must_fit_the_options()
    {
        Action large = () => Table("1 3:1\n", new LibSvmOptions { FeatureCount = 2 });
        large.Should().Throw<DataFormatException>()
            .WithMessage("line 1, column 'x3': at character 3, index 3 is above 2, the last of FeatureCount.");
        Action zero = () => Table("1 0:1\n", new LibSvmOptions { FirstIndex = 1 });
        zero.Should().Throw<DataFormatException>().WithMessage("*at character 3, index 0 is before the first index, 1.");
        Action late = () => Table("1 2:1\n1 0:1\n", new LibSvmOptions { FeatureCount = 2 });
        late.Should().Throw<DataFormatException>().WithMessage("index 2 is above 1, the last of FeatureCount.");
        Action first = () => _ = new LibSvmOptions { FirstIndex = 2 };
        first.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("FirstIndex");
        Action count = () => _ = new LibSvmOptions { FeatureCount = 0 };
        count.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("FeatureCount");
    }

    private static FeatureTable Table(string text, LibSvmOptions? options = null) =>
        FeatureTable.FromLibSvm(new StringReader(text), options);
}
