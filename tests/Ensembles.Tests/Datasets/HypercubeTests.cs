using Ensembles.Data;
using Ensembles.Datasets;

namespace Ensembles.Tests.Datasets;

public class HypercubeTests
{
    private const int Rows = 20_000;

    [Fact]
    public void Columns_are_named_after_what_they_are_and_keep_their_order_when_asked()
    {
        var options = new HypercubeOptions { Informative = 3, Redundant = 2, Repeated = 1, Noise = 2, ShuffleColumns = false };
        string[] names = ["informative0", "informative1", "informative2", "redundant0", "redundant1", "repeated0", "noise0", "noise1"];

        SyntheticData.Hypercube(10, options).Schema.Select(f => f.Name).Should().Equal(names);
        string[] shuffled = [.. SyntheticData.Hypercube(10, options with { ShuffleColumns = true }).Schema.Select(f => f.Name)];
        shuffled.Should().BeEquivalentTo(names).And.NotEqual(names);
        options.Features.Should().Be(8);
    }

    [Fact]
    public void Shuffled_columns_keep_their_cells()
    {
        var options = new HypercubeOptions { Informative = 3, Repeated = 2, ShuffleColumns = false };
        ClassificationDataset plain = SyntheticData.Hypercube(100, options, seed: 3);
        ClassificationDataset shuffled = SyntheticData.Hypercube(100, options with { ShuffleColumns = true }, seed: 3);

        for (int c = 0; c < options.Features; c++)
        {
            shuffled.Features.Column(shuffled.Schema.IndexOf(plain.Schema[c].Name)).Should().Equal(plain.Features.Column(c));
        }
    }

    [Fact]
    public void Clusters_lie_at_distinct_vertices_and_classes_are_balanced()
    {
        var options = new HypercubeOptions
        {
            Informative = 3,
            Redundant = 0,
            Noise = 0,
            Classes = 8,
            ClustersPerClass = 1,
            ClassSeparation = 5,
            Flipped = 0,
            ShuffleColumns = false,
        };
        ClassificationDataset data = SyntheticData.Hypercube(Rows, options, seed: 11);

        data.Classes.Should().Equal("0", "1", "2", "3", "4", "5", "6", "7");
        data.CountByClass().Should().OnlyContain(count => Math.Abs(count - (Rows / 8)) < 4 * Math.Sqrt(Rows / 8.0));
        var vertices = new HashSet<(int, int, int)>();
        for (int k = 0; k < 8; k++)
        {
            double[] centre = [.. Enumerable.Range(0, 3).Select(c => Mean(data, c, k))];

            // A cluster's cells have a variance of up to 3, the sum of squares of uniforms: the mean of 2,500 is within 0.14.
            centre.Should().OnlyContain(x => Math.Abs(Math.Abs(x) - 5) < 0.2);
            vertices.Add((Math.Sign(centre[0]), Math.Sign(centre[1]), Math.Sign(centre[2]))).Should().BeTrue();
        }
    }

    [Fact]
    public void Redundant_features_combine_the_informative_ones_and_repeated_ones_repeat()
    {
        var options = new HypercubeOptions { Informative = 2, Redundant = 1, Repeated = 3, Noise = 1, ShuffleColumns = false };
        FeatureTable x = SyntheticData.Hypercube(500, options, seed: 6).Features;

        // The combination solved from two rows holds for all others, up to the rounding to floats.
        double determinant = (x[0, 0] * x[1, 1]) - (x[0, 1] * x[1, 0]);
        double a = ((x[0, 2] * x[1, 1]) - (x[0, 1] * x[1, 2])) / determinant;
        double b = ((x[0, 0] * x[1, 2]) - (x[0, 2] * x[1, 0])) / determinant;
        for (int r = 2; r < 500; r++)
        {
            x[r, 2].Should().BeApproximately((a * x[r, 0]) + (b * x[r, 1]), 1e-4);
        }

        for (int c = 3; c < 6; c++)
        {
            double[] repeated = x.Column(c);
            Enumerable.Range(0, 3).Should().ContainSingle(source => x.Column(source).SequenceEqual(repeated));
        }

        double[] noise = x.Column(6);
        noise.Average().Should().BeApproximately(0, 0.2);
        noise.Average(v => v * v).Should().BeApproximately(1, 0.3);
    }

    [Fact]
    public void Flipping_changes_labels_and_nothing_else()
    {
        var options = new HypercubeOptions { Flipped = 0 };
        ClassificationDataset clean = SyntheticData.Hypercube(Rows, options, seed: 2);
        ClassificationDataset flipped = SyntheticData.Hypercube(Rows, options with { Flipped = 0.4 }, seed: 2);

        flipped.Features.Column(3).Should().Equal(clean.Features.Column(3));
        double changed = 0;
        for (int r = 0; r < Rows; r++)
        {
            changed += clean.Labels[r] != flipped.Labels[r] ? 1 : 0;
        }

        // Half of the labels drawn anew are what they were.
        (changed / Rows).Should().BeApproximately(0.2, 4 * 0.4 / Math.Sqrt(Rows));
    }

    [Fact]
    public void Options_out_of_range_and_too_few_vertices_are_refused()
    {
        FluentActions.Invoking(() => new HypercubeOptions { Informative = 0 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("Informative");
        FluentActions.Invoking(() => new HypercubeOptions { Redundant = -1 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HypercubeOptions { Repeated = -1 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HypercubeOptions { Noise = -1 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HypercubeOptions { Classes = 1 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HypercubeOptions { ClustersPerClass = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HypercubeOptions { ClassSeparation = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new HypercubeOptions { Flipped = double.NaN }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => SyntheticData.Hypercube(10, new HypercubeOptions { Classes = 3 }))
            .Should().Throw<ArgumentException>().WithMessage("*6 vertices*4*");
        SyntheticData.Hypercube(2, new HypercubeOptions { Informative = 40 }).Features.ColumnCount.Should().Be(58);
    }

    private static double Mean(ClassificationDataset data, int column, int label)
    {
        double sum = 0;
        int count = 0;
        for (int r = 0; r < data.RowCount; r++)
        {
            if (data.Labels[r] == label)
            {
                sum += data.Features[r, column];
                count++;
            }
        }

        return sum / count;
    }
}
