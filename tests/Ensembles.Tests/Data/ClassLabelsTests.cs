using Ensembles.Data;

namespace Ensembles.Tests.Data;

public class ClassLabelsTests
{
    private enum Outcome
    {
        Bad = 7,
        Good = -1,
        Unknown = 0,
    }

    [Fact]
    public void Classes_are_ordered_by_the_value_of_their_labels()
    {
        Encode([10, -2, 9, 10]).Should().Equal("-2", "9", "10");
        Encode([10L, 9_000_000_000L, 9L]).Should().Equal("9", "10", "9000000000");
        Encode([true, false, true]).Should().Equal("False", "True");
        Encode(["b", "B", "a", "10", "9"]).Should().Equal("10", "9", "B", "a", "b");
        ClassLabels.Encode<Outcome>([Outcome.Good, Outcome.Bad, Outcome.Unknown]).Classes[2].Should().Be("Bad");
        ClassLabels.Encode<int>([10, -2, 9, 10]).Indices.Should().Equal(2, 0, 1, 2);

        static ClassLabels Encode<T>(T[] labels)
            where T : notnull => ClassLabels.Encode<T>(labels).Classes;
    }

    [Fact]
    public void Classes_are_read_back_as_what_they_were()
    {
        ClassLabels.Encode<int>([-5, 3]).Classes.As<int>(0).Should().Be(-5);
        ClassLabels.Encode<long>([1L << 40]).Classes.As<long>(0).Should().Be(1L << 40);
        ClassLabels.Encode<bool>([true, false]).Classes.As<bool>(1).Should().BeTrue();
        ClassLabels.Encode<string>(["x"]).Classes.As<string>(0).Should().Be("x");
        ClassLabels.Encode<Outcome>([Outcome.Unknown, Outcome.Bad]).Classes.As<Outcome>(1).Should().Be(Outcome.Bad);
        Action text = () => new ClassLabels(["x"]).As<int>(0);
        text.Should().Throw<FormatException>().WithMessage("Class 0 ('x') is not a value of Int32.");
        Action type = () => new ClassLabels(["1"]).As<double>(0);
        type.Should().Throw<FormatException>();
    }

    [Fact]
    public void Bad_labels_are_refused()
    {
        Action missing = () => ClassLabels.Encode<string>(["a", null!]);
        missing.Should().Throw<ArgumentException>().WithMessage("Row 1: the label is null.*");
        Action type = () => ClassLabels.Encode<double>([1.5]);
        type.Should().Throw<ArgumentException>().WithMessage("*not Double.*");
        Action none = () => _ = new ClassLabels([]);
        none.Should().Throw<ArgumentException>().WithMessage("There are no classes.*");
        Action twice = () => _ = new ClassLabels(["a", "b", "a"]);
        twice.Should().Throw<ArgumentException>().WithMessage("Class name 2 ('a')*");
    }

    [Fact]
    public void Classes_are_found_by_name_and_compared_by_value()
    {
        var classes = new ClassLabels(["b", "a"]);
        classes.IndexOf("a").Should().Be(1);
        classes.IndexOf("A").Should().Be(-1);
        classes.Equals(new ClassLabels(["b", "a"])).Should().BeTrue();
        classes.Equals(new ClassLabels(["a", "b"])).Should().BeFalse();
        classes.ToString().Should().Be("b, a");
    }
}
